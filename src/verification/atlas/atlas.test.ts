import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflateSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { note } from "../../../hypotheses/note/index.ts";
import { placesIn } from "../record/places.ts";
import { readRecord } from "../record/record.ts";
import { writeAtlas } from "./atlas.ts";
import { exampleNote, exampleReports, exampleRun, hostile, png, writeExample } from "./testing/example.ts";

let root: string;
let file: string;
let page: string;

beforeEach(() => {
  ({ root, file } = writeExample());
  page = readFileSync(file, "utf8");
});
afterEach(() => rmSync(root, { recursive: true }));

const blocks =
  "head|style|title|body|header|h\\d|p|dl|div|ul|ol|li|aside|details|form|label|nav|main|section|article|figure|footer|table|tr|dialog|script";

/** The page, a block a line, without what is checked by itself: style, scripts, galleries, and the policy with their hashes. */
const markup = (text: string) =>
  text
    .replace(/(<style[^>]*>).*?(<\/style>)/s, "$1$2")
    .replaceAll(/(<script[^>]*>).*?(<\/script>)/gs, "$1$2")
    .replaceAll(/sha256-[^']*/g, "sha256")
    .replaceAll(new RegExp(`\\s*(?=<(${blocks})\\b)`, "g"), "\n");

const ids = (text: string) => [...text.matchAll(/<article class="card" id="([^"]*)"/g)].map((m) => m[1]);
const card = (id: string) => page.slice(page.indexOf(`<article class="card" id="${id}"`)).split("</article>")[0]!;

describe("the atlas", () => {
  test("has what failed and is not on record, the claims in the note's order, one's own, then instruments", () => {
    expect(ids(page)).toEqual(["100%=", "S1", "T2", "T1", "T1b", "T3", "T4", "my-own", "T8b"]);
    const headings = [...page.matchAll(/<h([1-4])/g)].map((m) => Number(m[1]));
    for (const [i, level] of headings.entries()) expect(level - (headings[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test("is this markup", async () => {
    // What changes here is for a reader's eyes: `npx vitest run src/verification/atlas -u`, and look at the difference.
    await expect(markup(page)).toMatchFileSnapshot("testing/example-markup.txt");
  });

  test("writes text as text", () => {
    expect(page.includes(hostile)).toBe(false);
    expect(page.includes('<script>alert("x")')).toBe(false);
    expect(page.includes("<img src=x")).toBe(false);
    expect(card("my-own")).toContain("&lt;script>alert(&quot;x&quot;)&lt;/script>");
    // Style, two scripts and the galleries: nothing else that a browser would run or apply.
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<style/g)).toHaveLength(1);
  });

  test("says what each claim came to, and against the record", () => {
    expect(card("T1")).toMatch(
      /data-verdict="in part" data-role="as printed" data-kind="population" data-state="same"/,
    );
    for (const id of ["T2", "T3", "100%="]) expect(card(id)).toContain('data-state="failed"');
    expect(card("T1b")).toContain("not run now, on record");
    expect(card("T4")).toContain('data-state="moved"');
    expect(card("my-own")).toContain('data-state="new"');
  });

  test("says at its head what failed, before everything else, with links", () => {
    const head = page.slice(page.indexOf('<header class="top">'));
    expect(head).toMatch(
      /^<header class="top"><div><p class="failure all"><strong>3 hypotheses failed in this run:<\/strong>/,
    );
    const links = head.split("</p>")[0]!.match(/href="[^"]*"/g);
    expect(links).toEqual(['href="#100%25%3D"', 'href="#T2"', 'href="#T3"']);
    expect(head.split("</p>")[0]).toContain("Their cards say why.");
  });

  test("has nothing of it where nothing failed", () => {
    const well = writeExample({ failures: [] });
    const text = readFileSync(well.file, "utf8");
    expect(/class="failure|failed in this run/.test(text)).toBe(false);
    rmSync(well.root, { recursive: true });
  });

  test("shows a changed conclusion before and after, with pictures and the command that accepts it", () => {
    const text = card("T2");
    expect(text).toMatch(/<th scope="row">verdict<\/th><td>refuted<\/td><td>holds<\/td>/);
    const sources = [...text.matchAll(/<img src="([^"]*)"/g)].map((m) => m[1]);
    expect(sources).toEqual([
      "figures/recorded/T2.png",
      "figures/T2.png",
      "figures/differences/T2.png",
      "figures/T2.png",
    ]);
    // Before the record is written: the picture that was there is kept.
    expect(readFileSync(join(dirname(file), "figures/recorded/T2.png"))).toEqual(png(0));
    expect(text).toContain("npx vitest run --project hypotheses -t &quot;^T2 &quot; -u");
    expect(card("T1")).not.toContain("figures/recorded");
  });

  test("shows this run's figure, the record's where it did not run, each with its size and words", () => {
    expect(card("T1")).toMatch(
      /<img src="figures\/T1.png" width="40" height="30" alt="Figure of T1\. Models learn a pentagon from five features on\. in part: in at least 95 % of seeds: a pentagon\. n = 5 ✗ 3 of 256; n = 8 ✓ 256 of 256"/,
    );
    expect(card("T3")).toContain('<img src="../snapshots/figures/T3.png"');
    expect(card("S1")).not.toContain("<img");
  });

  test("shows the record's figure for one that a shard drew elsewhere, if it is the same", () => {
    const again = writeExample();
    const places = placesIn(again.root);
    for (const id of ["T1", "T2"]) rmSync(join(places.reports, `figures/${id}.png`));
    const text = readFileSync(writeAtlas(exampleRun(places), exampleNote), "utf8");
    expect(text.includes('<img src="../snapshots/figures/T1.png"')).toBe(true);
    expect(text.includes('<img src="../snapshots/figures/T2.png"')).toBe(false);
    rmSync(again.root, { recursive: true });
  });

  test("packs the galleries, in their order", () => {
    const packed = /id="galleries">([^<]*)</.exec(page)![1]!;
    const galleries = JSON.parse(new TextDecoder().decode(inflateSync(Buffer.from(packed, "base64"))));
    expect(galleries).toEqual({
      T1: exampleReports[1]!.galleries,
      T1b: [expect.objectContaining({ label: "n = 9" })],
      T4: exampleReports[2]!.galleries,
    });
    expect(card("T1")).toMatch(/data-gallery="0".*data-gallery="1"/s);
  });

  test("allows nothing to be loaded but pictures beside it", () => {
    expect(/content="([^"]*)"/.exec(page)![1]).toContain(
      "default-src 'none'; img-src 'self' file: data:; style-src 'sha256-",
    );
    const outward = page.match(/(src|href)="(https?:)?\/\/[^"]*"/g);
    expect(outward).toEqual([`href="${exampleNote.url}"`]);
    expect(page.match(/ style="/)).toBeNull();
  });

  test("is the same bytes for the same run, in whatever order it ended", () => {
    const again = writeExample({ reports: [...exampleReports].reverse() });
    expect(readFileSync(again.file, "utf8") === page).toBe(true);
    rmSync(again.root, { recursive: true });
  });

  test("of this repository's record has every hypothesis, and fits", () => {
    const here = placesIn(process.cwd());
    const places = { ...here, reports: mkdtempSync(join(tmpdir(), "atlas-")) };
    const record = readRecord(here.record);
    const start = performance.now();
    const text = readFileSync(writeAtlas({ places, reports: [], failures: [], record, variant: null }, note), "utf8");
    expect(performance.now() - start).toBeLessThan(5000);
    expect(ids(text).sort()).toEqual(Object.keys(record).sort());
    expect(Buffer.byteLength(text)).toBeLessThan(1_500_000);
    const said = text.slice(0, text.indexOf('id="galleries"'));
    for (const nothing of ["NaN", "undefined", "[object Object]"]) expect(said.includes(nothing)).toBe(false);
    const linked = [...text.matchAll(/href="#([^"=]*)"/g)].map((m) => m[1]!);
    expect(linked.filter((id) => !text.includes(`id="${id}"`))).toEqual([]);
    expect(existsSync(join(places.reports, "figures"))).toBe(false);
    rmSync(places.reports, { recursive: true });
  });
});
