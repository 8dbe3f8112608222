import type { Plugin } from "vitest/config";
import { ImageSnapshotReporter } from "vitest-image-snapshot";
import { chooseAutomatically } from "../train/engines/auto.ts";
import { HypothesisReporter } from "./reporter.ts";

/**
 * Adds the project's reporters to whichever others were asked for: without them nothing would be recorded, so
 * `--reporter=…` must not replace them.
 */
export function hypotheses(): Plugin {
  return {
    name: "hypotheses",
    async configureVitest({ vitest }) {
      // Settled once, here: the variable it leaves tells every worker, so that none looks for a graphics card again.
      // (Not through the registry: Vitest bundles what its configuration imports, and that would be every engine.)
      if (["auto", ""].includes(process.env.HYPOTHESES_ENGINE ?? "")) await chooseAutomatically();
      const { reporters } = vitest.config;
      // On GitHub Vitest would turn what each hypothesis tells the UI into a thousand notices.
      for (const reporter of reporters)
        if (Array.isArray(reporter) && reporter[0] === "github-actions")
          reporter[1] = { ...(reporter[1] as object), displayAnnotations: false };
      reporters.push(
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
