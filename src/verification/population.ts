import { trialsNeeded } from "../statistics/sample-size.ts";
import type { Ensemble } from "../train/ensemble.ts";
import { fail, finite, InputError, quote } from "../util/check.ts";
import { type Json, rounded } from "../util/json.ts";
import type { Condition, Trainer } from "./condition.ts";
import type { Criterion } from "./criterion.ts";
import type { Finding } from "./finding.ts";
import { galleryOf } from "./gallery.ts";
import { type Observation, summarise } from "./observation.ts";
import type { Observed, PopulationSpec } from "./specification.ts";
import { headline, interval, judge } from "./verdict.ts";

const defaultErrorRate = 1e-4;

interface Cell {
  readonly label: string;
  readonly given: Condition;
  readonly versus: Condition | undefined;
}

/** Trains, observes and judges. Throws InputError before training when no verdict could be reached. */
export async function concludePopulation<T extends Observation>(
  spec: PopulationSpec<T>,
  trainer: Trainer,
): Promise<Finding> {
  const cells = cellsOf(spec);
  const wholeErrorRate = finite("error rate", spec.errorRate ?? defaultErrorRate, 0, true);
  const errorRate = wholeErrorRate / cells.length;
  for (const cell of cells) demandSeeds(cell, spec.expect, errorRate);

  const observed: Observed<T>[] = [];
  for (const cell of cells) observed.push(await observeCell(spec, cell, errorRate, trainer));
  const verdict = headline(
    observed.map((o) => o.verdict),
    spec.headline ?? "every",
  );

  const control = await observeCell(spec, controlOf(spec, cells[0]!), errorRate, trainer);
  if (control.verdict !== "refuted")
    throw new Vacuous(
      `vacuous: the criterion "${spec.expect.words}" ${control.verdict === "holds" ? "also holds" : "is not refuted"} ` +
        `in the control "${spec.control.name}" (${control.words}), where it has to fail`,
    );
  const met = observed.some((o) => o.verdict === "holds");
  if (verdict === "refuted" && !met && (spec.witness === undefined || !spec.expect.test(spec.witness)))
    throw new Vacuous(
      `vacuous: nothing meets the criterion "${spec.expect.words}" (refuted in every cell and in the control); ` +
        `expected a "witness" that does, got ${quote(spec.witness)}`,
    );

  const result = { verdict, criterion: spec.expect, cells: observed, control };
  return {
    claim: spec.claim,
    kind: spec.kind ?? "population",
    verdict,
    summary: summaryOf(observed, spec.expect),
    evidence: evidenceOf(observed, control),
    errorRate: wholeErrorRate,
    ...(spec.figure ? { draw: () => spec.figure!(result) } : {}),
    galleries: [...observed, control].map((o) => galleryOf(o.label, o.ensemble, o)),
    replay: exampleOf(observed),
  };
}

/** The criterion is no test: it cannot fail, or nothing can meet it. */
export class Vacuous extends InputError {
  override name = "Vacuous";
}

const isCondition = (given: object): given is Condition => "model" in given && "seeds" in given;

function cellsOf<T extends Observation>(spec: PopulationSpec<T>): Cell[] {
  const { given, versus } = spec;
  if (isCondition(given)) {
    if (versus && !isCondition(versus)) throw new InputError("versus: expected one condition, as in given");
    return [{ label: "given", given, versus }];
  }
  const labels = Object.keys(given);
  if (labels.length === 0)
    throw new InputError("invalid given: {}; expected a condition, or one for each cell");
  return labels.map((label) => {
    const other = versus && !isCondition(versus) ? versus[label] : versus;
    if (versus && !other) throw new InputError(`versus: expected a condition for the cell ${quote(label)}`);
    return { label, given: given[label]!, versus: other };
  });
}

function controlOf<T extends Observation>(spec: PopulationSpec<T>, cell: Cell): Cell {
  const { name, versus, ...changes } = spec.control;
  return {
    label: `control: ${name}`,
    given: { ...cell.given, ...changes },
    versus: cell.versus && { ...cell.versus, ...versus },
  };
}

