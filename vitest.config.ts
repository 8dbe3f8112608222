import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { hypotheses } from "./src/verification/plugin.ts";

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
        plugins: [hypotheses()],
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
