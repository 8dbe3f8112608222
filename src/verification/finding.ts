import type { Model } from "../models/model.ts";
import type { Recipe } from "../train/recipe.ts";
import type { Json } from "../util/json.ts";
import type { Kind } from "./conclusion.ts";
import type { Gallery } from "./gallery.ts";
import type { Verdict } from "./verdict.ts";

/** What concluding a hypothesis yields, before it is drawn and held against the record. */
export interface Finding {
  readonly claim: string;
  readonly kind: Kind;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly evidence: { readonly [name: string]: Json };
  /** As in `Conclusion`; none where it is left out. */
  readonly errorRate?: number;
  /** Draws the figure, where there is one. */
  readonly draw?: () => Buffer;
  /** Seeds of each population, in the order of the conditions, the control last. */
  readonly galleries?: readonly Gallery[];
  /** One run worth seeing again. */
  readonly replay?: { readonly model: Model; readonly recipe: Recipe; readonly seed: number };
}
