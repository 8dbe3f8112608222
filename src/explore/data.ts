import { type DataSet, kHot, oneHot, sparseUniform } from "../models/data/data.ts";
import { canonicalJson } from "../util/canonical.ts";
import { fail, finite, wholeNumber } from "../util/check.ts";
import { most } from "./most.ts";

export const dataKinds = ["one-hot", "k-hot", "sparse-uniform"] as const;

/** Data as flags say them. */
export type DataFlags =
  | { readonly data: "one-hot" }
  | { readonly data: "k-hot"; readonly active: number }
  | {
      readonly data: "sparse-uniform";
      readonly sparsity: number;
      readonly samples: number;
      readonly "data-seed": number;
    };

/** Refused before they are made where they would exhaust the memory. */
export function toData(features: number, flags: DataFlags): DataSet {
  wholeNumber("features", features, 1);
  if (flags.data === "one-hot") return oneHot(features);
  if (flags.data === "k-hot") {
    wholeNumber("--active", flags.active, 1);
    const sets = choose(features, flags.active);
    if (sets * features > most.numbers)
      fail("--active", flags.active, `fewer; ${sets} such sets of ${features} are above ${most.numbers} numbers`);
    return kHot(features, flags.active);
  }
  const { sparsity, samples, "data-seed": seed } = flags;
  finite("--sparsity", sparsity, 0);
  wholeNumber("--samples", samples, 1);
  if (samples * features > most.numbers)
    fail("--samples", samples, `at most ${Math.floor(most.numbers / features)} for ${features} features`);
  wholeNumber("--data-seed", seed, 0);
  const drawn = sparseUniform(features, { sparsity, samples, seed });
  // The seed cannot be read off the numbers.
  return { ...drawn, name: `${drawn.name}, seed ${seed}` };
}

/** The flags that give exactly this data; null where none do. */
export function dataFlags(data: DataSet): DataFlags | null {
  const features = data.inputs[0]!.length;
  const flags = named(data, features);
  return flags && canonicalJson(toData(features, flags)) === canonicalJson(data) ? flags : null;
}

function named({ name, inputs }: DataSet, features: number): DataFlags | null {
  if (name === "one-hot") return { data: "one-hot" };
  const active = Number(/^(\d+)-hot$/.exec(name)?.[1]);
  if (active > 0) return choose(features, active) === inputs.length ? { data: "k-hot", active } : null;
  const [, sparsity, seed] = /^sparse uniform S=(\S+), seed (\d+)$/.exec(name) ?? [];
  if (seed === undefined) return null;
  return { data: "sparse-uniform", sparsity: Number(sparsity), samples: inputs.length, "data-seed": Number(seed) };
}

/** The number of sets of so many. */
function choose(of: number, many: number): number {
  let sets = 1;
  for (let i = 0; i < Math.min(many, of - many); i++) sets = (sets * (of - i)) / (i + 1);
  return many > of ? 0 : Math.round(sets);
}
