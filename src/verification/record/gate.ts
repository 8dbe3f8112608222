import type { Conclusion } from "../claim/conclusion.ts";
import { evidenceWords } from "../claim/words.ts";
import { acceptCommand } from "./accept.ts";
import { sameBits } from "./compare.ts";
import type { Report } from "./report.ts";
import { strict } from "./strict.ts";

/** Differences told in the failure itself; all are at the end of the run. */
const told = 3;

/**
 * Why the gate lets a hypothesis not pass: its conclusion is not the one on record, or its figure is not, or, in strict mode, it
 * does not hold. A line each, with the command that accepts it, or why it is not to be; none where it passes.
 */
export function objections(
  { id, conclusion, comparison, picture, mode, unfit }: Report,
  recorded: Conclusion | undefined,
): string[] {
  const { outcome, changes } = comparison;
  const found: string[] = [];
  if (outcome === "missing" && mode === "none") found.push(`${id} has no conclusion on record`);
  if (outcome === "changed" && mode !== "all") {
    found.push(`${id} changed its conclusion: ${conclusion.claim}`);
    if (recorded && recorded.verdict !== conclusion.verdict) {
      found.push(`on record, ${recorded.verdict}: ${evidenceWords(recorded)}`);
      found.push(`now, ${conclusion.verdict}: ${evidenceWords(conclusion)}`);
    } else {
      for (const { path, before, after } of changes.slice(0, told))
        found.push(`${path.join(" · ")}: ${before ?? "absent"} → ${after ?? "absent"}`);
      if (changes.length > told) found.push(`and ${changes.length - told} more`);
    }
  }
  if (picture.state === "missing" && mode === "none" && outcome !== "missing")
    found.push(`${id} has no figure on record`);
  if (picture.state === "damaged" && mode !== "all")
    found.push(`${id}: the figure on record, ${picture.recorded}, is no picture (damaged, or not checked out)`);
  // With other weights another picture is moved evidence; with the same weights it is the drawing that changed.
  const sameEvidence = outcome === "same" && recorded !== undefined && sameBits(recorded, conclusion);
  if (picture.state === "different" && mode !== "all" && sameEvidence)
    found.push(
      `${id} draws another figure from the same evidence (${(100 * (picture.ratio ?? 0)).toPrecision(2)} % of the pixels differ)`,
    );
  if (found.length > 0) {
    const accept = `accept it with: ${acceptCommand(`${id} ${conclusion.title}`)}`;
    return [...found, unfit ? `this is no evidence for the record: ${unfit}` : accept];
  }
  if (strict() && ["refuted", "in part", "inconclusive"].includes(conclusion.verdict))
    return [`${id} is ${conclusion.verdict} (strict mode): ${conclusion.claim}`, evidenceWords(conclusion)];
  return [];
}
