import type { TestModule } from "vitest/node";
import { ImageSnapshotReporter } from "vitest-image-snapshot";
import type { Unwritten } from "./unwritten.ts";

/** The page of figures that differ from those on record. None where no hypothesis was run: Vitest may have been started anywhere. */
export class ImageDifferencesReporter extends ImageSnapshotReporter {
  constructor(private readonly unwritten: Unwritten) {
    super({ port: 0, autoOpen: "never", reportPath: "reports/image-differences" });
  }

  override async onTestRunEnd(modules: readonly TestModule[] = []): Promise<void> {
    if (!modules.some(({ project }) => project.name === "hypotheses")) return;
    await this.unwritten.inTurn("the page of image differences", () => super.onTestRunEnd());
  }
}
