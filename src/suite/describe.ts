import type { Model, Nonlinearity } from "../models/model.ts";
import type { Disturbance } from "../train/disturb.ts";
import type { Recipe } from "../train/recipe.ts";
import type { Condition } from "./condition.ts";

/** A condition on a line: "tied ReLU 10 → 2, 8,000 steps at rate 0.1 → 3 → 2, seeds 1000–2023". */
export function describe({ model, recipe, seeds, disturbed }: Condition): string {
  const then = disturbed ? [disturbanceWords(disturbed)] : [];
  return [modelWords(model), recipeWords(recipe), ...then, seedWords(seeds)].join(", ");
}

const names: Readonly<Record<Nonlinearity, string>> = { identity: "linear", relu: "ReLU", gelu: "GELU" };

function modelWords(model: Model): string {
  const { sizes, layers, tied, loss, data, unitNorm, scale, frozen, initialisation } = model;
  const last = layers.at(-1)!;
  const output = loss === "cross-entropy" ? "softmax" : names[last.nonlinearity];
  const autoencoder = sizes.length === 3 && sizes[0] === sizes[2];
  const inner = layers.slice(0, -1).map(({ nonlinearity }) => names[nonlinearity]);
  const hidden = inner.some((name) => name !== "linear") ? ` (${inner.join(", ")} inside)` : "";
  const { gain = {}, at, noise, scheme } = initialisation;
  const gains = Object.entries(gain).map(([name, by]) => `${name} × ${short(by)}`);
  const extras = [
    layers.slice(0, -1).some((layer) => layer.bias) && "hidden bias",
    last.bias && "end bias",
    unitNorm && "unit norm",
    scale !== null && `scale from ${short(scale)}`,
    frozen.length > 0 && `${frozen.join(" and ")} frozen`,
    data.name !== "one-hot" && `data: ${data.name}`,
    scheme !== "torch" && `initialised by ${scheme}`,
    at && `started at given ${Object.keys(at).join(" and ")}${noise ? ` ± ${short(noise)}` : ""}`,
    gains.length > 0 && `start ${gains.join(", ")}`,
  ].filter((words) => typeof words === "string");
  const shape = (autoencoder ? sizes.slice(0, 2) : sizes).join(" → ");
  return [`${tied ? "tied" : "untied"} ${output} ${shape}${hidden}`, ...extras].join(", ");
}

/** "3 times noise of 0.001 on every weight, and trained on" */
export const disturbanceWords = ({ noise, rounds }: Disturbance) =>
  `${rounds} ${rounds === 1 ? "time" : "times"} noise of ${short(noise)} on every weight, and trained on`;

function recipeWords({ steps, rate: { initial, max, final } }: Recipe): string {
  const rate = initial === max && max === final ? [max] : [initial, max, final];
  return `${steps.toLocaleString("en")} steps at rate ${rate.map(short).join(" → ")}`;
}

function seedWords(seeds: readonly number[]): string {
  const [first, last] = [seeds[0]!, seeds.at(-1)!];
  if (seeds.length === 1) return `seed ${first}`;
  const block = seeds.every((seed, i) => seed === first + i);
  return block ? `seeds ${first}–${last}` : `${seeds.length} seeds`;
}

const short = (x: number) => String(Number(x.toPrecision(4)));
