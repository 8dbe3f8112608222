import { parseArgs } from "node:util";
import { closest } from "fastest-levenshtein";
import { defaultEngine, type EngineChoice, engineChoices } from "../train/engines/registry.ts";
import { fail, oneOf } from "../util/check.ts";
import { type Flag, type FlagName, flags } from "./flags.ts";
import { type Training, toTraining } from "./training.ts";

export interface Request extends Training {
  readonly engine: EngineChoice;
  /** Paths of what to write; null: nothing. */
  readonly json: string | null;
  readonly figure: string | null;
}

/** The request a command line makes, or "help". Throws InputError, with the value in question, on anything else. */
export function parseArguments(argv: readonly string[]): Request | "help" {
  const given = readFlags(argv);
  if (given.has("help")) return "help";
  return {
    ...toTraining(given),
    engine: given.has("engine") ? oneOf("--engine", given.get("engine"), engineChoices) : defaultEngine(),
    json: given.get("json") ?? null,
    figure: given.get("figure") ?? null,
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
