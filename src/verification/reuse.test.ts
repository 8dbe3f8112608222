import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DemoSuite } from "./testing/demo-suite.ts";

/** A second file, with a helper. */
const another = (source: string) => `
import { hypothesesAbout } from "${source}/verification/hypothesis";
import { randomWalks } from "${source}/verification/testing/random-walks";
import { even } from "./helper";
const { exactClaim } = hypothesesAbout(randomWalks());
exactClaim("B1 evens", { section: "another", claim: "Evens are even.", properties: { even: () => even(2) }, nearMiss: { odd: () => even(3) } });
exactClaim("B2 zero", { section: "another", claim: "Zero is even.", properties: { even: () => even(0) }, nearMiss: { odd: () => even(1) } });
`;
const helper = () => "export const even = (n) => n % 2 === 0;\n";

/** What a run and one that reuses it must agree on: from the first section to the counts. */
const table = (output: string) => /\nWalks on a line\n[\s\S]*?\n {2}\d+ hypotheses: .*\n/.exec(output)?.[0];

describe("conclusions that are kept", { timeout: 240_000 }, () => {
  let suite: DemoSuite;
  let kept: string;
  const vitest = (args: string[] = [], variables: { [name: string]: string } = {}) =>
    suite.vitest(args, { DEMO_KEPT: kept, ...variables });
  /** Every file of a folder by its name, in base64. */
  const contents = (folder: string) =>
    Object.fromEntries(
      (readdirSync(suite.path(folder), { recursive: true }) as string[])
        .filter((file) => /\.(json|png|html)$/.test(file))
        .map((file) => [file, readFileSync(suite.path(folder, file)).toString("base64")]),
    );
  /** The atlas, but for what its engine ran on: nobody knows that of what was not run. */
  const atlas = () => readFileSync(suite.path("reports/index.html"), "utf8").replaceAll(" on paper", "");
  let first: { status: number | null; output: string };
  let before: { snapshots: object; figures: object };

  beforeAll(() => {
    suite = new DemoSuite({ "another.spec.ts": another, "helper.ts": helper });
    kept = suite.path("kept");
    first = vitest();
    before = { snapshots: contents("snapshots"), figures: contents("reports/figures") };
  }, 120_000);
  beforeEach(() => writeFileSync(suite.path("hypotheses/helper.ts"), helper()));
  afterAll(() => suite.remove());

  test("at first there are none", () => {
    expect(first.status).toBe(0);
    expect(first.output).toContain("run: 4, not concluded before (another, demo)");
    expect(first.output).not.toContain("reused:");
  });

  test("are taken by the next run, with the same table, gate, record, figures and atlas", () => {
    rmSync(suite.path("reports"), { recursive: true });
    const second = vitest([], { CI: "true" });
    expect(second.status).toBe(0);
    expect(second.output).toContain("reused: 4 of 4, of which nothing has changed");
    expect(second.output).not.toContain("run: ");
    expect(table(second.output)).toBeDefined();
    expect(table(second.output)).toBe(table(first.output)!.replaceAll(" [new]", ""));
    expect(contents("snapshots")).toEqual(before.snapshots);
    expect(contents("reports/figures")).toEqual(before.figures);
    const reused = atlas();
    const anew = vitest([], { CI: "true", HYPOTHESES_CACHE: "off" });
    expect(anew.output).not.toContain("reused");
    expect(table(anew.output)).toBe(table(second.output));
    expect(reused).toBe(atlas());
  });

  test("are not taken where an edit changes what they are a function of; the file is named", () => {
    writeFileSync(
      suite.path("hypotheses/helper.ts"),
      "// Whether it is even.\nexport const even = (n) => n % 2 === 0;\n",
    );
    expect(vitest().output).toContain("reused: 4 of 4");
    writeFileSync(suite.path("hypotheses/helper.ts"), "export const even = (n) => n % 4 === 0;\n");
    const wrong = vitest([], { CI: "true" });
    expect(wrong.status).toBe(1);
    expect(wrong.output).toContain("reused: 2 of 4");
    expect(wrong.output).toContain("run: 2, changed: hypotheses/helper.ts (another)");
    expect(wrong.output).toContain("B1 changed its conclusion");
  });

  test("are held against the record like any others, and accepted by -u", () => {
    vitest();
    const recorded = readFileSync(suite.recordFile, "utf8");
    writeFileSync(suite.recordFile, recorded.replace('"holds"', '"refuted"'));
    rmSync(suite.path("snapshots/figures/M2.png"));
    const objected = vitest([], { CI: "true" });
    expect(objected.status).toBe(1);
    expect(objected.output).toContain("reused: 4 of 4");
    expect(objected.output).toContain("verdict: refuted → holds");
    const accepted = vitest(["-u"]);
    expect(accepted.status).toBe(0);
    expect(accepted.output).toContain("reused: 4 of 4");
    expect(readFileSync(suite.recordFile, "utf8")).toBe(recorded);
    expect(contents("snapshots")).toEqual(before.snapshots);
  });

  test("are told at the hypothesis's own line, also after a comment has moved it", () => {
    vitest();
    const file = suite.path("hypotheses/another.spec.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `// One.\n// Two.\n${text}`);
    try {
      const line = text.split("\n").findIndex((each) => each.includes('"B1 ')) + 3;
      const { stdout } = vitest(["--reporter=json", "-t", "^B1 "]);
      const { testResults } = JSON.parse(stdout) as {
        testResults: {
          assertionResults: { title: string; status: string; meta: object; location: { line: number } }[];
        }[];
      };
      const b1 = testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .find(({ title }) => title === "B1 evens")!;
      expect(b1.status).toBe("passed");
      expect(b1.location.line).toBe(line);
      expect(b1.meta).toMatchObject({ hypothesis: { reused: true, spec: { line } } });
    } finally {
      writeFileSync(file, text);
    }
  });

  test("are none where the note has another section for its rows", () => {
    vitest();
    const file = suite.path("vitest.config.ts");
    const text = readFileSync(file, "utf8");
    const other = text.replace("sections: [", 'sections: [{ id: "other", title: "Other walks" }, ');
    writeFileSync(file, other.replace('{ id: "A1", section: "walks"', '{ id: "A1", section: "other"'));
    try {
      const moved = vitest([], { CI: "true" });
      expect(moved.output).toContain("run: 4, another engine, option, block of seeds or note");
      expect(moved.output).toContain("A1 section: walks → other");
    } finally {
      writeFileSync(file, text);
    }
  });

  test("are kept bit by bit where runs ask for some of them", () => {
    rmSync(kept, { recursive: true });
    expect(vitest(["-t", "^B1 "]).output).toContain("run: 1, not concluded before (another)");
    // Nobody asked for the other file.
    expect(existsSync(join(kept, "hypotheses/demo.spec.ts.json"))).toBe(false);
    expect(vitest(["-t", "^B2 "]).output).toContain("run: 1, not concluded whole before (another)");
    expect(vitest(["-t", "^B"]).output).toContain("reused: 2 of 2");
  });

  test("are none where an engine does not promise its bits", () => {
    const rough = { DEMO_ENGINE: "rough", CI: "true" };
    expect(vitest([], rough).output).toContain("another engine, option, block of seeds or note");
    const again = vitest(["-t", "^A1 "], rough);
    expect(again.output).not.toContain("reused:");
    expect(again.output).toContain("run: 1, not concluded whole before (demo)");
  });

  test("are said of shards, and of these merged", () => {
    rmSync(suite.path(".vitest-reports"), { recursive: true, force: true });
    vitest();
    for (const n of [1, 2]) expect(vitest([`--shard=${n}/2`, "--reporter=blob"]).output).toContain("reused: 2 of 2");
    const merged = vitest(["--merge-reports"], { CI: "true" });
    expect(merged.status).toBe(0);
    expect(merged.output).toContain("reused: 4 of 4");
    expect(table(merged.output)).toBe(table(first.output)!.replaceAll(" [new]", ""));
    rmSync(suite.path(".vitest-reports"), { recursive: true, force: true });
  });

  test("that cannot be written cost a line, and nothing else", () => {
    rmSync(kept, { recursive: true });
    // A file where the folder is to be.
    writeFileSync(kept, "");
    const { status, output } = vitest();
    expect(status).toBe(0);
    expect(output.match(/conclusions to reuse could not be written: /g)).toHaveLength(1);
    expect(output).toContain("4 hypotheses: 4 holds");
  });
});
