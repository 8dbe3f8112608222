import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoSuite } from "./testing/demo-suite.ts";

/** A second file, so that there is something to divide. A1b is there for its id, which begins as A1 does. */
const another = (source: string) => `
import { hypothesesAbout } from "${source}/verification/hypothesis";
import { randomWalks } from "${source}/verification/testing/random-walks";
const { exactClaim } = hypothesesAbout(randomWalks());
const exact = { properties: { even: () => true }, nearMiss: { odd: () => false } };
exactClaim("B1 evens", { section: "another", claim: "Evens are even.", ...exact });
exactClaim("A1b evens again", {
  row: "A1",
  role: "supporting",
  claim: "Evens are even, after all.",
  ...exact,
  properties: { even: () => process.env.DEMO !== "flip" },
});
if (process.env.DEMO === "duplicate") exactClaim("A1 elsewhere", { row: "A1", role: "supporting", claim: "A1 again.", ...exact });
`;

/** The part of the output that a run and its shards must agree on: from the first section to the counts. */
const table = (output: string) => /\nWalks on a line\n[\s\S]*?\n {2}\d+ hypotheses: .*\n/.exec(output)?.[0];

describe("shards of a run, merged", { timeout: 120_000 }, () => {
  let suite: DemoSuite;
  const vitest = (args: string[], variables?: { [name: string]: string }) => suite.vitest(args, variables);
  const shards = (args: string[], variables: { [name: string]: string } = {}) => {
    rmSync(suite.path(".vitest-reports"), { recursive: true, force: true });
    return [1, 2].map((n) => vitest([`--shard=${n}/2`, "--reporter=blob", ...args], variables));
  };
  const snapshots = () => suite.path("snapshots");
  const contents = () =>
    Object.fromEntries(
      (readdirSync(snapshots(), { recursive: true }) as string[])
        .filter((file) => /\.(json|png)$/.test(file))
        .map((file) => [file, readFileSync(join(snapshots(), file)).toString("base64")]),
    );
  let whole: { status: number | null; output: string };
  let recorded: { [file: string]: string };

  beforeAll(() => {
    suite = new DemoSuite({ "another.spec.ts": another });
    whole = suite.vitest([]);
    recorded = contents();
  }, 120_000);
  afterAll(() => suite.remove());

  test("record what one run does, and only when merged", () => {
    expect(whole.status).toBe(0);
    expect(Object.keys(recorded).sort()).toEqual(["conclusions.json", "figures/A1.png", "figures/M2.png"]);
    rmSync(snapshots(), { recursive: true });
    for (const { status, output } of shards([])) {
      expect(status).toBe(0);
      expect(output).toContain("nothing is recorded before --merge-reports");
    }
    expect(existsSync(snapshots())).toBe(false);
    const merged = vitest(["--merge-reports"]);
    expect(merged.status).toBe(0);
    expect(contents()).toEqual(recorded);
    expect(table(whole.output)).toContain("A1b: Evens are even");
    expect(table(merged.output)).toBe(table(whole.output));
  });

  test("fail together where one fails, and tell GitHub at the lines of the specs", () => {
    const summary = suite.path("summary.md");
    const github = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const parts = shards([], { DEMO: "flip", ...github });
    expect(parts.map((part) => part.status)).toEqual([1, 1]);
    expect(parts.map((part) => part.output).join()).not.toContain("::");
    const merged = vitest(["--merge-reports", "--reporter=default"], github);
    expect(merged.status).toBe(1);
    const annotations = merged.output.split("\n").filter((line) => line.startsWith("::error"));
    expect(annotations).toHaveLength(2);
    const line =
      another("")
        .split("\n")
        .findIndex((text) => text.startsWith('exactClaim("A1b')) + 1;
    expect(annotations.join("\n")).toContain(
      `::error file=hypotheses/another.spec.ts,line=${line},title=A1b::A1b changed its conclusion: Evens are even, after all.%0A  on record, holds: true of every input generated%0A  now, refuted: even: `,
    );
    expect(annotations.join("\n")).toContain("file=hypotheses/demo.spec.ts");
    expect(readFileSync(summary, "utf8")).toContain("A1 holds → refuted: After twenty steps");
    expect(contents()).toEqual(recorded);
  });

  test("accept changes under -u when merged, and not without their figures", () => {
    for (const { output } of shards(["-u", "-t", "^A1 "], { DEMO: "paint" })) expect(output).not.toContain("A1b");
    rmSync(suite.path("reports/figures"), { recursive: true });
    const without = vitest(["--merge-reports"]);
    expect(without.status).toBe(1);
    expect(without.output).toContain("reports/figures/A1.png is absent: bring each shard's reports/figures here");
    expect(contents()).toEqual(recorded);

    for (const { status } of shards(["-u", "-t", "^A1 "], { DEMO: "flip" })) expect(status).toBe(0);
    expect(vitest(["--merge-reports"]).status).toBe(0);
    expect(suite.record.A1.verdict).toBe("refuted");
    expect(suite.record.A1b.verdict).toBe("holds");
    expect(Object.keys(suite.record)).toEqual(["A1", "A1b", "B1", "M2"]);
  });

  test("know together what nobody owns, and which id two files use", () => {
    const parts = shards(["-u"], { DEMO: "without M2" });
    expect(parts.map((part) => part.output).join()).not.toContain("no hypothesis owns");
    expect(vitest(["--merge-reports"]).output).toContain("no hypothesis owns these; removed: M2, figures/M2.png");
    expect(Object.keys(suite.record)).toEqual(["A1", "A1b", "B1"]);
    expect(suite.figures).toEqual(["A1.png"]);

    const before = contents();
    shards(["-u"], { DEMO: "duplicate" });
    const merged = vitest(["--merge-reports"]);
    expect(merged.status).toBe(1);
    expect(merged.output).toContain('duplicate id "A1": in hypotheses/');
    expect(contents()).toEqual(before);
  });

  test("are not enough where one is missing, or failed and was left out", () => {
    const [first] = shards([]);
    expect(first!.status).toBe(0);
    const reports = readdirSync(suite.path(".vitest-reports")).sort();
    rmSync(suite.path(".vitest-reports", reports[1]!));
    const before = contents();
    const merged = vitest(["--merge-reports"], { CI: "true" });
    expect(merged.status).toBe(1);
    expect(merged.output).toMatch(/hypotheses\/(demo|another)\.spec\.ts is in none of the merged reports/);
    expect(contents()).toEqual(before);
  });

  test("are not enough where one is not whole, which is named", () => {
    shards([]);
    const [first] = readdirSync(suite.path(".vitest-reports")).sort();
    const file = suite.path(".vitest-reports", first!);
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 5000));
    const before = contents();
    const merged = vitest(["--merge-reports"]);
    expect(merged.status).toBe(1);
    expect(merged.output).toContain(`.vitest-reports/${first} is no report of a shard, or not whole (`);
    expect(merged.output).toContain("run that shard again");
    expect(contents()).toEqual(before);
  });
});
