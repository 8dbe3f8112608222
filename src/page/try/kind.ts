import type { Outcome } from "./messages.ts";

/** What an outcome is one of: its shape, else its number of directions, else how it ended. */
export function kindOf({ status, shape, directions }: Omit<Outcome, "seed" | "loss">): string {
  if (status === "diverged") return "diverged";
  return shape ?? (directions === null ? "trained" : `${directions} ${directions === 1 ? "direction" : "directions"}`);
}
