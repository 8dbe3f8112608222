import type { Drawing } from "../figures/canvas/drawing.ts";
import { type DistributionOptions, distribution } from "../figures/charts/distribution.ts";
import { configuration } from "../figures/shapes/configuration.ts";
import type { DirectionOptions } from "../geometry/directions.ts";
import type { Run } from "../train/run.ts";
import type { Figure, PopulationResult } from "../verification/claim/specification.ts";
import type { Condition } from "./condition.ts";

/** What figures of toy models are drawn from. */
export type Result<T> = PopulationResult<Condition, Run, T>;
type Cell<T> = Result<T>["cells"][number];
type Draw<T> = (result: Result<T>) => Figure;

/**
 * What was learned: of every cell a seed that meets the criterion and, where there is one, a seed that does not; and one
 * of the control.
 */
export function configurations<T>(options: { columns?: number; grouping?: DirectionOptions } = {}): Draw<T> {
  const { columns = 3, grouping } = options;
  return ({ cells, control }) => {
    const draw = (o: Cell<T>, met: boolean): Drawing[] => {
      const run = o.runs[o.met.indexOf(met)];
      if (!run || run.status === "diverged") return [];
      const like = o.met.filter((m) => m === met).length;
      const where = cells.length === 1 && o !== control ? "" : `${o.label}: `;
      const caption = `${where}${like} of ${o.of} ${met ? "meet it" : "fail"}, like seed ${run.seed}`;
      return [configuration(run, { caption, ...(grouping && { grouping }) })];
    };
    const panels = [...cells.flatMap((o) => [...draw(o, true), ...draw(o, false)]), ...draw(control, false)];
    return { columns: Math.min(columns, panels.length), panels };
  };
}

/** How numbers are distributed over the seeds of each cell, and of the control unless it says nothing about them. */
export function distributions<T>(
  values: Readonly<Record<string, (observation: T) => number>>,
  { control = true, ...options }: Omit<DistributionOptions, "conditions"> & { control?: boolean },
): Draw<T> {
  return (result) =>
    distribution({
      ...options,
      conditions: [...result.cells, ...(control ? [result.control] : [])].flatMap((o) =>
        Object.entries(values).map(([name, of]) => ({
          label: [name, result.cells.length > 1 || o === result.control ? o.label : ""].filter(Boolean).join(", "),
          values: o.values.flatMap((value) => (value === null ? [] : [of(value)])),
        })),
      ),
    });
}
