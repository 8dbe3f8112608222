import { fail, oneOf } from "../../util/check.ts";
import { type Kind, kinds } from "./kind.ts";

/** A text whose claims are tested: its sections, and its claims in its own order. */
export interface Note {
  readonly title: string;
  readonly author: string;
  readonly url: string;
  readonly sections: readonly Section[];
  readonly rows: readonly Row[];
  readonly errata: readonly Erratum[];
}

export interface Section {
  /** Also the name of its folder and its Vitest tag: "end-bias". */
  readonly id: string;
  readonly title: string;
}

/** A claim, argument or question of the text, in our own words. */
export interface Row {
  readonly id: string;
  readonly section: string;
  readonly kinds: readonly Kind[];
  readonly claim: string;
}

/** What is false or ambiguous as printed. */
export interface Erratum {
  readonly row: string;
  readonly printed: string;
  readonly found: string;
  readonly instead?: string;
  /** Ids of the hypotheses that show it. */
  readonly shownBy: readonly string[];
}

/** A note as it comes out of JSON. */
interface Written extends Omit<Note, "rows"> {
  readonly rows: readonly (Omit<Row, "kinds"> & { readonly kinds: readonly string[] })[];
}

/** The same note. Throws InputError where an id is there twice, or a kind, a section or a row is unknown. */
export function checkedNote(note: Written): Note {
  const ids = (what: string, all: readonly { readonly id: string }[]) => {
    const seen = new Set<string>();
    for (const { id } of all) {
      if (seen.has(id)) fail(`id of a ${what}`, id, "each once");
      seen.add(id);
    }
    return [...seen];
  };
  const [sections, rows] = [ids("section", note.sections), ids("row", note.rows)];
  for (const { id, section, kinds: own } of note.rows) {
    oneOf(`section of row ${id}`, section, sections);
    for (const kind of own) oneOf(`kind of row ${id}`, kind, kinds);
  }
  for (const { row } of note.errata) oneOf("row of an erratum", row, rows);
  return note as Note;
}
