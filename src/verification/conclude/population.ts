import { finite } from "../../util/check.ts";
import { plain, rounded } from "../../util/json.ts";
import type { CellEvidence, PopulationEvidence } from "../claim/conclusion.ts";
import { criterionOf } from "../claim/criterion.ts";
import type { Observation } from "../claim/observation.ts";
import type { Observed, PopulationSpec } from "../claim/specification.ts";
import type { Seeded, Trained } from "../claim/trainer.ts";
import { combined } from "../claim/verdict.ts";
import { countWords } from "../claim/words.ts";
import { galleryOf, replayOf } from "../examples/gallery.ts";
import { cellsOf, controlOf, demandSeeds } from "./cells.ts";
import { type Finding, Vacuous } from "./finding.ts";
import { judged } from "./sequence.ts";
import type { Training } from "./training.ts";

/** Trains, observes and judges. Throws InputError before training when a verdict could not be reached, either way. */
export async function concludePopulation<C extends Seeded, R extends Trained, T extends Observation>(
  spec: PopulationSpec<C, R, T>,
  training: Training<C, R>,
): Promise<Finding> {
  const criterion = criterionOf<T>(spec.expect);
  const holdsIn = spec.holdsIn ?? "every cell";
  const cells = cellsOf(spec.given, spec.versus);
  const errorRate = finite("error rate", spec.errorRate ?? 1e-4, 0, true);
  const rules = {
    observe: spec.observe,
    criterion,
    endPoints: spec.endPoints ?? true,
    errorRate: errorRate / cells.length,
  };
  const negative = controlOf("control", spec.control, cells[0]!);
  const positive = spec.positiveControl && controlOf("positive control", spec.positiveControl, cells[0]!);
  for (const cell of [...cells, negative, ...(positive ? [positive] : [])])
    demandSeeds(cell, criterion, rules.errorRate);

  const observed: Observed<C, R, T>[] = [];
  for (const cell of cells) observed.push(await judged(cell, rules, training, true));
  const verdict = combined(
    observed.map((o) => o.verdict),
    holdsIn,
  );
  const control = await judged(negative, rules, training);
  const positiveControl = positive ? await judged(positive, rules, training) : null;
  demandVerdict(control, "refuted", `the criterion "${criterion.words}"`);
  if (positiveControl) demandVerdict(positiveControl, "holds", `the criterion "${criterion.words}"`);

  const all = [...observed, control, ...(positiveControl ? [positiveControl] : [])];
  const evidence: PopulationEvidence = {
    criterion: { words: criterion.words, share: criterion.share },
    holdsIn,
    cells: Object.fromEntries(observed.map((o) => [o.label, evidenceOf(o)])),
    control: { name: spec.control.name, ...evidenceOf(control) },
    positiveControl: positiveControl && { name: spec.positiveControl!.name, ...evidenceOf(positiveControl) },
  };
  // The seed a reader would want to see again: one that does not meet the criterion if there is one, else the first.
  const example = observed.find((o) => o.met.includes(false)) ?? observed[0]!;
  const { seed } = example.runs[Math.max(0, example.met.indexOf(false))]!;
  const nothingMeets = verdict === "refuted" && !positiveControl;
  const result = { verdict, criterion, cells: observed, control, positiveControl };
  return {
    kind: spec.kind ?? "population",
    verdict,
    evidence,
    errorRate,
    figure: spec.figure && (() => spec.figure!(result)),
    galleries: all.map((o) => galleryOf(o.label, o, o.condition, training.trainer, o)),
    replay: replayOf(training.trainer, example.condition, example.engine.name, seed),
    lacks: nothingMeets
      ? `nothing meets the criterion "${criterion.words}" (no cell holds, and the control fails); in the first cell ` +
        `${plain(observed[0]!.observed)}; expected a "positiveControl", a condition in which it is met`
      : undefined,
  };
}

/** A criterion that meets another verdict in a control says nothing about the claim. */
function demandVerdict(
  control: CellEvidence & { readonly label: string },
  expected: "holds" | "refuted",
  criterion: string,
): void {
  const { verdict, label } = control;
  if (verdict === expected) return;
  const is = {
    holds: "also holds",
    refuted: "is refuted",
    inconclusive: `is not ${expected === "holds" ? "seen to hold" : "refuted"}`,
  };
  const has = expected === "holds" ? "it has to be met" : "it has to fail";
  throw new Vacuous(`${criterion} ${is[verdict]} in the ${label} (${countWords(control)}), where ${has}`);
}

function evidenceOf(cell: CellEvidence): CellEvidence {
  const { trained, verdict, satisfied, undecided, of, evidence, looks, interval, endings, observed, stable } = cell;
  const counts = { satisfied, undecided, of, evidence: { ...evidence }, looks, interval };
  const kept = { trained, verdict, ...counts, endings, observed, stable };
  return rounded(kept as never) as unknown as CellEvidence;
}
