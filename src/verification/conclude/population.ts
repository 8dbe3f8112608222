import { trialsNeeded } from "../../statistics/sample-size.ts";
import { finite, InputError, quote } from "../../util/check.ts";
import { plain, rounded } from "../../util/json.ts";
import { demandKnown } from "../../util/names.ts";
import type { CellEvidence, PopulationEvidence } from "../claim/conclusion.ts";
import { type Criterion, criterionOf, type Test } from "../claim/criterion.ts";
import { isObservation, type Observation, summarise } from "../claim/observation.ts";
import { isCondition, type Observed, type PopulationSpec, type Scope } from "../claim/specification.ts";
import type { Seeded, Status, Trained } from "../claim/trainer.ts";
import { combined, interval, judge } from "../claim/verdict.ts";
import { countWords } from "../claim/words.ts";
import { galleryOf, replayOf } from "../examples/gallery.ts";
import { type Finding, Vacuous } from "./finding.ts";
import type { Training } from "./training.ts";

interface Cell<Condition> {
  readonly label: string;
  readonly given: Condition;
  readonly versus: Condition | undefined;
}

/** How every cell of a claim is judged. */
interface Rules<Run, T> {
  readonly observe: (run: Run, other: Run) => T;
  readonly criterion: Test<T>;
  readonly errorRate: number;
  readonly endPoints: boolean;
}

/** Trains, observes and judges. Throws InputError before training when no verdict could be reached. */
export async function concludePopulation<C extends Seeded, R extends Trained, T extends Observation>(
  spec: PopulationSpec<C, R, T>,
  training: Training<C, R>,
): Promise<Finding> {
  const criterion = criterionOf<T>(spec.expect);
  const holdsIn = spec.holdsIn ?? "every cell";
  const cells = cellsOf(spec.given, spec.versus);
  const errorRate = finite("error rate", spec.errorRate ?? 1e-4, 0, true);
  const { observe, endPoints = true } = spec;
  const { trainer } = training;
  const rules = { observe, criterion, endPoints, errorRate: errorRate / cells.length };
  for (const cell of cells) demandSeeds(cell, criterion, rules.errorRate);

  const observed: Observed<C, R, T>[] = [];
  for (const cell of cells) observed.push(await observeCell(cell, rules, training));
  const verdicts = observed.map((o) => o.verdict);
  const verdict = combined(verdicts, holdsIn);
  const control = await observeCell(controlOf(spec.control, cells[0]!), rules, training);
  demandControls({ ...spec, criterion }, verdict, observed, control);

  const result = { verdict, criterion, cells: observed, control };
  const evidence: PopulationEvidence = {
    criterion: { words: criterion.words, share: criterion.share, strict: criterion.strict },
    holdsIn,
    cells: Object.fromEntries(observed.map((o) => [o.label, evidenceOf(o)])),
    control: { name: spec.control.name, ...evidenceOf(control) },
  };
  // The seed a reader would want to see again: one that does not meet the criterion if there is one, else the first.
  const example = observed.find((o) => o.met.includes(false)) ?? observed[0]!;
  const { seed } = example.runs[Math.max(0, example.met.indexOf(false))]!;
  return {
    kind: spec.kind ?? "population",
    verdict,
    evidence,
    errorRate,
    figure: spec.figure && (() => spec.figure!(result)),
    galleries: [...observed, control].map((o) => galleryOf(o.label, o.population, o.condition, trainer, o)),
    replay: replayOf(trainer, example.condition, example.population.engine.name, seed),
  };
}

function cellsOf<C extends Seeded>(given: Scope<C>, versus: Scope<C> | undefined): Cell<C>[] {
  if (isCondition(given)) {
    if (versus && !isCondition(versus)) throw new InputError("versus: expected one condition, as in given");
    return [{ label: "given", given, versus }];
  }
  const labels = Object.keys(given);
  if (labels.length === 0) throw new InputError("invalid given: {}; expected a condition, or one for each cell");
  return labels.map((label) => {
    const other = versus && !isCondition(versus) ? versus[label] : versus;
    if (versus && !other) throw new InputError(`versus: expected a condition for the cell ${quote(label)}`);
    return { label, given: given[label]!, versus: other };
  });
}

function controlOf<C extends Seeded>(
  { name, versus: other, ...changes }: { name: string; versus?: Partial<C> } & Partial<C>,
  { given, versus }: Cell<C>,
): Cell<C> {
  demandKnown("the control", changes, Object.keys(given));
  return { label: `control: ${name}`, given: { ...given, ...changes }, versus: versus && { ...versus, ...other } };
}

