import { losses, type Model, type Nonlinearity, nonlinearities, schemes, validate } from "../models/model.ts";
import { type Recipe, recipe, type Schedule } from "../train/recipe.ts";
import { validateSeeds } from "../train/seeds.ts";
import { fail, InputError, oneOf, wholeNumber } from "../util/check.ts";
import { type DataFlags, dataKinds, toData } from "./data.ts";
import type { FlagName } from "./flags.ts";
import { most } from "./most.ts";

/** Flags with their values, "" for a switch. */
export type Given = ReadonlyMap<FlagName, string>;

/** What flags ask to be trained. */
export interface Training {
  readonly model: Model;
  readonly recipe: Recipe;
  readonly seeds: readonly number[];
}

/** Throws InputError, with the value in question, where the flags do not say what to train. Asks nothing of Node. */
export function toTraining(given: Given): Training {
  const text = (name: FlagName) => given.get(name);
  const tolerance = numberOf(given, "tolerance");
  return {
    model: toModel(given),
    recipe: recipe({
      steps: numberOf(given, "steps") ?? 40_000,
      rate: toSchedule(text("lr") ?? "0.02:3:1", numberOf(given, "warmup")),
      convergence: {
        ...(tolerance !== undefined && { gradientNorm: tolerance }),
        every: numberOf(given, "stop-every") ?? null,
      },
      checkpoints: toCheckpoints(text("checkpoints") ?? "0"),
    }),
    seeds: toSeeds(text("seeds") ?? "0..63"),
  };
}

function toModel(given: Given): Model {
  const text = (name: FlagName) => given.get(name);
  const one = <T extends string>(name: FlagName, options: readonly T[], otherwise: T): T =>
    oneOf(`--${name}`, text(name) ?? otherwise, options);
  const features = toSize("features", text("features"));
  const hidden = (text("hidden")?.split(",") ?? [undefined]).map((part) => toSize("hidden", part));
  if (given.has("tied") && given.has("untied")) fail("flags", "--tied --untied", "one of the two");
  const loss = one("loss", losses, "mse");
  const gain = text("gain");
  const inner = toInner(text("hidden-nonlinearity") ?? "identity", hidden.length);
  return validate({
    sizes: [features, ...hidden, features],
    layers: [
      ...inner.map((nonlinearity) => ({ nonlinearity, bias: given.has("hidden-bias") })),
      {
        nonlinearity: one("nonlinearity", nonlinearities, loss === "mse" ? "relu" : "identity"),
        bias: given.has("output-bias"),
      },
    ],
    // Most chains have no last layer with the shape of the first one.
    tied: hidden.length === 1 ? !given.has("untied") : given.has("tied"),
    unitNorm: given.has("unit-norm"),
    scale: numberOf(given, "scale") ?? null,
    frozen: text("frozen")?.split(",") ?? [],
    loss,
    data: toData(features, readData(given)),
    initialisation: {
      scheme: one("init", schemes, "torch"),
      ...(gain !== undefined && { gain: toGains(gain) }),
    },
  });
}

function toSize(name: "features" | "hidden", text: string | undefined): number {
  if (text === undefined) throw new InputError(`--${name} is missing; expected --${name} and a whole number`);
  const value = toNumber(`--${name}`, text);
  if (value > most.size) fail(name, value, `at most ${most.size}`);
  return wholeNumber(name, value, 1);
}

function toInner(text: string, layers: number): Nonlinearity[] {
  const given = text.split(",").map((part) => oneOf("--hidden-nonlinearity", part, nonlinearities));
  if (given.length === 1) return new Array<Nonlinearity>(layers).fill(given[0]!);
  if (given.length !== layers) fail("--hidden-nonlinearity", text, `one, or one for each of ${layers} hidden layers`);
  return given;
}

function readData(given: Given): DataFlags {
  const data = oneOf("--data", given.get("data") ?? "one-hot", dataKinds);
  for (const [name, kind] of Object.entries(needs))
    if (given.has(name as FlagName) && data !== kind)
      fail(`--${name}`, given.get(name as FlagName), `--data ${kind} beside it`);
  if (data === "one-hot") return { data };
  if (data === "k-hot") return { data, active: numberOf(given, "active") ?? 2 };
  return {
    data,
    sparsity: numberOf(given, "sparsity") ?? 0.9,
    samples: numberOf(given, "samples") ?? 1000,
    "data-seed": numberOf(given, "data-seed") ?? 0,
  };
}

/** Flags that say something of one kind of data only. */
const needs = {
  active: "k-hot",
  sparsity: "sparse-uniform",
  samples: "sparse-uniform",
  "data-seed": "sparse-uniform",
};

function numberOf(given: Given, name: FlagName): number | undefined {
  const value = given.get(name);
  return value === undefined ? undefined : toNumber(`--${name}`, value);
}

function toNumber(what: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) fail(what, text, "a finite number");
  return value;
}

function toSchedule(text: string, warmup: number | undefined): Schedule {
  const parts = text.split(":").map((part) => toNumber("learning rate --lr", part));
  if (parts.length !== 1 && parts.length !== 3) fail("learning rate --lr", text, "a number, or initial:max:final");
  const [initial, max = initial!, final = initial!] = parts;
  return { initial: initial!, max, final, warmup: warmup ?? (parts.length === 3 ? 0.05 : 0) };
}

function toCheckpoints(text: string): Recipe["checkpoints"] {
  const [count, spacing = "even", ...rest] = text.split(":");
  if (rest.length > 0) fail("--checkpoints", text, "a number, or number:even or number:log");
  return {
    count: toNumber("--checkpoints", count!),
    spacing: oneOf("spacing in --checkpoints", spacing, ["even", "log"]),
  };
}

function toGains(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [name, value, ...rest] = pair.split("=");
      if (value === undefined || rest.length > 0) fail("--gain", pair, "a parameter's name, = and a number");
      return [name!, toNumber(`--gain of ${name}`, value!)];
    }),
  );
}

function toSeeds(text: string): readonly number[] {
  const whole = (part: string) => {
    if (!/^\d+$/.test(part)) fail("--seeds", text, "a..b (both included) or a list a,b,c of whole numbers");
    return Number(part);
  };
  if (!text.includes("..")) return validateSeeds(text.split(",").map(whole));
  const ends = text.split("..");
  const [from, to] = [whole(ends[0]!), whole(ends.slice(1).join(".."))];
  if (to < from) fail("--seeds", text, "a..b with a at most b; this range is empty");
  if (to - from >= most.seeds) fail("--seeds", text, `at most ${most.seeds} of them`);
  return validateSeeds(Array.from({ length: to - from + 1 }, (_, i) => from + i));
}
