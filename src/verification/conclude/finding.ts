import { InputError } from "../../util/check.ts";
import type { Evidence } from "../claim/conclusion.ts";
import type { Kind } from "../claim/kind.ts";
import type { Figure } from "../claim/specification.ts";
import type { Verdict } from "../claim/verdict.ts";
import type { Gallery, Replay } from "../examples/gallery.ts";

/** What concluding a hypothesis yields, before it is drawn and held against the record. */
export interface Finding {
  readonly kind: Kind;
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  readonly errorRate: number | null;
  /** What the figure shows, where there is one. */
  readonly figure?: (() => Figure) | undefined;
  /** Seeds of each population, in the order of the conditions, the control last. */
  readonly galleries: readonly Gallery[];
  /** One seed worth seeing again, and the command that trains it; null where nothing was trained, or no command can say it. */
  readonly replay: Replay | null;
  /** What the hypothesis has to say before this may be put on record. */
  readonly lacks?: string | undefined;
}

/** The criterion is no test: it cannot fail, or nothing can meet it. */
export class Vacuous extends InputError {
  override name = "Vacuous";
  constructor(words: string) {
    super(`vacuous: ${words}`);
  }
}
