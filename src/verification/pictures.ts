import { compose, type Drawing } from "../figures/canvas/drawing.ts";
import { type DistributionOptions, distribution } from "../figures/charts/distribution.ts";
import { proportions } from "../figures/charts/proportions.ts";
import { configuration } from "../figures/shapes/configuration.ts";
import type { DirectionOptions } from "../geometry/directions.ts";
import type { Observation } from "./observation.ts";
import type { Observed, PopulationResult } from "./specification.ts";

type Figure<T extends Observation> = (result: PopulationResult<T>) => Buffer;

/** "holds: always 5 directions. given: 256 of 256 seeds (0.965–1.000)" */
export function verdictLine<T extends Observation>({
  verdict,
  criterion,
  cells,
}: PopulationResult<T>): string {
  const counts = cells.map((o) =>
    cells.length === 1 ? o.words : `${o.label}: ${met(o)} of ${o.satisfied.length}`,
  );
  return `${verdict}: ${criterion.words}. ${counts.join("; ")}`;
}

const met = (o: Observed<Observation>) => o.satisfied.filter(Boolean).length;

/**
 * What was learned: of every cell a seed that meets the criterion and, where there is one, a seed that does not; and one
 * of the control.
 */
export function configurations<T extends Observation>(
  title: string,
  { columns = 3, grouping }: { columns?: number; grouping?: DirectionOptions } = {},
): Figure<T> {
  return (result) => {
    const { cells, control } = result;
    const draw = (o: Observed<T>, satisfied: boolean): Drawing[] => {
      const index = o.satisfied.indexOf(satisfied);
      const run = o.ensemble.runs[index];
      if (!run || run.status === "diverged") return [];
      const like = o.satisfied.filter((s) => s === satisfied).length;
      const where = cells.length === 1 && o !== control ? "" : `${o.label}: `;
      const caption = `${where}${like} of ${o.satisfied.length} ${satisfied ? "meet it" : "fail"}, like seed ${run.seed}`;
      return [configuration(run, { caption, ...(grouping && { grouping }) })];
    };
    const panels = [...cells.flatMap((o) => [...draw(o, true), ...draw(o, false)]), ...draw(control, false)];
    return compose(
      { title, subtitle: verdictLine(result), columns: Math.min(columns, panels.length) },
      panels,
    );
  };
}

/** The share of seeds in each cell (and the control) that meets the criterion, with intervals and the threshold. */
export function satisfaction<T extends Observation>({
  cells,
  control,
  criterion,
}: PopulationResult<T>): Drawing {
  return proportions({
    label: criterion.words,
    categories: [...cells, control].map((o) => o.label),
    conditions: [
      {
        label: "seeds that meet it",
        seeds: control.satisfied.length,
        of: Object.fromEntries(
          [...cells, control].map((o) => [o.label, { count: met(o), interval: o.proportion }]),
        ),
      },
    ],
    marks: [{ value: criterion.threshold, label: "threshold" }],
  });
}

/** How numbers are distributed over the seeds of each cell, and of the control unless it says nothing about them. */
export function distributions<T extends Observation>(
  title: string,
  values: Readonly<Record<string, (observation: T) => number>>,
  { control = true, ...options }: Omit<DistributionOptions, "conditions"> & { control?: boolean },
): Figure<T> {
  return (result) =>
    compose({ title, subtitle: verdictLine(result) }, [
      distribution({
        ...options,
        conditions: [...result.cells, ...(control ? [result.control] : [])].flatMap((o) =>
          Object.entries(values).map(([name, of]) => ({
            label: [name, result.cells.length > 1 || o === result.control ? o.label : ""]
              .filter(Boolean)
              .join(", "),
            values: o.values.flatMap((value) => (value === null ? [] : [of(value)])),
          })),
        ),
      }),
    ]);
}
