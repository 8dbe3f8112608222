import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { hashSources } from "../src/train/cache/source-hash.ts";
import { detectors } from "./mutations/detectors.ts";
import { geometry } from "./mutations/geometry.ts";
import { landscape } from "./mutations/landscape.ts";
import { models } from "./mutations/models.ts";
import type { Mutation } from "./mutations/mutation.ts";
import { statistics } from "./mutations/statistics.ts";
import { training } from "./mutations/training.ts";

/**
 * Breaks the mathematics of the code on purpose, one place at a time, and sees whether the hypotheses alone notice: no unit
 * test runs. `npx tsx scripts/break.ts` tries every mutation in mutations/, `… bias scale` those whose name begins
 * so; minutes a dozen. Works on a copy of the working tree in the system's temporary folder; runs that a mutation cannot
 * have changed are read from this repository's cache, others are trained anew. Exits 1 where a mutation goes unnoticed.
 */

const mutations = [...training, ...detectors, ...models, ...geometry, ...landscape, ...statistics];
const root = resolve(import.meta.dirname, "..");

interface Outcome {
  readonly passed: boolean;
  readonly seconds: number;
  /** "B10: verdict: refuted → holds", one a hypothesis that fails. */
  readonly failures: readonly string[];
}

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "break-"));
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files) {
    if (file === "node_modules" || !existsSync(join(root, file))) continue;
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

interface Suite {
  readonly message: string;
  readonly assertionResults: readonly { status: string; title: string; failureMessages: readonly string[] }[];
}

/** Runs spec files in a copy as CI would: nothing is recorded, and another conclusion than the one on record fails. */
function check(copy: string, specs: readonly string[]): Outcome {
  const engine = "wasm";
  const asHere = hashSources(copy, engine) === hashSources(root, engine);
  const report = join(copy, "reports/break.json");
  rmSync(report, { force: true });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const files = specs.map((spec) => `hypotheses/${spec}.spec.ts`);
  const lost = files.filter((file) => !existsSync(join(root, file)));
  if (lost.length > 0) throw new Error(`there is no ${lost.join(", ")}`);
  const start = performance.now();
  const run = spawnSync(
    process.execPath,
    [vitest, "run", "--project", "hypotheses", ...files, "--reporter=json", `--outputFile=${report}`],
    {
      cwd: copy,
      encoding: "utf8",
      timeout: 1_200_000,
      env: {
        ...process.env,
        CI: "true",
        HYPOTHESES_ENGINE: engine,
        HYPOTHESES_CACHE: asHere ? process.env.HYPOTHESES_CACHE || join(root, ".cache/runs") : "off",
      },
    },
  );
  const seconds = (performance.now() - start) / 1000;
  if (!existsSync(report))
    return { passed: false, seconds, failures: [`no report: ${(run.stderr || run.stdout).slice(-400)}`] };
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as { testResults: readonly Suite[] };
  const failures = testResults.flatMap(({ message, assertionResults }) => [
    ...assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ title, failureMessages }) => `${title.split(" ")[0]}: ${brief(failureMessages[0] ?? "")}`),
    ...(assertionResults.length === 0 ? [`a file fails: ${brief(message)}`] : []),
  ]);
  return { passed: run.status === 0, seconds, failures };
}

/** What changed, without the claim it changed in. */
function brief(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  const telling = lines.find((line, i) => i > 0 && line.includes("→")) ?? lines[0]!;
  return telling.length > 160 ? `${telling.slice(0, 159)}…` : telling;
}

/** Puts a mutation into the copy; throws where what it replaces is not there exactly once. */
function apply(copy: string, { name, file, search, replacement }: Mutation): void {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  const found = text.split(search).length - 1;
  if (found !== 1) throw new Error(`${name}: found ${found} times in ${file}, expected once:\n${search}`);
  if (search === replacement) throw new Error(`${name}: changes nothing`);
  writeFileSync(
    path,
    text.replace(search, () => replacement),
  );
}

function main(prefixes: readonly string[]): number {
  const chosen = mutations.filter(
    ({ name }) => prefixes.length === 0 || prefixes.some((p) => name.startsWith(p)),
  );
  if (chosen.length === 0) throw new Error(`no mutation is called ${prefixes.join(" or ")}`);
  const copy = copyTree();
  try {
    // All of them before anything is run: a list that has fallen behind the code shows at once.
    for (const mutation of chosen) {
      apply(copy, mutation);
      cpSync(join(root, mutation.file), join(copy, mutation.file));
    }
    const whole = check(copy, [...new Set(chosen.flatMap(({ specs }) => specs))]);
    if (!whole.passed)
      throw new Error(`the hypotheses do not pass as they are:\n${whole.failures.join("\n")}`);
    console.log(`unbroken: passes (${whole.seconds.toFixed(0)} s)`);
    let unnoticed = 0;
    for (const mutation of chosen) {
      apply(copy, mutation);
      const { passed, seconds, failures } = check(copy, mutation.specs);
      cpSync(join(root, mutation.file), join(copy, mutation.file));
      if (passed) unnoticed++;
      console.log(
        `${passed ? "NOT flagged" : "flagged"}  ${mutation.name} (${seconds.toFixed(0)} s): ${mutation.change}`,
      );
      for (const failure of failures) console.log(`    ${failure}`);
    }
    console.log(`${chosen.length - unnoticed} of ${chosen.length} flagged`);
    return unnoticed > 0 ? 1 : 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

process.exitCode = main(process.argv.slice(2));
