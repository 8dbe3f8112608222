import { type Json, plain, rounded } from "../../util/json.ts";
import { type Conclusion, type Evidence, isExact, isOpen, isPopulation, type Measured } from "../claim/conclusion.ts";

/** One value that differs between the conclusion on record and a fresh one; null: not there. */
export interface Change {
  /** Where it stands, outermost first: "n = 9", "endings", "converged". */
  readonly path: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * A fresh conclusion against the one on record.
 * - `same`: nothing moved;
 * - `moved`: the verdict stands, but evidence, wording, what was trained or its bits differ; it passes and is reported;
 * - `changed`: another verdict, of the whole or of a cell, or an open question with an interval that does not meet the one on record;
 * - `missing`: nothing on record.
 */
export interface Comparison {
  readonly outcome: "same" | "moved" | "changed" | "missing";
  /** Verdict and answers first, then wording, evidence, and what was trained. */
  readonly changes: readonly Change[];
}

const wording = ["title", "row", "role", "section", "kind", "claim", "operationalisation"] as const;

/** The two hashes, by what a difference in each means. */
const hashes = { trained: "what was trained", fingerprint: "trained weights" } as const;

/**
 * Whether fresh run and record promise the same bits, in weights and in what is drawn from them; as does what was not
 * trained at all. Elsewhere fingerprints and pictures may differ, and nothing follows from it.
 */
export function sameBits(recorded: Conclusion, fresh: Conclusion): boolean {
  return [recorded, fresh].every(({ engine }) => engine === null || engine.reproducible);
}

/** Which engine trained either side is no part of it: `engine` says where evidence comes from, and is none. */
export function compare(recorded: Conclusion | undefined, fresh: Conclusion): Comparison {
  if (!recorded) return { outcome: "missing", changes: [] };
  const verdict = leaves(["verdict"], recorded.verdict, fresh.verdict);
  const changed = [
    ...verdict,
    ...turned(recorded.evidence, fresh.evidence),
    ...unmet(recorded.evidence, fresh.evidence),
  ];
  const told = new Set(changed.map(({ path }) => path[0]));
  const [before, after] = [flat(recorded.evidence), flat(fresh.evidence)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !told.has(name));
  const moved = [
    ...wording.flatMap((field) => leaves([field], recorded[field], fresh[field])),
    ...leaves(["error rate"], recorded.errorRate, fresh.errorRate),
    ...leaves(["figure"], recorded.figure, fresh.figure),
    ...names.flatMap((name) => leaves([name], before[name], after[name])),
    ...leaves([hashes.trained], recorded.trained, fresh.trained),
    ...(sameBits(recorded, fresh) ? leaves([hashes.fingerprint], recorded.fingerprint, fresh.fingerprint) : []),
  ];
  const outcome = changed.length > 0 ? "changed" : moved.length > 0 ? "moved" : "same";
  return { outcome, changes: [...changed, ...moved] };
}

/**
 * What differs where nothing but hashes does: something else was trained, or the same to other bits, with the same
 * outcome. undefined where anything else differs.
 */
export function onlyHash({ changes }: Comparison): keyof typeof hashes | undefined {
  const names = changes.map(({ path }) => path[0]!);
  if (names.length === 0 || names.some((name) => !Object.values<string>(hashes).includes(name))) return undefined;
  return names.includes(hashes.trained) ? "trained" : "fingerprint";
}

/** Cells with another verdict: a claim in part may stay one. */
function turned(recorded: Evidence, fresh: Evidence): Change[] {
  if (!isPopulation(recorded) || !isPopulation(fresh)) return [];
  return Object.entries(recorded.cells).flatMap(([label, old]) => {
    const now = fresh.cells[label];
    if (!now || old.verdict === now.verdict) return [];
    return leaves([label], old as unknown as Json, now as unknown as Json);
  });
}

/** Answers whose interval does not meet the one on record, or that are not there any more. */
function unmet(recorded: Evidence, fresh: Evidence): Change[] {
  if (!isOpen(recorded) || !isOpen(fresh)) return [];
  const show = ({ value, low, high }: Measured) => `${value} [${low}, ${high}]`;
  return Object.entries(recorded.values).flatMap(([name, old]) => {
    const now = fresh.values[name];
    if (now && now.low <= old.high && old.low <= now.high) return [];
    return [{ path: [name], before: show(old), after: now ? show(now) : null }];
  });
}

/** Evidence by the names that a reader knows: conditions, statements, measured values. */
function flat(evidence: Evidence): Readonly<Record<string, Json>> {
  const prefixed = (prefix: string, table: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(table).map(([name, value]) => [prefix + name, value]));
  const parts = isPopulation(evidence)
    ? {
        criterion: evidence.criterion,
        "holds in": evidence.holdsIn,
        ...evidence.cells,
        control: evidence.control,
        "positive control": evidence.positiveControl,
      }
    : isExact(evidence)
      ? { ...evidence.properties, ...prefixed("near miss: ", evidence.nearMisses) }
      : { answer: evidence.answer, ...evidence.values, ...prefixed("population ", evidence.populations) };
  return parts as unknown as Readonly<Record<string, Json>>;
}

function leaves(path: readonly string[], before: Json | undefined, after: Json | undefined): Change[] {
  if (isTable(before) && isTable(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      leaves([...path, key], before[key], after[key]),
    );
  const [old, now] = [show(before), show(after)];
  return old === now ? [] : [{ path, before: old, after: now }];
}

function isTable(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  const text = plain(rounded(value));
  return Array.isArray(value) && value.every((v) => typeof v === "number") ? `[${text}]` : text;
}
