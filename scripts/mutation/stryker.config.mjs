const directory = process.env.MUTANTS;
if (!directory) throw new Error("MUTANTS names no directory of src: call npm run mutants -- geometry");
const report = `reports/mutants/${directory}`;
/** Per cent of a directory's mutants that its tests must notice: below it the run fails. Measured: docs/mutation.md. */
const floor = 95;

/** One directory's mutants against that directory's unit tests: a mutant that only another directory's tests notice survives. */
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "scripts/mutation/vitest.config.ts", related: false },
  mutate: [
    `src/${directory}/**/*.ts`,
    "!src/**/*.test.ts",
    "!src/**/{testing/**,testing.ts}",
    // Run in a worker, another process or a browser, where no mutant can be switched on.
    "!src/train/engines/wasm/kernel/**",
    "!src/verification/**/browser/**",
    "!src/verification/{plugin,reporters/{atlas,end-reporter,github,record,terminal}}.ts",
  ],
  ignorePatterns: ["/.cache", "/reports", "/snapshots/figures"],
  ignoreStatic: true,
  coverageAnalysis: "perTest",
  concurrency: 2,
  // The first run counts coverage, which makes it several times slower than a run under a mutant; but not where a driver works.
  timeoutFactor: directory.startsWith("train") ? 2 : 0.5,
  timeoutMS: 3000,
  thresholds: { high: floor, low: floor, break: floor },
  reporters: ["progress-append-only", "clear-text", "html"],
  clearTextReporter: { reportTests: false, logTests: false, allowEmojis: false },
  htmlReporter: { fileName: `${report}.html` },
  tempDirName: ".cache/mutants",
  cleanTempDir: "always",
};
