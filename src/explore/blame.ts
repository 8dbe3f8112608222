import type { FlagName } from "./flags.ts";

/** The flag that a message about wrong flags is about: the one it names, or the one that says what it names. */
export function flagOf(message: string): FlagName | null {
  const named = /^(?:invalid (?:spacing in |gain of |value of )?|invalid learning rate )?--([a-z-]+)/.exec(message);
  if (named) return named[1] as FlagName;
  return subjects.find(([subject]) => message.startsWith(`invalid ${subject}`))?.[1] ?? null;
}

/** What checks of models and recipes call things, the longer names first. */
const subjects: readonly (readonly [string, FlagName])[] = [
  ["learning rate", "lr"],
  ["gradient norm of convergence", "tolerance"],
  ["steps between looks", "stop-every"],
  ["nonlinearity of the last layer", "nonlinearity"],
  ["sizes of a tied model", "tied"],
  ["frozen", "frozen"],
  ["gain", "gain"],
  ["scale", "scale"],
  ["warmup", "warmup"],
  ["steps", "steps"],
  ["checkpoints", "checkpoints"],
  ["seed", "seeds"],
  ["features", "features"],
  ["hidden", "hidden"],
  ["sizes[", "hidden"],
  ["samples", "samples"],
  ["sparsity", "sparsity"],
  ["active", "active"],
];
