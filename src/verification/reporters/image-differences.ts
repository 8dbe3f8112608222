import type { Vitest } from "vitest/node";
import { ImageSnapshotReporter } from "vitest-image-snapshot";

/** The page of figures that differ from those on record. One that cannot be written is told in a line, and stops nothing else. */
export class ImageDifferencesReporter extends ImageSnapshotReporter {
  private logger: Vitest["logger"] | undefined;

  constructor() {
    super({ port: 0, autoOpen: "never", reportPath: "reports/image-differences" });
  }

  override onInit(vitest: Vitest): void {
    this.logger = vitest.logger;
    super.onInit(vitest);
  }

  override async onTestRunEnd(): Promise<void> {
    try {
      await super.onTestRunEnd();
    } catch (error) {
      this.logger?.error(`the page of image differences could not be written: ${(error as Error).message}`);
    }
  }
}
