import type { Condition } from "../../suite/condition.ts";
import type { Run } from "../../train/run.ts";
import { cellsOf, controlOf } from "../../verification/conclude/cells.ts";
import type { Definition } from "../../verification/definition.ts";

/** The condition of a hypothesis whose gallery has this label. */
export function conditionOf({ id, spec }: Pick<Definition<Condition, Run>, "id" | "spec">, label: string): Condition {
  const found = cells(spec).find((cell) => cell.label === label);
  if (!found) throw new Error(`${id} has no population "${label}" as it stands`);
  return found.given;
}

function cells(spec: Definition<Condition, Run>["spec"]) {
  if (!("given" in spec)) return [];
  const own = cellsOf(spec.given, undefined);
  if (!("control" in spec)) return own;
  // What a seed is compared with is another run.
  const { control, positiveControl } = spec;
  const contrast = (kind: "control" | "positive control", { versus: _, ...changes }: typeof control) =>
    controlOf(kind, changes, own[0]!);
  return [
    ...own,
    contrast("control", control),
    ...(positiveControl ? [contrast("positive control", positiveControl)] : []),
  ];
}
