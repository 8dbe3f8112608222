import { parseArgs } from "node:util";
import { closest } from "fastest-levenshtein";
import { autoencoder } from "../models/autoencoder.ts";
import { losses, type Model, nonlinearities, schemes } from "../models/model.ts";
import { defaultEngine, type EngineChoice, engineChoices } from "../train/engines/registry.ts";
import { type Recipe, recipe, type Schedule } from "../train/recipe.ts";
import { validateSeeds } from "../train/seeds.ts";
import { fail, InputError, oneOf } from "../util/check.ts";
import { type Flag, type FlagName, flags } from "./flags.ts";

export interface Request {
  readonly model: Model;
  readonly recipe: Recipe;
  readonly seeds: readonly number[];
  readonly engine: EngineChoice;
  /** Paths of what to write; null: nothing. */
  readonly json: string | null;
  readonly figure: string | null;
}

/** More seeds or features than this is a slip of the keyboard, and would exhaust the memory before anything else. */
const most = { seeds: 1_000_000, size: 2_000 };

/** The request a command line makes, or "help". Throws InputError, with the value in question, on anything else. */
export function parseArguments(argv: readonly string[]): Request | "help" {
  const given = readFlags(argv);
  if (given.has("help")) return "help";
  const text = (name: FlagName) => given.get(name);
  const number = (name: FlagName) => {
    const value = text(name);
    return value === undefined ? undefined : toNumber(`--${name}`, value);
  };
  const size = (name: "features" | "hidden") => {
    const value = number(name);
    if (value === undefined) throw new InputError(`--${name} is missing; expected --${name} and a whole number`);
    if (value > most.size) fail(name, value, `at most ${most.size}`);
    return value;
  };
  const one = <T extends string>(name: FlagName, options: readonly T[], otherwise: T): T =>
    oneOf(`--${name}`, text(name) ?? otherwise, options);

  if (given.has("tied") && given.has("untied")) fail("flags", "--tied --untied", "one of the two");
  const loss = one("loss", losses, "mse");
  const gain = text("gain");
  const model = autoencoder({
    features: size("features"),
    hidden: size("hidden"),
    loss,
    tied: !given.has("untied"),
    nonlinearity: one("nonlinearity", nonlinearities, loss === "mse" ? "relu" : "identity"),
    hiddenNonlinearity: one("hidden-nonlinearity", nonlinearities, "identity"),
    hiddenBias: given.has("hidden-bias"),
    outputBias: given.has("output-bias"),
    unitNorm: given.has("unit-norm"),
    scale: number("scale") ?? null,
    frozen: text("frozen")?.split(",") ?? [],
    initialisation: {
      scheme: one("init", schemes, "torch"),
      ...(gain !== undefined && { gain: toGains(gain) }),
    },
  });
  const tolerance = number("tolerance");
  return {
    model,
    recipe: recipe({
      steps: number("steps") ?? 40_000,
      rate: toSchedule(text("lr") ?? "0.02:3:1", number("warmup")),
      convergence: {
        ...(tolerance !== undefined && { gradientNorm: tolerance }),
        every: number("stop-every") ?? null,
      },
      checkpoints: toCheckpoints(text("checkpoints") ?? "0"),
    }),
    seeds: toSeeds(text("seeds") ?? "0..63"),
    engine: given.has("engine") ? one("engine", engineChoices, "auto") : defaultEngine(),
    json: text("json") ?? null,
    figure: text("figure") ?? null,
  };
}

/**
 * The flags with their values, "" for a switch. Not strict, because node's own messages run over several lines and it
 * takes a negative number for a flag.
 */
function readFlags(argv: readonly string[]): Map<FlagName, string> {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(flags).map(([name, flag]) => [name, { type: "value" in flag ? "string" : "boolean" }]),
    ),
    strict: false,
    tokens: true,
  });
  const given = new Map<FlagName, string>();
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") return fail("argument", token.value, "flags only, see --help");
    const name = token.name as FlagName;
    if (!Object.hasOwn(flags, name))
      fail(
        "flag",
        token.rawName,
        `one of those that --help lists; did you mean --${closest(name, Object.keys(flags))}?`,
      );
    if (given.has(name)) fail("flag", token.rawName, "each flag once");
    const flag: Flag = flags[name];
    // `--json --figure a.png`: the name of the next flag is not a value.
    const missing = !token.value || (!token.inlineValue && token.value.startsWith("--"));
    if (flag.value && missing) fail(`value of --${name}`, token.value ?? "", flag.value);
    if (!flag.value && token.value !== undefined) fail(`value of --${name}`, token.value, "none, it is a switch");
    given.set(name, token.value ?? "");
  }
  return given;
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
