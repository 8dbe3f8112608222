import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflateSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { paths, readRecord } from "../record.ts";
import { writeAtlas } from "./atlas.ts";
import { exampleRecord, exampleReports, hostile, png, writeExample } from "./testing/example.ts";

let root: string;
let file: string;
let page: string;

beforeEach(() => {
  ({ root, file } = writeExample());
  page = readFileSync(file, "utf8");
});
afterEach(() => rmSync(root, { recursive: true }));

/** The page, an element a line, without what is checked by itself: style, scripts, galleries, and the policy with their hashes. */
const markup = (text: string) =>
  text
    .replace(/(<style[^>]*>).*?(<\/style>)/s, "$1$2")
    .replaceAll(/(<script[^>]*>).*?(<\/script>)/gs, "$1$2")
    .replaceAll(/sha256-[^']*/g, "sha256")
    .replaceAll("><", ">\n<")
    .concat("\n");

const ids = (text: string) => [...text.matchAll(/<article class="card" id="([^"]*)"/g)].map((m) => m[1]);
const card = (id: string) =>
  page.slice(page.indexOf(`<article class="card" id="${id}"`)).split("</article>")[0]!;

describe("the atlas", () => {
  test("has the claims in the note's order, then what the note does not have", () => {
    expect(ids(page)).toEqual(["S1", "T1", "T2", "T3", "T4", "my-own"]);
    const headings = [...page.matchAll(/<h([1-4])/g)].map((m) => Number(m[1]));
    for (const [i, level] of headings.entries())
      expect(level - (headings[i - 1] ?? 0)).toBeLessThanOrEqual(1);
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
      /data-verdict="holds" data-kind="population" data-section="tied" data-state="same"/,
    );
    expect(card("T2")).toContain('data-state="changed"');
    expect(card("T3")).toContain("not run now, on record");
    expect(card("T4")).toContain('data-state="moved"');
    expect(card("my-own")).toContain('data-state="new"');
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
      /<img src="figures\/T1.png" width="40" height="30" alt="Figure of T1\. Models learn a pentagon\. holds: always 5: 255 of 256 seeds"/,
    );
    expect(card("T3")).toContain('<img src="../snapshots/figures/T3.png"');
    expect(card("S1")).not.toContain("<img");
  });

  test("shows the record's figure for one that a shard drew elsewhere, if it is the same", () => {
    const again = writeExample();
    const places = { reports: join(again.root, "reports"), figures: join(again.root, "snapshots/figures") };
    for (const id of ["T1", "T2"]) rmSync(join(places.reports, `figures/${id}.png`));
    const text = readFileSync(writeAtlas(exampleReports, exampleRecord, places), "utf8");
    expect(text.includes('<img src="../snapshots/figures/T1.png"')).toBe(true);
    expect(text.includes('<img src="../snapshots/figures/T2.png"')).toBe(false);
    rmSync(again.root, { recursive: true });
  });

  test("draws intervals with the threshold that the criterion asks for", () => {
    const bars = card("T1").match(/<svg class="bar.*?<\/svg>/g)!;
    expect(bars).toHaveLength(2);
    expect(bars[0]).toContain('d="M115 7h5"');
    expect(bars[0]).toContain('d="M114 0v14"');
    expect(bars[1]).toContain('<svg class="bar refuted"');
    expect(card("T1")).toContain("255 of 256 <small>0.960–1.000</small>");
    expect(card("T4").match(/<svg class="bar/g)).toHaveLength(1);
  });

  test("packs the galleries, in their order", () => {
    const packed = /id="galleries">([^<]*)</.exec(page)![1]!;
    const galleries = JSON.parse(new TextDecoder().decode(inflateSync(Buffer.from(packed, "base64"))));
    expect(galleries).toEqual({
      T1: exampleReports[1]!.details!.galleries,
      T4: exampleReports[2]!.details!.galleries,
    });
    expect(card("T1")).toMatch(/data-gallery="0".*data-gallery="1"/s);
  });

  test("offers values to filter by, with their numbers", () => {
    const options = [...page.matchAll(/name="(\w+)" value="([^"]*)".*?<span class="n">(\d+)</g)].map((m) =>
      m.slice(1, 4).join(" "),
    );
    expect(options).toContain("verdict holds 4");
    expect(options).toContain("kind open 1");
    expect(options).toContain("state changed 1");
    expect(options).toContain("state on record 1");
    expect(options).toContain("section tied 4");
  });

  test("allows nothing to be loaded but pictures beside it", () => {
    expect(/content="([^"]*)"/.exec(page)![1]).toContain(
      "default-src 'none'; img-src 'self' file: data:; style-src 'sha256-",
    );
    expect(page.match(/(src|href)="(https?:)?\/\//)).toBeNull();
    expect(page.match(/ style="/)).toBeNull();
  });

  test("is the same bytes for the same run, in whatever order it ended", () => {
    const again = writeExample([...exampleReports].reverse());
    expect(readFileSync(again.file, "utf8") === page).toBe(true);
    rmSync(again.root, { recursive: true });
  });

  test("of this repository's record has every hypothesis, and fits", () => {
    const reports = mkdtempSync(join(tmpdir(), "atlas-"));
    const start = performance.now();
    const text = readFileSync(writeAtlas([], readRecord(), { ...paths, reports }), "utf8");
    expect(performance.now() - start).toBeLessThan(5000);
    expect(ids(text).sort()).toEqual(Object.keys(readRecord()).sort());
    expect(Buffer.byteLength(text)).toBeLessThan(1_100_000);
    const said = text.slice(0, text.indexOf('id="galleries"'));
    expect(said.includes("NaN")).toBe(false);
    expect(said.includes("undefined")).toBe(false);
    expect(text.includes("Not a row of the note")).toBe(false);
    const cited = [...text.matchAll(/href="#([A-Z]\d+[a-z]?)"/g)].map((m) => m[1]!);
    expect(cited.filter((id) => !text.includes(`id="${id}"`))).toEqual([]);
    expect(existsSync(join(reports, "figures"))).toBe(false);
    rmSync(reports, { recursive: true });
  });
});
