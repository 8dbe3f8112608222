import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sha256 } from "../src/util/canonical.ts";
import type { Conclusion } from "../src/verification/conclusion.ts";
import { type ConclusionRecord, readRecord, serialise } from "../src/verification/record.ts";

/**
 * Does the same code always conclude the same, and does the gate raise no false alarm? Runs the hypotheses again and again
 * as CI does, in a copy of the working tree, some with an empty run cache and the others with what was trained before;
 * compares exit codes, conclusions and figures with each other and with the record, byte by byte.
 *
 *     npx tsx scripts/repeat.ts --repeats 20 --cold-every 4 [spec files]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: "string", default: "20" },
    // The first run is cold, and each this many after it.
    "cold-every": { type: "string", default: "4" },
  },
});
const repeats = Number(values.repeats);
const coldEvery = Number(values["cold-every"]);
if (!(repeats >= 1) || !(coldEvery >= 1))
  throw new Error("expected --repeats and --cold-every of at least 1");

const directory = mkdtempSync(join(tmpdir(), "repeat-"));
const copy = join(directory, "tree");
const cache = join(directory, "runs");

/** The tree as it is, committed or not, without what git ignores. */
function copyTree(): void {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  for (const file of execFileSync("git", list, { encoding: "utf8" }).split("\0")) {
    if (!file || !existsSync(file)) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
}

interface Repeat {
  readonly exit: number | null;
  readonly conclusions: ConclusionRecord;
  /** Hash of each figure drawn. */
  readonly figures: { readonly [file: string]: string };
}

/** The part of Vitest's JSON report that is read here. */
interface JsonReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly meta: { readonly hypothesis?: { readonly id: string; readonly conclusion: Conclusion } };
    }[];
  }[];
}

function runOnce(cold: boolean): Repeat {
  if (cold) rmSync(cache, { recursive: true, force: true });
  rmSync(join(copy, "reports/figures"), { recursive: true, force: true });
  const report = join(directory, "report.json");
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      "hypotheses",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...positionals,
    ],
    { cwd: copy, env: { ...process.env, CI: "true", HYPOTHESES_CACHE: cache }, stdio: "ignore" },
  );
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as JsonReport;
  const reports = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ meta }) => meta.hypothesis ?? []),
  );
  return {
    exit: status,
    conclusions: Object.fromEntries(reports.map(({ id, conclusion }) => [id, conclusion])),
    figures: hashes(join(copy, "reports/figures")),
  };
}

function hashes(folder: string): { [file: string]: string } {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
  return Object.fromEntries(files.map((file) => [file, sha256(readFileSync(join(folder, file), "base64"))]));
}

/** The ids whose conclusion or figure differs, of those that `one` has. */
function differing(one: Omit<Repeat, "exit">, other: Omit<Repeat, "exit">): string[] {
  const text = (conclusion: Conclusion | undefined) => (conclusion ? serialise({ id: conclusion }) : "");
  const ids = Object.keys(one.conclusions).filter(
    (id) => text(one.conclusions[id]) !== text(other.conclusions[id]),
  );
  return [...ids, ...Object.keys(one.figures).filter((file) => one.figures[file] !== other.figures[file])];
}

copyTree();
const record = {
  conclusions: readRecord(join(copy, "snapshots/conclusions.json")),
  figures: hashes(join(copy, "snapshots/figures")),
};
let first: Repeat | undefined;
let bad = 0;
try {
  for (let i = 0; i < repeats; i++) {
    const cold = i % coldEvery === 0;
    const start = performance.now();
    const repeat = runOnce(cold);
    first ??= repeat;
    const drift = [...new Set([...differing(repeat, first), ...differing(first, repeat)])];
    const off = differing(repeat, record);
    if (repeat.exit !== 0 || drift.length > 0 || off.length > 0) bad++;
    const told = (ids: readonly string[]) => (ids.length === 0 ? "the same" : `differ: ${ids.join(", ")}`);
    console.log(
      `${i + 1}/${repeats} ${cold ? "cold" : "warm"}: exit ${repeat.exit}, ${Object.keys(repeat.conclusions).length} conclusions and ` +
        `${Object.keys(repeat.figures).length} figures; beside the first run ${told(drift)}; beside the record ${told(off)} ` +
        `(${((performance.now() - start) / 1000).toFixed(0)} s)`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
console.log(
  bad === 0
    ? "No run differs from another or from the record."
    : `${bad} of ${repeats} runs differ or failed.`,
);
process.exitCode = bad === 0 ? 0 : 1;
