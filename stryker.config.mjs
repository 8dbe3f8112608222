const directory = process.env.MUTANTS;
if (!directory) throw new Error("MUTANTS names no directory of src: call npm run mutants -- geometry");
const report = `reports/mutants/${process.env.MUTANTS_REPORT ?? directory}`;

/** One directory's mutants against that directory's unit tests: a mutant that only another directory's tests notice survives. */
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "vitest.mutants.config.ts", related: false },
  mutate: [
    `src/${directory}/**/*.ts`,
    "!src/**/*.test.ts",
    "!src/**/{testing/**,testing.ts}",
    // Run in a worker, another process or a browser, where no mutant can be switched on.
    "!src/train/engines/wasm/kernel/**",
    "!src/verification/atlas/browser/**",
    "!src/verification/{plugin,reporter}.ts",
  ],
  ignorePatterns: ["/.cache", "/reports", "/snapshots/figures"],
  ignoreStatic: true,
  coverageAnalysis: "perTest",
  concurrency: 2,
  // The first run counts coverage, which makes it several times slower than a run under a mutant; but not where a driver works.
  timeoutFactor: directory === "train" ? 2 : 0.5,
  timeoutMS: 3000,
  reporters: ["progress-append-only", "json", "html"],
  jsonReporter: { fileName: `${report}.json` },
  htmlReporter: { fileName: `${report}.html` },
  tempDirName: ".cache/mutants",
  cleanTempDir: "always",
};
