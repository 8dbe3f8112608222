import type { Layer, Model } from "../models/model.ts";
import type { Recipe } from "../train/recipe.ts";
import { dataFlags } from "./data.ts";
import type { FlagName } from "./flags.ts";
import type { Given } from "./training.ts";

/** The command that these flags are read from. */
export function commandOf(given: Given): string {
  // A value that begins with a dash would be taken for a flag.
  const words = [...given].map(([name, value]) => `--${name}${value && (value.startsWith("-") ? "=" : " ")}${value}`);
  return `npm run explore -- ${words.join(" ")}`;
}

/**
 * The command that trains exactly this seed of this model and recipe again, on the same engine (training is chaotic: on
 * another one a seed may end elsewhere; none: whichever the reader's machine suits); null where the flags cannot say it:
 * outputs that are not the features, biases in some hidden layers only, data of one's own, given starting points.
 */
export function exploreCommand(model: Model, recipe: Recipe, seed: number, engine?: string): string | null {
  const { sizes, initialisation, data } = model;
  const [features, ...rest] = sizes;
  const outputs = rest.pop();
  const inner = model.layers.slice(0, -1);
  const output = model.layers.at(-1)!;
  if (inner.length === 0 || features !== outputs) return null;
  if (inner.some(({ bias }) => bias !== inner[0]!.bias)) return null;
  if (initialisation.at !== undefined || initialisation.noise !== undefined) return null;
  const drawn = dataFlags(data);
  if (!drawn) return null;

  const given = new Map<FlagName, string>();
  const flag = (name: FlagName, value: string | number = "") => given.set(name, String(value));
  flag("features", features);
  flag("hidden", rest.join(","));
  flag(model.tied ? "tied" : "untied");
  flag("loss", model.loss);
  flag("nonlinearity", output.nonlinearity);
  const bent = innerFlag(inner);
  if (bent !== "identity") flag("hidden-nonlinearity", bent);
  if (inner[0]!.bias) flag("hidden-bias");
  if (output.bias) flag("output-bias");
  if (model.unitNorm) flag("unit-norm");
  if (model.scale !== null) flag("scale", model.scale);
  if (initialisation.scheme !== "torch") flag("init", initialisation.scheme);
  const gains = Object.entries(initialisation.gain ?? {}).map(([name, gain]) => `${name}=${gain}`);
  if (gains.length > 0) flag("gain", gains.join(","));
  if (model.frozen.length > 0) flag("frozen", model.frozen.join(","));
  if (drawn.data !== "one-hot")
    for (const [name, value] of Object.entries(drawn)) flag(name as FlagName, value as string | number);

  const rate = rateFlag(recipe);
  flag("steps", recipe.steps);
  flag("lr", rate);
  if (rate.includes(":") || recipe.rate.warmup !== 0) flag("warmup", recipe.rate.warmup);
  flag("tolerance", recipe.convergence.gradientNorm);
  if (recipe.convergence.every !== null) flag("stop-every", recipe.convergence.every);
  // Which of them are left out changes nothing that is trained, and has no flag.
  const { count, spacing } = recipe.checkpoints;
  if (count > 0 || spacing !== "even") flag("checkpoints", spacing === "even" ? count : `${count}:${spacing}`);
  flag("seeds", seed);
  if (engine !== undefined) flag("engine", engine);
  return commandOf(given);
}

/** One for all hidden layers, or one for each. */
function innerFlag(inner: readonly Layer[]): string {
  const names = inner.map(({ nonlinearity }) => nonlinearity);
  return new Set(names).size === 1 ? names[0]! : names.join(",");
}

/** A recipe's learning rate as --lr takes it. */
export function rateFlag({ rate: { initial, max, final } }: Recipe): string {
  return initial === max && max === final ? `${max}` : `${initial}:${max}:${final}`;
}
