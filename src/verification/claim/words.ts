import {
  type CellEvidence,
  type Conclusion,
  type ExactEvidence,
  isExact,
  isPopulation,
  type PopulationEvidence,
} from "./conclusion.ts";
import type { Criterion } from "./criterion.ts";
import { type Verdict, verdicts } from "./verdict.ts";

/** All words about verdicts, rendered from the record's data; tables, pages and figures say nothing else. */

export const marks: Readonly<Record<Verdict, string>> = {
  holds: "✓",
  refuted: "✗",
  "in part": "◐",
  inconclusive: "?",
  measured: "≈",
};

/** "in at least 95 % of seeds: a regular 5-gon" */
export function criterionWords({ words, share }: Criterion): string {
  if (share === 0.5) return `in most seeds: ${words}`;
  return `in at least ${+(100 * share).toPrecision(3)} % of seeds: ${words}`;
}

/** "254 of 256 seeds (0.950–1.000)" */
export function countWords({ satisfied, undecided, of, interval: [low, high] }: CellEvidence): string {
  const unfinished = undecided > 0 ? `, ${undecided} not converged` : "";
  return `${satisfied} of ${of} seeds${unfinished} (${low.toFixed(3)}–${high.toFixed(3)})`;
}

/** "n = 5 ✗ 162 of 256, n = 8 ✓ 256 of 256", or of one cell the count with its interval. */
export function cellsWords({ cells }: PopulationEvidence): string {
  const all = Object.entries(cells);
  if (all.length === 1) return countWords(all[0]![1]);
  const words = all.map(([label, { verdict, satisfied, of }]) => `${label} ${marks[verdict]} ${satisfied} of ${of}`);
  return words.join("; ");
}

/** "true of every input generated", or what failed and how. */
export function checkedWords({ properties }: ExactEvidence): string {
  const all = Object.entries(properties);
  const failed = all.filter(([, { holds }]) => !holds);
  if (failed.length > 0) return failed.map(([words, { found }]) => `${words}: ${found}`).join("; ");
  return `${all.length === 1 ? "true" : `${all.length} statements true`} of every input generated`;
}

/** The evidence on a line. */
export function evidenceWords({ evidence }: Pick<Conclusion, "evidence">): string {
  if (isPopulation(evidence)) return `${criterionWords(evidence.criterion)}. ${cellsWords(evidence)}`;
  return isExact(evidence) ? checkedWords(evidence) : evidence.answer;
}

/** "holds: in at least 95 % of seeds: …", under a figure's title; of an open question the answer. */
export function verdictWords(conclusion: Pick<Conclusion, "evidence" | "verdict">): string {
  const evidence = evidenceWords(conclusion);
  return conclusion.verdict === "measured" ? evidence : `${conclusion.verdict}: ${evidence}`;
}

/** "119 holds, 38 refuted"; verdicts that none has are left out. */
export function verdictCounts(all: readonly { readonly conclusion: Pick<Conclusion, "verdict"> }[]): string {
  const count = (verdict: Verdict) => all.filter(({ conclusion }) => conclusion.verdict === verdict).length;
  const some = verdicts.filter((verdict) => count(verdict) > 0);
  return some.map((verdict) => `${count(verdict)} ${verdict}`).join(", ");
}

/** What the luck of the seeds makes of all verdicts together, in percent: an upper bound, and so rounded up. */
export function riskWords(conclusions: readonly Pick<Conclusion, "errorRate">[]): string {
  const percent = 100 * conclusions.reduce((sum, { errorRate }) => sum + (errorRate ?? 0), 0);
  return `${Math.ceil(Number((100 * percent).toPrecision(12))) / 100} %`;
}
