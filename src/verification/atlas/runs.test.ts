import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { inflateSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoSuite } from "../testing/demo-suite.ts";

let suite: DemoSuite;
beforeAll(() => {
  suite = new DemoSuite();
});
afterAll(() => suite.remove());

/** Runs the suite, and reads the page that it leaves. */
function pageOf(args: string[], variables?: { [name: string]: string }) {
  const { output } = suite.vitest(args, variables);
  const text = readFileSync(suite.path("reports/index.html"), "utf8");
  const packed = /id="galleries">([^<]*)</.exec(text)![1]!;
  const galleries = JSON.parse(new TextDecoder().decode(inflateSync(Buffer.from(packed, "base64"))));
  const card = (id: string) => text.slice(text.indexOf(`<article class="card" id="${id}"`)).split("</article>")[0]!;
  const failed = /<p class="failure all">(.*?)<\/p>/s.exec(text)?.[1];
  return { output, text, card, galleries, failed: failed?.replaceAll(/<[^>]*>/g, "") };
}
const kept = () => readdirSync(suite.path("reports/hypotheses")).sort();

describe("the page after a run", { timeout: 120_000 }, () => {
  test("of everything keeps what each hypothesis reported", () => {
    const { card, galleries, failed } = pageOf([]);
    expect(kept()).toEqual(["A1.json", "M2.json"]);
    expect(Object.keys(galleries)).toEqual(["A1"]);
    expect(card("A1")).not.toContain("data-earlier");
    expect(failed).toBeUndefined();
  });

  test("of some of them leaves the others their galleries, commands and specs", () => {
    const { card, galleries } = pageOf(["-t", "^M2 "]);
    expect(Object.keys(galleries)).toEqual(["A1"]);
    expect(card("A1")).toContain("data-earlier");
    expect(card("A1")).toContain("walk --steps 20 --engine exact --seed");
    expect(card("A1")).toContain('<a href="../hypotheses/demo.spec.ts">hypotheses/demo.spec.ts:');
  });

  test("in which a conclusion changed says so, and keeps the report of the one on record", () => {
    const before = readFileSync(suite.path("reports/hypotheses/A1.json"), "utf8");
    const { card, failed } = pageOf([], { DEMO: "flip" });
    expect(failed).toBe("1 hypothesis failed in this run: A1. Its card says why.");
    expect(card("A1")).toContain('data-state="failed"');
    expect(card("A1")).toContain("A1 changed its conclusion");
    expect(card("A1")).toContain("changed conclusion: ");
    expect(readFileSync(suite.path("reports/hypotheses/A1.json"), "utf8")).toBe(before);
  });

  test("in which none concluded says so, too", () => {
    const { card, failed, text } = pageOf(["-t", "^(A1d|A1e|A1i) "], { DEMO: "bad" });
    expect(failed).toBe("3 hypotheses failed in this run: A1d, A1e, A1i. Their cards say why.");
    expect(card("A1e")).toContain("vacuous: the criterion");
    expect(text).toMatch(/Failed in this run, not on record<\/h2>.*id="A1d".*id="section-walks"/s);
  });

  test("that cannot run hypotheses is there all the same, and the run says why", () => {
    const { output, card } = pageOf([], { DEMO_RUNNING: "no bundle" });
    expect(card("A1")).toContain('data-state="same"');
    expect(output).toContain("the page cannot run hypotheses itself: no bundle");
  });

  test("in which a shard is missing fails what is on record of its files", () => {
    const another = `
      import { hypothesesAbout } from "${resolve("src")}/verification/hypothesis";
      import { randomWalks } from "${resolve("src")}/verification/testing/random-walks";
      const exact = { properties: { even: () => true }, nearMiss: { odd: () => false } };
      hypothesesAbout(randomWalks()).exactClaim("B1 evens", { section: "another", claim: "Evens are even.", ...exact });`;
    writeFileSync(suite.path("hypotheses/another.spec.ts"), another);
    expect(suite.vitest([]).status).toBe(0);
    suite.vitest(["--shard=1/2", "--reporter=blob"]);
    const { failed, text } = pageOf(["--merge-reports"]);
    expect(failed).toMatch(/failed in this run: (B1|A1, M2)\. /);
    expect(text).toMatch(/<pre>hypotheses\/(another|demo)\.spec\.ts is in none of the merged reports<\/pre>/);
    rmSync(suite.path("hypotheses/another.spec.ts"));
  });

  test("in which a file could not be loaded fails what is on record of it", () => {
    writeFileSync(suite.path("hypotheses/broken.spec.ts"), 'throw new Error("no such helper");');
    const spec = suite.path("hypotheses/demo.spec.ts");
    writeFileSync(spec, `throw new Error("half written");\n${readFileSync(spec, "utf8")}`);
    const { card, failed } = pageOf([]);
    expect(failed).toMatch(/3 hypotheses failed in this run: A1, hypotheses\/broken.spec.ts, M2\./);
    expect(card("A1")).toContain("hypotheses/demo.spec.ts could not be loaded: half written");
    expect(card("A1")).toContain("walk --steps 20 --engine exact --seed");
    expect(card("hypotheses/broken.spec.ts")).toContain("no such helper");
    expect(existsSync(suite.path("reports/hypotheses/A1.json"))).toBe(true);
  });
});
