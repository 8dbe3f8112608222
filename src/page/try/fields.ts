import { dataKinds } from "../../explore/data.ts";
import type { FlagName } from "../../explore/flags.ts";
import type { Given } from "../../explore/training.ts";
import { losses, nonlinearities, schemes } from "../../models/model.ts";

/** A control of the form, for a flag of the command line. */
export interface Field {
  readonly name: FlagName;
  readonly label: string;
  /** Text where there is neither of the two. */
  readonly choices?: readonly string[];
  readonly isSwitch?: true;
  /** The kind of data that it says something about; it is shown with that only. */
  readonly data?: string;
}

export interface Group {
  readonly title: string;
  readonly fields: readonly Field[];
  /** Seldom needed: folded. */
  readonly folded?: true;
}

export const groups: readonly Group[] = [
  {
    title: "Model",
    fields: [
      { name: "features", label: "Features" },
      { name: "hidden", label: "Hidden dimensions" },
      { name: "tied", label: "Weights", choices: ["tied", "untied"] },
      { name: "loss", label: "Loss", choices: losses },
      { name: "nonlinearity", label: "Nonlinearity", choices: nonlinearities },
      { name: "output-bias", label: "End bias", isSwitch: true },
      { name: "hidden-bias", label: "Hidden bias", isSwitch: true },
    ],
  },
  {
    title: "Training",
    fields: [
      { name: "steps", label: "Steps" },
      { name: "lr", label: "Learning rate" },
      { name: "seeds", label: "Seeds" },
      { name: "data", label: "Data", choices: dataKinds },
      { name: "active", label: "Features at a time", data: "k-hot" },
      { name: "sparsity", label: "Sparsity", data: "sparse-uniform" },
      { name: "samples", label: "Samples", data: "sparse-uniform" },
      { name: "data-seed", label: "Seed of the samples", data: "sparse-uniform" },
    ],
  },
  {
    title: "More",
    folded: true,
    fields: [
      { name: "hidden-nonlinearity", label: "Hidden nonlinearity" },
      { name: "unit-norm", label: "Unit norm", isSwitch: true },
      { name: "scale", label: "Scale" },
      { name: "init", label: "Initialisation", choices: schemes },
      { name: "gain", label: "Gain" },
      { name: "frozen", label: "Frozen" },
      { name: "warmup", label: "Warm-up" },
      { name: "tolerance", label: "Tolerance" },
      { name: "stop-every", label: "Stop every" },
    ],
  },
];

export const fields: readonly Field[] = groups.flatMap((group) => group.fields);

/** Two flags of the command line are one choice in the form. */
const tying: readonly FlagName[] = ["tied", "untied"];

/** What a control shows; of a switch that is on, "on". */
export function shownValue(given: Given, { name, isSwitch }: Field): string {
  if (name === "tied") return tying.find((flag) => given.has(flag)) ?? "";
  return isSwitch ? (given.has(name) ? "on" : "") : (given.get(name) ?? "");
}

/** The flags with a control changed, in the form's order; "" takes the flag away. No flag's value has a space in it. */
export function withValue(given: Given, { name, isSwitch }: Field, value: string): Given {
  const all = new Map(given);
  for (const flag of name === "tied" ? tying : [name]) all.delete(flag);
  const text = value.replace(/\s+/g, "");
  if (text && name === "tied") all.set(text as FlagName, "");
  else if (text) all.set(name, isSwitch ? "" : text);
  if (name === "data") for (const field of fields) if (field.data && field.data !== text) all.delete(field.name);
  return inOrder(all);
}

export function inOrder(given: Given): Given {
  const names = fields.flatMap(({ name }) => (name === "tied" ? tying : [name]));
  return new Map(names.flatMap((name) => (given.has(name) ? [[name, given.get(name)!] as const] : [])));
}