/** No verdict is worth training for if unanimous seeds could not reach it. */
function demandSeeds<T extends Observation>(cell: Cell, criterion: Criterion<T>, errorRate: number): void {
  const needed = trialsNeeded(criterion.threshold, errorRate);
  if (cell.given.seeds.length < needed)
    throw new InputError(
      `too few seeds: ${cell.given.seeds.length} in "${cell.label}"; "${criterion.words}" needs at least ${needed} ` +
        `to reach a verdict at an error rate of ${Number(errorRate.toPrecision(2))}`,
    );
  if (cell.versus && cell.versus.seeds.length !== cell.given.seeds.length)
    throw new InputError(
      `versus has ${cell.versus.seeds.length} seeds; expected ${cell.given.seeds.length}, to compare seed by seed`,
    );
}

async function observeCell<T extends Observation>(
  spec: PopulationSpec<T>,
  cell: Cell,
  errorRate: number,
  trainer: Trainer,
): Promise<Observed<T>> {
  const ensemble = await trainer.train(cell.given, cell.label);
  const others = cell.versus ? await trainer.train(cell.versus, `${cell.label}, versus`) : ensemble;
  const endPoints = spec.endPoints ?? true;
  const values: (T | null)[] = [];
  const satisfied: boolean[] = [];
  let undecided = 0;
  ensemble.runs.forEach((run, i) => {
    const other = others.runs[i]!;
    const statuses = [run.status, other.status];
    const value = statuses.includes("diverged") ? null : spec.observe(run, other);
    const unfinished = endPoints && value !== null && statuses.includes("stopped");
    if (unfinished) undecided++;
    values.push(value);
    satisfied.push(value !== null && !unfinished && spec.expect.test(value));
  });
  const count = { satisfied: satisfied.filter(Boolean).length, undecided, of: values.length };
  const proportion = interval(count, errorRate);
  return {
    label: cell.label,
    ensemble,
    versus: others,
    values,
    satisfied,
    proportion,
    verdict: judge(proportion, spec.expect.threshold, spec.expect.strict),
    words: wordsOf(count, proportion),
  };
}

function wordsOf(
  count: { satisfied: number; undecided: number; of: number },
  [low, high]: readonly [number, number],
): string {
  const undecided = count.undecided > 0 ? `, ${count.undecided} not converged` : "";
  return `${count.satisfied} of ${count.of} seeds${undecided} (${low.toFixed(3)}–${high.toFixed(3)})`;
}

function statusesOf({ runs }: Ensemble): { [status: string]: number } {
  const counts: { [status: string]: number } = {};
  for (const status of ["converged", "stopped", "diverged"] as const) {
    const n = runs.filter((run) => run.status === status).length;
    if (n > 0) counts[status] = n;
  }
  return counts;
}

function summaryOf<T extends Observation>(cells: readonly Observed<T>[], { words }: Criterion<T>): string {
  if (cells.length === 1) return `${words}: ${cells[0]!.words}`;
  return `${words}: ${cells.map((o) => `${o.label} ${o.verdict === "holds" ? "✓" : o.verdict === "refuted" ? "✗" : "?"}`).join(", ")}`;
}

function evidenceOf<T extends Observation>(
  cells: readonly Observed<T>[],
  control: Observed<T>,
): { [name: string]: Json } {
  return Object.fromEntries(
    [...cells, control].map((o) => {
      const counted = {
        verdict: o.verdict,
        satisfied: o.satisfied.filter(Boolean).length,
        of: o.satisfied.length,
        proportion: [...o.proportion],
        endings: statusesOf(o.ensemble),
      };
      const observed = summarise(o.values);
      // An observation of such a name would stand in the record where a reader expects the count.
      const taken = Object.keys(observed).find((name) => Object.hasOwn(counted, name));
      if (taken !== undefined)
        fail(
          "name of an observation",
          taken,
          `none of the evidence's own: ${Object.keys(counted).join(", ")}`,
        );
      return [o.label, rounded({ ...counted, ...observed })];
    }),
  );
}

/** The seed a reader would want to see again: one that does not meet the criterion if there is one, else the first. */
function exampleOf<T extends Observation>(cells: readonly Observed<T>[]) {
  const cell = cells.find((o) => o.satisfied.includes(false)) ?? cells[0]!;
  const index = Math.max(0, cell.satisfied.indexOf(false));
  const { model, recipe, runs } = cell.ensemble;
  return { model, recipe, seed: runs[index]!.seed };
}
