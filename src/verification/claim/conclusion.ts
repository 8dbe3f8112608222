import type { Criterion } from "./criterion.ts";
import type { Kind } from "./kind.ts";
import type { Summary } from "./observation.ts";
import type { Role } from "./role.ts";
import type { Status } from "./trainer.ts";
import type { CellVerdict, Count, Verdict, Weight } from "./verdict.ts";

/** One population that was judged. */
export interface CellEvidence extends Count {
  /** What was trained, in words. */
  readonly trained: string;
  readonly verdict: CellVerdict;
  /** log10 of the evidence for either verdict; what it takes is log10(cells / error rate). */
  readonly evidence: Weight;
  /** Numbers of seeds at which the evidence was looked at; the last one decided, or was the most there are. */
  readonly looks: readonly number[];
  /** Shares of seeds that the evidence has not rejected, at any look. */
  readonly interval: readonly [low: number, high: number];
  readonly endings: { readonly [status in Status]?: number };
  readonly observed: Summary;
  /**
   * Of a claim about end points: how many of the first seeds answer the criterion as before when their ends are disturbed and
   * trained on. null where ends are not what it is about, or cannot be disturbed.
   */
  readonly stable: { readonly same: number; readonly of: number; readonly after: string } | null;
}

export interface PopulationEvidence {
  readonly criterion: Criterion;
  readonly holdsIn: "every cell" | "some cell";
  readonly cells: { readonly [label: string]: CellEvidence };
  /** Where the criterion has to fail. */
  readonly control: Controlled;
  /** Where it has to be met; null where a cell of the claim meets it, or nothing else was asked for. */
  readonly positiveControl: Controlled | null;
}

type Controlled = CellEvidence & { readonly name: string };

/** A statement that was tried: "no counterexample in 200 inputs", or the counterexample. */
export interface Checked {
  readonly holds: boolean;
  readonly found: string;
}

export interface ExactEvidence {
  readonly properties: { readonly [words: string]: Checked };
  readonly nearMisses: { readonly [words: string]: Checked };
}

/** A number that answers an open question, and its uncertainty. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface OpenEvidence {
  readonly answer: string;
  readonly values: { readonly [name: string]: Measured };
  /** What was trained, in words, by population. */
  readonly populations: { readonly [label: string]: string };
}

export type Evidence = PopulationEvidence | ExactEvidence | OpenEvidence;

/** What is on record of a hypothesis: what it says, its verdict, and the evidence for it. All a reader sees is rendered from this. */
export interface Conclusion {
  /** After the id. */
  readonly title: string;
  /** The file that it stands in, from the suite's root. Not compared: files move. */
  readonly spec: string;
  /** The row of the note that it is about; null for a hypothesis of one's own. */
  readonly row: string | null;
  readonly role: Role | null;
  /** The section's id in the note, or a title of one's own. */
  readonly section: string;
  readonly kind: Kind;
  /** The claim or question in plain words. */
  readonly claim: string;
  /** How a vague wording was made measurable, and why that is fair. */
  readonly operationalisation: string | null;
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  /** The chance, at most, that the verdict is wrong by the luck of the seeds; null where no statistics are involved. */
  readonly errorRate: number | null;
  /** Whether a figure belongs to it: `figures/<id>.png` beside the record. */
  readonly figure: boolean;
  /**
   * What trained the evidence, with the device where results depend on it, and whether it gives the same bits everywhere.
   * null where nothing was trained. Provenance, not evidence.
   */
  readonly engine: { readonly name: string; readonly reproducible: boolean } | null;
  /** Hash of what was trained, whatever trained it; null where nothing was. */
  readonly trained: string | null;
  /** Hash of what came out, bit for bit. */
  readonly fingerprint: string | null;
}

export const isPopulation = (evidence: Evidence): evidence is PopulationEvidence => "cells" in evidence;
export const isExact = (evidence: Evidence): evidence is ExactEvidence => "nearMisses" in evidence;
export const isOpen = (evidence: Evidence): evidence is OpenEvidence => "values" in evidence;
