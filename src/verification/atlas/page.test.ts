import { describe, expect, test } from "vitest";
import type { Conclusion } from "../claim/conclusion.ts";
import type { Note } from "../claim/note.ts";
import { page } from "./page.ts";
import { exampleEntry, exampleNote } from "./testing/example.ts";

const about = (id: string, row: string, conclusion: Partial<Conclusion> = {}) =>
  exampleEntry(id, { row, role: "as printed", section: "tied", ...conclusion });
const refuted = { verdict: "refuted" } as const;
const body = (text: string) => text.slice(text.indexOf("<body"), text.indexOf('id="galleries"'));
const main = (text: string) => text.slice(text.indexOf("<main"));
const options = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`name="${name}" value="([^"]*)".*?<span class="n">(\\d+)<`, "g"))].map(
    ([, value, n]) => `${value} ${n}`,
  );

describe("the head", () => {
  test("names the note, its author and where it is", () => {
    const text = page([about("T1", "T1")], exampleNote);
    expect(text).toContain("<title>On shapes, claim by claim</title>");
    expect(text).toContain('<a href="https://example.org/shapes">On shapes</a> by A. Writer');
  });

  test("of a suite without a note is about hypotheses, and counts no rows", () => {
    const text = page([exampleEntry("T1")], null);
    expect(text).toContain("<h1>Hypotheses and their verdicts</h1>");
    expect(body(text)).not.toContain("note’s");
    expect(body(text)).not.toContain("of the note");
    expect(options(text, "standing")).toEqual([]);
  });

  test("says how each row stands, with a link to it, and counts hypotheses by verdict", () => {
    const repaired = about("T1b", "T1", { role: "repaired" });
    const text = page([about("T1", "T1", refuted), repaired, about("S1", "S1")], exampleNote);
    expect(text).toContain("2 rows of the note: 1 holds as printed, 1 refuted as printed");
    expect(text).toMatch(/refuted as printed<\/span><\/dt><dd><a href="#row-T1">T1<\/a> <\/dd>/);
    expect(text).toContain("<li>3 hypotheses:</li>");
    expect(text).toContain("✓</span> 2 holds</span>");
    expect(text).toContain("✗</span> 1 refuted</span>");
  });

  test("leaves instruments out of its counts, and counts them apart", () => {
    const instruments = ["T8b", "T8c"].map((id) => about(id, "T1", { role: "instrument", ...refuted }));
    const text = page([about("T1", "T1"), ...instruments], exampleNote);
    expect(text).toContain("1 row of the note: 1 holds as printed");
    expect(text).toContain("<li>1 hypothesis:</li>");
    expect(text).toContain('<a href="#section-instruments">2 instruments</a> more: 2 refuted');
    expect(page([about("T1", "T1")], exampleNote)).not.toContain("instruments");
  });

  test("says when everything, and when nothing, was concluded by the run, and the risk", () => {
    expect(page([exampleEntry("T1")], null)).toContain("All concluded by this run; engine wasm.");
    const onRecord = exampleEntry("T2", {}, { state: "on record", report: undefined });
    const text = page([onRecord, onRecord], null);
    expect(text).toMatch(/0 concluded by this run, 2 as on record\. .* at most 0\.02 %\./);
  });
});

describe("the claims", () => {
  const text = page(
    [about("T1", "T1", refuted), about("T1b", "T1"), about("T8b", "T2", { role: "instrument" }), exampleEntry("my")],
    exampleNote,
  );

  test("are in the note's sections, then one's own, then instruments", () => {
    expect([...text.matchAll(/<section class="chapter" id="([^"]*)"/g)].map((m) => m[1])).toEqual([
      "section-tied",
      "section-own-1",
      "section-instruments",
    ]);
    expect(text).toContain("These test this project, not the note.");
  });

  test("come after what failed and is not on record, which is counted where one looks for it", () => {
    const failures = [{ id: "new", title: "a new one", message: "no" }];
    const failed = page([about("T1", "T1")], exampleNote, [{ id: "new", failures }]);
    expect(main(failed)).toMatch(/id="section-failed".*id="new".*<pre>no<\/pre>.*id="section-tied"/s);
    expect(options(failed, "state")).toEqual(["failed 1", "same 1"]);
    expect(options(failed, "section")).toEqual(["failed 1", "tied 1"]);
    expect(failed).toContain('aria-live="polite">2 hypotheses<');
    expect(failed).toContain("<li>1 hypothesis:</li>");
  });

  test("stand under their row with its standing; an erratum stands with its row", () => {
    expect(main(text)).toMatch(
      /id="row-T1" data-standing="in part as printed".*Models learn a pentagon\..*Erratum.*id="T1".*id="T1b"/s,
    );
    expect(main(text)).not.toContain('id="row-T2"');
  });

  test("link what shows an erratum, if it is on the page", () => {
    expect(text).toContain('Shown by</strong> <a href="#T1">T1</a>, <a href="#T1b">T1b</a>, T99</p>');
    const [erratum] = exampleNote.errata;
    const { instead: _, ...rest } = { ...erratum!, shownBy: [] };
    const note: Note = { ...exampleNote, errata: [rest] };
    expect(page([about("T1", "T1")], note)).not.toMatch(/Instead:|Shown by/);
  });
});

describe("the filters", () => {
  const entries = [
    about("T1", "T1", refuted),
    about("T1b", "T1", { role: "repaired" }),
    about("T4", "T4", { role: "answer", kind: "open", verdict: "measured" }),
    exampleEntry("my"),
  ];
  const text = page(entries, exampleNote);

  test("offer the values that there are, with their numbers", () => {
    expect(options(text, "standing")).toEqual(["refuted as printed 1", "answered 1"]);
    expect(options(text, "verdict")).toEqual(["holds 2", "refuted 1", "measured 1"]);
    expect(options(text, "role")).toEqual(["as printed 1", "repaired 1", "answer 1", "our own 1"]);
    expect(options(text, "kind")).toEqual(["open 1", "population 3"]);
    expect(options(text, "state")).toEqual(["same 4"]);
    expect(options(text, "section")).toEqual(["tied 3", "own-1 1"]);
  });
});

test("the page carries its style and scripts, and allows no others", () => {
  const text = page([exampleEntry("T1")], null);
  expect(text).toMatch(/<style>[^<]*\.card\b[^<]*<\/style>/s);
  expect(text).toContain("color-scheme");
  expect(text.match(/<script/g)).toHaveLength(3);
});
