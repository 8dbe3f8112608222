/**
 * What a hypothesis is to the text whose claims are tested.
 * - `as printed`: the claim itself, in a reading that its author would own;
 * - `repaired`: what is true instead, with its scope;
 * - `answer`: answers a question that the text asks;
 * - `supporting`: a fact or a derivation that explains a claim;
 * - `instrument`: tests this project, not the text; counted apart.
 */
export const roles = ["as printed", "repaired", "answer", "supporting", "instrument"] as const;
export type Role = (typeof roles)[number];
