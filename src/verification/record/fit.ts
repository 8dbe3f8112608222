import type { Conclusion } from "../claim/conclusion.ts";

/** Why a conclusion is not to replace the one on record: its bits cannot be had again, and those can. null where it may. */
export function unfitEngine({ engine }: Pick<Conclusion, "engine">, recorded: Conclusion | undefined): string | null {
  if (engine?.reproducible !== false || !recorded?.engine?.reproducible) return null;
  return `${engine.name} trained it, which does not promise the same bits again`;
}

/** Whoever knows better may record all the same. */
export const recordsAnyway = () => process.env.HYPOTHESES_RECORD === "anyway";
