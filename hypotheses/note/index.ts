import { checkedNote } from "../../src/verification/claim/note.ts";
import claims from "./claims.json" with { type: "json" };
import errata from "./errata.json" with { type: "json" };

/**
 * The note is part of Notes.md in this repository; docs/the-note.md introduces it. claims.json has its sections and every claim,
 * argument and question in them as the note makes it, in our own words (n is the number of features, d that of hidden
 * dimensions); errata.json what is false or ambiguous as printed, in a reading that its author would own.
 */
export const note = checkedNote({
  title: "Superposition and bottlenecks",
  author: "Jake Mendel",
  url: "https://github.com/JakeMendel/FeatureFinding",
  ...claims,
  errata,
});