/** No verdict is worth training for if unanimous seeds could not reach it. */
function demandSeeds({ label, given, versus }: Cell<Seeded>, criterion: Criterion, errorRate: number): void {
  const needed = trialsNeeded(criterion.share, errorRate);
  if (given.seeds.length < needed)
    throw new InputError(
      `too few seeds: ${given.seeds.length} in "${label}"; "${criterion.words}" needs at least ${needed} ` +
        `to reach a verdict at an error rate of ${Number(errorRate.toPrecision(2))}`,
    );
  if (versus && versus.seeds.length !== given.seeds.length)
    throw new InputError(
      `versus has ${versus.seeds.length} seeds; expected ${given.seeds.length}, to compare seed by seed`,
    );
}

function demandControls<T extends Observation>(
  { criterion, witness }: { criterion: Test<T>; witness?: T },
  verdict: string,
  cells: readonly CellEvidence[],
  control: CellEvidence & { readonly label: string },
): void {
  if (control.verdict !== "refuted")
    throw new Vacuous(
      `the criterion "${criterion.words}" ${control.verdict === "holds" ? "also holds" : "is not refuted"} ` +
        `in the ${control.label} (${countWords(control)}), where it has to fail`,
    );
  const met = cells.some((o) => o.verdict === "holds");
  if (verdict === "refuted" && !met && (witness === undefined || !criterion.test(witness)))
    throw new Vacuous(
      `nothing meets the criterion "${criterion.words}" (refuted in every cell and in the control); ` +
        `in the first cell ${plain(cells[0]!.observed)}; expected a "witness" that meets it, got ${quote(witness)}`,
    );
}

async function observeCell<C extends Seeded, R extends Trained, T extends Observation>(
  { label, given, versus }: Cell<C>,
  { observe, criterion, errorRate, endPoints }: Rules<R, T>,
  training: Training<C, R>,
): Promise<Observed<C, R, T>> {
  const { trainer } = training;
  const population = await training.train(given, label);
  const { runs } = population;
  const others = versus ? (await training.train(versus, `${label}, versus`)).runs : runs;
  const values: (T | null)[] = [];
  const met: boolean[] = [];
  let undecided = 0;
  runs.forEach((run, i) => {
    const other = others[i]!;
    const statuses = [run.status, other.status];
    const where = `seed ${run.seed} in "${label}"`;
    const value = statuses.includes("diverged") ? null : observed(() => observe(run, other), where);
    const unfinished = endPoints && value !== null && statuses.includes("stopped");
    if (unfinished) undecided++;
    values.push(value);
    met.push(value !== null && !unfinished && answer(() => criterion.test(value), value, where));
  });
  if (values.length > 0 && values.every((value) => Number.isNaN(value)))
    throw new InputError(`observe gave NaN for all ${values.length} seeds in "${label}"; expected a value`);
  const count = { satisfied: met.filter(Boolean).length, undecided, of: values.length };
  const bounds = interval(count, errorRate);
  return {
    label,
    condition: given,
    population,
    runs,
    others,
    values,
    met,
    trained: trainer.describe(given) + (versus ? `; versus ${trainer.describe(versus)}` : ""),
    verdict: judge(bounds, criterion.share, criterion.strict),
    ...count,
    interval: bounds,
    endings: endingsOf(runs),
    observed: summarise(values),
  };
}

/** What was read off a run, or an error that says of which: whatever types say, it may be anything. */
function observed<T extends Observation>(observe: () => T, where: string): T {
  const value = tried(observe, `observe failed on ${where}`);
  if (!isObservation(value))
    throw new InputError(
      `observe gave ${value instanceof Promise ? "a Promise (async?)" : quote(value)} for ${where}; ` +
        "expected a number, a word, true or false, or several of these by name",
    );
  return value;
}

function answer<T>(test: () => boolean, value: T, where: string): boolean {
  const met: unknown = tried(test, `the criterion failed on ${where}, observed ${quote(value)}`);
  if (typeof met !== "boolean")
    throw new InputError(`the criterion answered ${quote(met)} to ${quote(value)}, ${where}; expected true or false`);
  return met;
}

/** A mistake in a hypothesis's own code, with where it happened; its stack is the hypothesis's. */
function tried<T>(act: () => T, failed: string): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error) error.message = `${failed}: ${error.message}`;
    throw error;
  }
}

function endingsOf(runs: readonly Trained[]): CellEvidence["endings"] {
  const statuses: readonly Status[] = ["converged", "stopped", "diverged"];
  const counts = statuses.map((status) => [status, runs.filter((run) => run.status === status).length] as const);
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

function evidenceOf(cell: CellEvidence): CellEvidence {
  const { trained, verdict, satisfied, undecided, of, interval, endings, observed } = cell;
  const kept = { trained, verdict, satisfied, undecided, of, interval: [...interval], endings, observed };
  return rounded(kept) as unknown as CellEvidence;
}
