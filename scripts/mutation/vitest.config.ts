import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Coverage is asked for in the first run only; counting it under every mutant, too, makes loops ten times slower. */
const countOnce: Plugin = {
  name: "count-coverage-once",
  enforce: "pre",
  transform: (code) =>
    code.includes("function stryCov_9fa48()")
      ? {
          code: code.replace("function cover() {", "function cover() { if (ns.activeMutant) return;"),
          map: null,
        }
      : undefined,
};

/** Whole engines last: what a quicker test notices need not come to them. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const slow = (file: TestSpecification) => Number(file.moduleId.endsWith("conformance.test.ts"));
    return [...files].sort((a, b) => slow(a) - slow(b));
  }
}

/** What the mutation tester runs: the unit tests that run within the process, where a mutant can be switched on. */
export default defineConfig({
  plugins: [countOnce],
  resolve: { alias: { "@fast-check/vitest": resolve("scripts/mutation/properties.ts") } },
  test: {
    include: [`src/${process.env.MUTANTS}/**/*.test.ts`],
    exclude: [
      "src/verification/**/{suite,shards,wrong,runs,browser}.test.ts",
      "src/train/engines/wasm/compile.test.ts",
    ],
    isolate: false,
    sequence: { sequencer: QuickFirst },
    testTimeout: 120_000,
  },
});
