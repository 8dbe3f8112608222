import { readFileSync } from "node:fs";
import { sameBits } from "../src/verification/record/compare.ts";
import { type ConclusionRecord, readRecord } from "../src/verification/record/record.ts";
import type { Report } from "../src/verification/record/report.ts";
import type { SpecReport } from "./tree-copy.ts";

/**
 * Which hypotheses trained what is on record, and of those the ones that came to other weights: the gate passes them as long as
 * verdicts stand, and nothing else compares machines.
 */
export function againstRecord(
  reports: readonly Pick<Report, "id" | "conclusion">[],
  record: ConclusionRecord,
): { readonly compared: string[]; readonly other: string[] } {
  const compared = reports.filter(({ id, conclusion: fresh }) => {
    const recorded = record[id];
    return recorded?.fingerprint && recorded.trained === fresh.trained && sameBits(recorded, fresh);
  });
  const other = compared.filter(({ id, conclusion }) => conclusion.fingerprint !== record[id]!.fingerprint);
  return { compared: compared.map(({ id }) => id), other: other.map(({ id }) => id) };
}

/** Reads what Vitest's reporter `json` wrote: `npx tsx scripts/workflows-bits.ts reports/results.json` */
if (process.argv[1] === import.meta.filename) {
  const { testResults } = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as { testResults: SpecReport[] };
  const reports = testResults.flatMap((spec) => spec.assertionResults.flatMap(({ meta }) => meta.hypothesis ?? []));
  const { compared, other } = againstRecord(reports, readRecord("snapshots/conclusions.json"));
  console.log(
    `${compared.length} hypotheses trained what is on record, ${compared.length - other.length} to the same bits`,
  );
  if (other.length > 0) console.log(`other bits than on record: ${other.join(", ")}`);
  process.exitCode = compared.length > 0 && other.length === 0 ? 0 : 1;
}
