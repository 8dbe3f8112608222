import type { Conclusion } from "../claim/conclusion.ts";
import type { Erratum, Note, Row } from "../claim/note.ts";
import { type Role, roles } from "../claim/role.ts";
import { byId } from "../record/record.ts";

/** Anything with a conclusion: on record, or of a run. */
export interface Concluded {
  readonly id: string;
  readonly conclusion: Conclusion;
}

/** A row of the note and the hypotheses about it; of one's own hypotheses a row each, without a text. */
export interface RowOf<T extends Concluded> {
  readonly id: string;
  readonly row: Row | null;
  /** As printed first, then what is true instead, then the rest. */
  readonly hypotheses: readonly T[];
  readonly errata: readonly Erratum[];
}

export interface SectionOf<T extends Concluded> {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RowOf<T>[];
}

/** Everything that was concluded in the note's order, one's own hypotheses at the end, by section. */
export function arranged<T extends Concluded>(all: readonly T[], note: Note | null): SectionOf<T>[] {
  const place = (role: Role | null) => (role === null ? 0 : roles.indexOf(role));
  const sorted = [...all].sort((a, b) => place(a.conclusion.role) - place(b.conclusion.role) || byId(a.id, b.id));
  const known = new Map((note?.rows ?? []).map((row) => [row.id, row]));
  const ofNote = (note?.sections ?? []).map(({ id, title }) => ({
    id,
    title,
    rows: note!.rows
      .filter((row) => row.section === id)
      .map((row) => ({
        id: row.id,
        row,
        hypotheses: sorted.filter(({ conclusion }) => conclusion.row === row.id),
        errata: note!.errata.filter((erratum) => erratum.row === row.id),
      })),
  }));
  const own = sorted.filter(({ conclusion }) => conclusion.row === null || !known.has(conclusion.row));
  const ownSections = [...new Set(own.map(({ conclusion }) => conclusion.section))].map((title, i) => ({
    id: `own-${i + 1}`,
    title,
    rows: own
      .filter(({ conclusion }) => conclusion.section === title)
      .map((one) => ({ id: one.id, row: null, hypotheses: [one], errata: [] })),
  }));
  const sections: SectionOf<T>[] = [...ofNote, ...ownSections];
  return sections
    .map((section) => ({ ...section, rows: section.rows.filter(({ hypotheses }) => hypotheses.length > 0) }))
    .filter(({ rows }) => rows.length > 0);
}

/** How the claims of a row stand, as they are printed. */
const standings = [
  "holds as printed",
  "in part as printed",
  "refuted as printed",
  "inconclusive",
  "answered",
  "not taken literally",
] as const;
export type Standing = (typeof standings)[number];

/**
 * What the hypotheses that take a row as printed say of it together. `in part`: some hold, others are refuted. `answered`: the
 * row asks. `not taken literally`: no hypothesis takes it as printed.
 */
export function standing({ hypotheses }: Pick<RowOf<Concluded>, "hypotheses">): Standing {
  const verdicts = (role: Role) =>
    hypotheses.filter(({ conclusion }) => conclusion.role === role).map(({ conclusion }) => conclusion.verdict);
  const printed = verdicts("as printed").filter((verdict) => verdict !== "measured");
  if (printed.length === 0) return verdicts("answer").length > 0 ? "answered" : "not taken literally";
  if (printed.every((verdict) => verdict === "holds")) return "holds as printed";
  if (printed.every((verdict) => verdict === "refuted")) return "refuted as printed";
  return printed.includes("inconclusive") ? "inconclusive" : "in part as printed";
}

/** Rows of the note by how they stand; rows that are one's own have no standing. */
export function byStanding(sections: readonly SectionOf<Concluded>[]): { name: Standing; ids: readonly string[] }[] {
  const rows = sections.flatMap((section) => section.rows).filter(({ row }) => row !== null);
  return standings
    .map((name) => ({ name, ids: rows.filter((row) => standing(row) === name).map(({ id }) => id) }))
    .filter(({ ids }) => ids.length > 0);
}

/** "68 rows of the note: 32 hold as printed, …", over those that were concluded. */
export function standingCounts(sections: readonly SectionOf<Concluded>[]): string {
  const groups = byStanding(sections).map(({ name, ids }) => ({ name, n: ids.length }));
  const counts = groups.map(({ name, n }) => `${n} ${n === 1 ? name : name.replace("holds", "hold")}`);
  const all = groups.reduce((sum, { n }) => sum + n, 0);
  return `${all} ${all === 1 ? "row" : "rows"} of the note: ${counts.join(", ")}`;
}

/** What is about the note or one's own, and what tests this project. */
export function apart<T extends Concluded>(all: readonly T[]) {
  const isInstrument = ({ conclusion }: Concluded) => conclusion.role === "instrument";
  return { claims: all.filter((one) => !isInstrument(one)), instruments: all.filter(isInstrument) };
}
