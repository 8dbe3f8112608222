import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { note } from "./hypotheses/note/index.ts";
import { pageScripts } from "./src/page/build.ts";
import { reuseConclusions } from "./src/suite/reuse.ts";
import { chooseAutomatically } from "./src/train/engines/auto.ts";
import { keepAllBits } from "./src/train/engines/tfjs/precision.ts";
import { hypotheses } from "./src/verification/plugin.ts";

/**
 * Settled once, before the workers start: the variable it leaves tells each of them, so that none looks for a graphics card again.
 * (Not through the registry: Vitest bundles what its configuration imports, and that would be every engine.)
 */
const prepare = async () => {
  // In the main thread: what a worker sets does not reach CUDA.
  keepAllBits();
  if (["auto", ""].includes(process.env.HYPOTHESES_ENGINE ?? "")) await chooseAutomatically();
};

/** Evidence of shifted seeds agrees with that on record or not; it does not replace it. */
const variant = () => {
  const shift = process.env.HYPOTHESES_SEED_SHIFT || "0";
  return shift === "0" ? null : `the seeds are shifted by ${shift} (HYPOTHESES_SEED_SHIFT)`;
};

/** Vitest leaves one core idle by default; projects that run together must agree. */
const maxWorkers = availableParallelism();

export default defineConfig({
  test: {
    // The HTML report looks here, tests attach there: both have to be told.
    attachmentsDir: "reports/attachments",
    outputFile: { html: "reports/html/index.html" },
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,scripts,hypotheses}/**/*.test.ts"],
          setupFiles: ["scripts/fast-check-setup.ts"],
          testTimeout: 120_000,
          maxWorkers,
        },
      },
      {
        plugins: [
          hypotheses({
            note,
            prepare,
            variant,
            reuse: () => reuseConclusions(import.meta.dirname),
            running: () => pageScripts(import.meta.dirname),
          }),
        ],
        test: {
          name: "hypotheses",
          attachmentsDir: "reports/attachments",
          include: ["hypotheses/**/*.spec.ts"],
          // Threads, so that progress can reach the reporter.
          pool: "threads",
          maxWorkers,
          // Says in which line of which spec a hypothesis stands, for the UI and for annotations in CI.
          includeTaskLocation: true,
          // Spec files share nothing that one could spoil for another, and importing takes longer than most of them.
          isolate: false,
          testTimeout: 3_600_000,
        },
      },
    ],
  },
});
