import { expect, test } from "vitest";
import { checkedNote } from "./note.ts";

const section = { id: "one", title: "One" };
const row = { id: "T1", section: "one", kinds: ["exact"], claim: "So it is." };
const note = {
  title: "A text",
  author: "Somebody",
  url: "https://example.org",
  sections: [section],
  rows: [row],
  errata: [{ row: "T1", printed: "so", found: "not so", shownBy: [] }],
};

test("a note is taken as it is", () => {
  expect(checkedNote(note)).toBe(note);
});

test.each([
  [{ rows: [row, row] }, 'invalid id of a row: "T1"; expected each once'],
  [{ sections: [section, section] }, 'invalid id of a section: "one"'],
  [{ rows: [{ ...row, section: "two" }] }, 'invalid section of row T1: "two"; expected "one"'],
  [{ rows: [{ ...row, kinds: ["exact", "dynamic"] }] }, 'invalid kind of row T1: "dynamic"'],
  [{ errata: [{ ...note.errata[0]!, row: "T2" }] }, 'invalid row of an erratum: "T2"'],
])("%j is refused", (changes, message) => {
  expect(() => checkedNote({ ...note, ...changes })).toThrow(message);
});
