import { InputError, quote } from "../../util/check.ts";
import { demandKnown } from "../../util/names.ts";
import type { Criterion } from "../claim/criterion.ts";
import { type ControlSpec, isCondition, type Scope } from "../claim/specification.ts";
import type { Seeded } from "../claim/trainer.ts";
import { fewest } from "./looks.ts";

/** A condition to be judged, and what it is compared with. */
export interface Cell<Condition> {
  readonly label: string;
  readonly given: Condition;
  readonly versus: Condition | undefined;
}

export function cellsOf<C extends Seeded>(given: Scope<C>, versus: Scope<C> | undefined): Cell<C>[] {
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

export function controlOf<C extends Seeded>(
  kind: "control" | "positive control",
  { name, versus: other, ...changes }: ControlSpec<C>,
  { given, versus }: Cell<C>,
): Cell<C> {
  demandKnown(`the ${kind}`, changes, Object.keys(given));
  return { label: `${kind}: ${name}`, given: { ...given, ...changes }, versus: versus && { ...versus, ...other } };
}

/** No verdict is worth training for if unanimous seeds could not reach it, either way. */
export function demandSeeds({ label, given, versus }: Cell<Seeded>, criterion: Criterion, errorRate: number): void {
  const { holds, refuted } = fewest(criterion.share, errorRate);
  if (given.seeds.length < Math.max(holds, refuted))
    throw new InputError(
      `too few seeds: at most ${given.seeds.length} in "${label}"; "${criterion.words}" needs ${holds} to hold ` +
        `and ${refuted} to be refuted at an error rate of ${Number(errorRate.toPrecision(2))}`,
    );
  if (versus && versus.seeds.length !== given.seeds.length)
    throw new InputError(
      `versus has ${versus.seeds.length} seeds; expected ${given.seeds.length}, to compare seed by seed`,
    );
}
