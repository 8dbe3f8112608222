import { oneHot } from "../models/data/data.ts";
import type { Model } from "../models/model.ts";
import type { Recipe } from "../train/recipe.ts";
import { canonicalJson } from "../util/canonical.ts";

/**
 * The command that trains exactly this seed of this model and recipe again, on the same engine (training is chaotic: on
 * another one a seed may end elsewhere; none: whichever the reader's machine suits); null where the flags cannot say it: a chain
 * of other than two layers, data of one's own, given starting points.
 */
export function exploreCommand(model: Model, recipe: Recipe, seed: number, engine?: string): string | null {
  const { sizes, layers, initialisation } = model;
  const [bottleneck, output] = layers;
  const [features, hidden, outputs] = sizes;
  if (layers.length !== 2 || !bottleneck || !output || features !== outputs) return null;
  if (initialisation.at !== undefined || initialisation.noise !== undefined) return null;
  if (canonicalJson(model.data) !== canonicalJson(oneHot(features!))) return null;

  const words: string[] = [];
  const flag = (name: string, value?: string | number) =>
    words.push(`--${name}${value === undefined ? "" : `${String(value).startsWith("-") ? "=" : " "}${value}`}`);
  flag("features", features);
  flag("hidden", hidden);
  flag(model.tied ? "tied" : "untied");
  flag("loss", model.loss);
  flag("nonlinearity", output.nonlinearity);
  if (bottleneck.nonlinearity !== "identity") flag("hidden-nonlinearity", bottleneck.nonlinearity);
  if (bottleneck.bias) flag("hidden-bias");
  if (output.bias) flag("output-bias");
  if (model.unitNorm) flag("unit-norm");
  if (model.scale !== null) flag("scale", model.scale);
  if (initialisation.scheme !== "torch") flag("init", initialisation.scheme);
  const gains = Object.entries(initialisation.gain ?? {}).map(([name, gain]) => `${name}=${gain}`);
  if (gains.length > 0) flag("gain", gains.join(","));
  if (model.frozen.length > 0) flag("frozen", model.frozen.join(","));

  const rate = rateFlag(recipe);
  flag("steps", recipe.steps);
  flag("lr", rate);
  if (rate.includes(":") || recipe.rate.warmup !== 0) flag("warmup", recipe.rate.warmup);
  flag("tolerance", recipe.convergence.gradientNorm);
  if (recipe.convergence.every !== null) flag("stop-every", recipe.convergence.every);
  const { count, spacing } = recipe.checkpoints;
  if (count > 0 || spacing !== "even") flag("checkpoints", spacing === "even" ? count : `${count}:${spacing}`);
  flag("seeds", seed);
  if (engine !== undefined) flag("engine", engine);
  return `npm run explore -- ${words.join(" ")}`;
}

/** A recipe's learning rate as --lr takes it. */
export function rateFlag({ rate: { initial, max, final } }: Recipe): string {
  return initial === max && max === final ? `${max}` : `${initial}:${max}:${final}`;
}
