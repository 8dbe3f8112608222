import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sha256 } from "../src/util/canonical.ts";
import { type ConclusionRecord, readRecord, serialise } from "../src/verification/record/record.ts";
import { copyTree, runHypotheses } from "./tree-copy.ts";

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
if (!(repeats >= 1) || !(coldEvery >= 1)) throw new Error("expected --repeats and --cold-every of at least 1");

const copy = copyTree();
const cache = join(copy, ".cache/runs");
/** Never reused here: what is to be repeated is the concluding. */
const kept = join(copy, ".cache/conclusions");

/** Conclusions by id, as they are recorded, and hashes of figures by file. */
type Results = Readonly<Record<string, string>>;

function runOnce(cold: boolean): { exit: number | null; results: Results } {
  for (const folder of cold ? [cache, kept] : [kept]) rmSync(folder, { recursive: true, force: true });
  rmSync(join(copy, "reports/figures"), { recursive: true, force: true });
  const { exit, specs, output } = runHypotheses(copy, positionals, { HYPOTHESES_CACHE: cache });
  if (specs === null) throw new Error(`Vitest left no report: ${output.slice(-400)}`);
  const reports = specs.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ meta }) => meta.hypothesis ?? []),
  );
  const conclusions = Object.fromEntries(reports.map(({ id, conclusion }) => [id, conclusion]));
  return { exit, results: { ...texts(conclusions), ...hashes(join(copy, "reports/figures")) } };
}

const texts = (conclusions: ConclusionRecord): Results =>
  Object.fromEntries(Object.entries(conclusions).map(([id, one]) => [id, serialise({ [id]: one })]));

function hashes(folder: string): Results {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
  return Object.fromEntries(files.map((file) => [file, sha256(readFileSync(join(folder, file), "base64"))]));
}

/** What differs, of what `one` has. */
const differing = (one: Results, other: Results) => Object.keys(one).filter((key) => one[key] !== other[key]);

const record: Results = {
  ...texts(readRecord(join(copy, "snapshots/conclusions.json"))),
  ...hashes(join(copy, "snapshots/figures")),
};
let first: Results | undefined;
let bad = 0;
try {
  for (let i = 0; i < repeats; i++) {
    const cold = i % coldEvery === 0;
    const start = performance.now();
    const { exit, results } = runOnce(cold);
    first ??= results;
    const drift = [...new Set([...differing(results, first), ...differing(first, results)])];
    const off = differing(results, record);
    if (exit !== 0 || drift.length > 0 || off.length > 0) bad++;
    const told = (ids: readonly string[]) => (ids.length === 0 ? "the same" : `differ: ${ids.join(", ")}`);
    console.log(
      `${i + 1}/${repeats} ${cold ? "cold" : "warm"}: exit ${exit}, ${Object.keys(results).length} conclusions and figures; ` +
        `beside the first run ${told(drift)}; beside the record ${told(off)} (${((performance.now() - start) / 1000).toFixed(0)} s)`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(bad === 0 ? "No run differs from another or the record." : `${bad} of ${repeats} runs differ or failed.`);
process.exitCode = bad === 0 ? 0 : 1;
