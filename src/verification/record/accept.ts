import { idOf } from "../claim/id.ts";

/** The command that accepts what has changed: of all hypotheses, or of the one with this title and of no other. */
export function acceptCommand(title?: string): string {
  const run = "npx vitest run --project hypotheses";
  if (title === undefined) return `${run} -u`;
  const id = idOf(title);
  // Anchored on both sides: "T1" is in "T10", and "T1 " in "see T1 above" and "ST1 …".
  return `${run} -t "^${id.replaceAll(".", "\\.")}${title === id ? "$" : " "}" -u`;
}
