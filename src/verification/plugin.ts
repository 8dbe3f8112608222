import type { Plugin } from "vitest/config";
import { ImageSnapshotReporter } from "vitest-image-snapshot";
import { HypothesisReporter } from "./reporter.ts";

/**
 * Adds the project's reporters to whichever others were asked for: without them nothing would be recorded, so
 * `--reporter=…` must not replace them.
 */
export function hypotheses(): Plugin {
  return {
    name: "hypotheses",
    configureVitest({ vitest }) {
      vitest.config.reporters.push(
        new HypothesisReporter() as never,
        new ImageSnapshotReporter({
          port: 0,
          autoOpen: "never",
          reportPath: "reports/image-differences",
        }) as never,
      );
    },
  };
}
