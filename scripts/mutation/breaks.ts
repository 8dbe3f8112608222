import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashSources } from "../../src/train/cache/source-hash.ts";
import { fail } from "../../src/util/check.ts";
import { copyTree, root, runHypotheses, type SpecReport } from "../tree-copy.ts";
import { breaksOf, broken, specFile } from "./break.ts";

/**
 * Breaks the mathematics of the code on purpose, one place at a time, and sees whether the hypotheses alone notice: no unit
 * test runs. `npm run breaks` tries every break of breaks.json, `npm run breaks -- bias scale` those with such a part in
 * their names. Works on a copy of the working tree; runs that a break cannot have changed are read from this
 * repository's cache, others are trained anew. Before each break all conclusions of the unbroken code are kept, ready to be
 * reused: a break that they hide would be a stale answer. Exits 1 where a break goes unnoticed.
 */
const engine = "wasm";

interface Outcome {
  readonly passed: boolean;
  readonly seconds: number;
  /** "B10: verdict: refuted → holds", one a hypothesis that fails. */
  readonly failures: readonly string[];
}

function check(copy: string, specs: readonly string[], trainsAsBefore: boolean): Outcome {
  const fresh = join(copy, ".cache/fresh");
  rmSync(fresh, { recursive: true, force: true });
  const cache = trainsAsBefore ? join(copy, ".cache/runs") : fresh;
  const variables = { HYPOTHESES_ENGINE: engine, HYPOTHESES_CACHE: cache };
  const run = runHypotheses(copy, specs.map(specFile), variables, 1_200_000);
  const failures = run.specs?.flatMap(failuresOf) ?? [`no report: ${run.output.slice(-400)}`];
  return { passed: run.exit === 0, seconds: run.seconds, failures };
}

function failuresOf({ message, assertionResults }: SpecReport): string[] {
  if (assertionResults.length === 0) return [`a file fails: ${brief(message)}`];
  return assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ title, failureMessages }) => `${title.split(" ")[0]}: ${brief(failureMessages[0] ?? "")}`);
}

/** What changed, without the claim it changed in. */
function brief(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  const telling = lines.find((line, i) => i > 0 && line.includes("→")) ?? lines[0]!;
  return telling.length > 160 ? `${telling.slice(0, 159)}…` : telling;
}

function main(parts: readonly string[]): number {
  const breaks = breaksOf(root);
  const unknown = parts.find((part) => !breaks.some(({ name }) => name.includes(part)));
  if (unknown !== undefined) fail("break", unknown, "a part of a name in breaks.json");
  const chosen = breaks.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
  const copy = copyTree();
  const [conclusions, unbroken] = [join(copy, ".cache/conclusions"), join(copy, ".cache/unbroken")];
  try {
    mkdirSync(join(copy, ".cache"));
    symlinkSync(process.env.HYPOTHESES_CACHE || join(root, ".cache/runs"), join(copy, ".cache/runs"));
    const sources = hashSources(copy, engine);
    const whole = check(copy, [...new Set(chosen.flatMap(({ specs }) => specs))], true);
    if (!whole.passed) throw new Error(`the hypotheses do not pass as they are:\n${whole.failures.join("\n")}`);
    console.log(`unbroken: passes (${whole.seconds.toFixed(0)} s)`);
    cpSync(conclusions, unbroken, { recursive: true });
    let unnoticed = 0;
    for (const each of chosen) {
      const { name, change, specs } = each;
      const file = join(copy, each.file);
      const intact = readFileSync(file);
      cpSync(unbroken, conclusions, { recursive: true });
      writeFileSync(file, broken(copy, each));
      const { passed, seconds, failures } = check(copy, specs, hashSources(copy, engine) === sources);
      writeFileSync(file, intact);
      if (passed) unnoticed++;
      console.log(`${passed ? "NOT flagged" : "flagged"}  ${name} (${seconds.toFixed(0)} s): ${change}`);
      for (const failure of failures) console.log(`    ${failure}`);
    }
    console.log(`${chosen.length - unnoticed} of ${chosen.length} flagged`);
    return unnoticed > 0 ? 1 : 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

process.exitCode = main(process.argv.slice(2));
