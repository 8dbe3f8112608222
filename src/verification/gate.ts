import { type Json, rounded } from "../util/json.ts";
import type { Conclusion, Measured } from "./conclusion.ts";

/**
 * A fresh conclusion against the one on record.
 * - `same`: nothing moved.
 * - `moved`: the verdict stands, but evidence, wording or trained weights differ; it passes and is reported.
 * - `changed`: another verdict, or an open question with an interval that does not meet the one on record.
 * - `missing`: nothing on record.
 */
export interface Comparison {
  readonly outcome: "same" | "moved" | "changed" | "missing";
  /** What differs, a line each: "verdict: holds → refuted". */
  readonly differences: readonly string[];
}

/**
 * Whether fresh run and record promise the same bits, in trained weights and in what is drawn from them: wasm does, and so
 * does what was not trained at all. Elsewhere fingerprints and pictures may differ, and nothing follows from it.
 */
export function sameBits(recorded: Conclusion, fresh: Conclusion): boolean {
  return [recorded, fresh].every(({ engine }) => engine === "wasm" || engine === null);
}

/** What trained either side is no part of it: `engine` says where evidence comes from, and is none. */
export function compare(recorded: Conclusion | undefined, fresh: Conclusion): Comparison {
  if (!recorded) return { outcome: "missing", differences: ["nothing on record"] };
  const changed: string[] = [];
  if (recorded.verdict !== fresh.verdict) changed.push(`verdict: ${recorded.verdict} → ${fresh.verdict}`);
  else if (fresh.verdict === "measured") changed.push(...leftInterval(recorded, fresh));
  const moved: string[] = [];
  for (const field of ["claim", "section", "kind", "summary", "errorRate", "figure", "trained"] as const)
    if (recorded[field] !== fresh[field]) moved.push(`${field}: ${recorded[field]} → ${fresh[field]}`);
  moved.push(...evidenceDifferences(recorded.evidence, fresh.evidence));
  if (sameBits(recorded, fresh) && recorded.fingerprint !== fresh.fingerprint)
    moved.push(`trained weights: ${recorded.fingerprint} → ${fresh.fingerprint}`);
  const differences = [...changed, ...moved];
  const outcome = changed.length > 0 ? "changed" : moved.length > 0 ? "moved" : "same";
  return { outcome, differences };
}

function isMeasured(value: Json | undefined): value is Json & Measured {
  return typeof value === "object" && value !== null && "value" in value && "low" in value && "high" in value;
}

/** An open answer has changed when an interval does not meet the one on record, or is not there any more. */
function leftInterval(recorded: Conclusion, fresh: Conclusion): string[] {
  return Object.entries(recorded.evidence).flatMap(([name, old]) => {
    if (!isMeasured(old)) return [];
    const now = fresh.evidence[name];
    if (!isMeasured(now)) return [`${name}: ${old.value} → not measured`];
    const meet = now.low <= old.high && old.low <= now.high;
    const show = ({ value, low, high }: Measured) => `${value} [${low}, ${high}]`;
    return meet ? [] : [`${name}: ${show(old)} → ${show(now)}`];
  });
}

function evidenceDifferences(old: Conclusion["evidence"], fresh: Conclusion["evidence"]): string[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  const text = (value: Json | undefined) => (value === undefined ? "absent" : JSON.stringify(rounded(value)));
  return names.flatMap((name) => {
    const [a, b] = [text(old[name]), text(fresh[name])];
    return a === b ? [] : [`${name}: ${a} → ${b}`];
  });
}
