import { byId } from "../record.ts";

/** A row of the ledger: one claim of the note. */
export interface Row {
  readonly id: string;
  readonly kind: string;
  /** Markdown, as are the errata's cells. */
  readonly claim: string;
}

/** A line of ERRATA.md, with the hypotheses that it names. */
export interface Erratum {
  readonly printed: string;
  readonly found: string;
  readonly instead: string;
  readonly cites: readonly string[];
}

/** The ledger's rows, in the order of the note. Empty for a text without any. */
export function ledgerRows(text: string): Row[] {
  return [...text.matchAll(/^\| ([A-Z]\d+) \| ([^|]*) \| (.*) \|$/gm)].map(([, id, kind, claim]) => ({
    id: id!,
    kind: kind!.trim(),
    claim: claim!.trim(),
  }));
}

/** The lines of every table of ERRATA.md. */
export function errata(text: string): Erratum[] {
  return [...text.matchAll(/^\|(.*)\|(.*)\|(.*)\|$/gm)].flatMap((match) => {
    const [printed, found, instead] = match.slice(1).map((cell) => cell.trim()) as [string, string, string];
    if (printed === "as printed" || /^-*$/.test(printed)) return [];
    return [{ printed, found, instead, cites: cited(`${found} ${instead}`) }];
  });
}

/** Ids named in a text; "T10b–d" names three. */
function cited(text: string): string[] {
  const ids = [...text.matchAll(/\b([A-Z]\d+)([a-z]?)(?:–([a-z])\b)?/g)].flatMap(([, row, from, to]) => {
    if (!from || !to) return [`${row}${from}`];
    const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
    return Array.from({ length: last - first + 1 }, (_, i) => row + String.fromCharCode(first + i));
  });
  return [...new Set(ids)];
}

/** "T10b" and "T10c-relu" belong to row T10, "mine" to itself. */
export function rowOf(id: string): string {
  return /^[A-Z]\d+(?=[a-z]?(?:-|$))/.exec(id)?.[0] ?? id;
}

/** Ids in the note's order: by the row's place in the ledger, rows that it does not have last, by id. */
export function inNoteOrder(rows: readonly Row[]): (a: string, b: string) => number {
  const places = new Map(rows.map((row, i) => [row.id, i]));
  const place = (id: string) => places.get(rowOf(id)) ?? rows.length;
  return (a, b) => place(a) - place(b) || byId(a, b);
}
