import { defineConfig } from "vitest/config";

/** What the mutation tester runs: the unit tests that run within the process, where a mutant can be switched on. */
export default defineConfig({
  test: {
    include: ["src/{models,train,geometry,landscape,statistics,verification}/**/*.test.ts"],
    exclude: ["src/verification/run.test.ts", "src/train/engines/wasm/compile.test.ts"],
    testTimeout: 120_000,
  },
});
