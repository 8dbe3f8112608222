import type { Json } from "../util/json.ts";
import type { Verdict } from "./verdict.ts";

export type Kind = "exact" | "population" | "dynamics" | "landscape" | "open";

/** What is on record of a hypothesis: its verdict, and the evidence for it. */
export interface Conclusion {
  readonly claim: string;
  readonly section: string;
  readonly kind: Kind;
  readonly verdict: Verdict;
  /** The evidence in a few words, for tables. */
  readonly summary: string;
  /** Per condition (or cell of a scope) and for the control; rounded. */
  readonly evidence: { readonly [name: string]: Json };
  /** The chance, at most, that the verdict is wrong by the luck of the seeds; null where no statistics are involved. */
  readonly errorRate: number | null;
  /** Whether a figure belongs to it: `figures/<id>.png` beside the record. */
  readonly figure: boolean;
  /**
   * What trained the evidence: "wasm", whose bits depend on nothing else; otherwise engine and device, "webgpu on
   * NVIDIA H200", or the engine alone where runs came out of the cache, which does not say what device they ran on.
   * null where nothing was trained. Provenance, not evidence.
   */
  readonly engine: string | null;
  /** Hash of what was trained (models, recipes, seeds), whatever trained it; null where nothing was. */
  readonly trained: string | null;
  /** Hash of the trained weights, bit for bit; only the wasm engine promises to give it again. */
  readonly fingerprint: string | null;
}

/** A number an open question was answered with, and its uncertainty. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
