import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoSuite } from "./testing/demo-suite.ts";

let suite: DemoSuite;
beforeAll(() => {
  suite = new DemoSuite();
});
afterAll(() => suite.remove());

const vitest = (args: string[], variables?: { [name: string]: string }) => suite.vitest(args, variables);

describe("a run of the suite", { timeout: 120_000 }, () => {
  test("in CI fails for want of a record, and writes none", () => {
    const { status, output } = vitest([], { CI: "true" });
    expect(status).toBe(1);
    expect(output).toContain("A1 has no conclusion on record");
    expect(output).toContain("not on record:");
    expect(existsSync(suite.path("snapshots"))).toBe(false);
  });

  test("elsewhere records what was missing, then passes in CI", () => {
    const first = vitest([]);
    expect(first.output).toContain("newly on record:");
    expect(first.status).toBe(0);
    expect(Object.keys(suite.record)).toEqual(["A1", "A2"]);
    expect(suite.record.A1).toMatchObject({ verdict: "holds", engine: "wasm" });
    expect(suite.record.A2).toMatchObject({ verdict: "holds", engine: null });
    expect(suite.figures).toEqual(["A1.png", "A2.png"]);
    const again = vitest([], { CI: "true" });
    expect(again.status).toBe(0);
    expect(again.output).toContain("A1 ✓ holds");
    expect(again.output).toContain("2 holds");
  });

  test("a changed conclusion fails and is named, until -u accepts it alone", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    const changed = vitest([], { DEMO: "flip" });
    expect(changed.status).toBe(1);
    expect(changed.output).toContain("A1 changed its conclusion: Three features have three columns.");
    expect(changed.output).toContain("verdict: holds → refuted");
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);

    const a2 = JSON.stringify(suite.record.A2);
    const command = changed.output.match(/accept this one: npx vitest run (.*)/)![1]!;
    expect(command).toBe('--project hypotheses -t "^A1 " -u');
    const accepted = vitest(["--project", "hypotheses", "-t", "^A1 ", "-u"], { DEMO: "flip" });
    expect(accepted.status).toBe(0);
    expect(suite.record.A1.verdict).toBe("refuted");
    expect(JSON.stringify(suite.record.A2)).toBe(a2);
    expect(suite.figures).toEqual(["A1.png", "A2.png"]);

    const strict = vitest([], { DEMO: "flip", STRICT: "1" });
    expect(strict.status).toBe(1);
    expect(strict.output).toContain("A1 is refuted (strict mode)");
    expect(strict.output).toContain("strict mode: what is refuted or inconclusive fails");
    expect(vitest(["-u"]).status).toBe(0);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });

  test("another drawing of the same evidence fails, until -u accepts it", () => {
    const recorded = () => readFileSync(suite.path("snapshots/figures/A1.png"));
    const before = recorded();
    const painted = vitest([], { DEMO: "paint" });
    expect(painted.status).toBe(1);
    expect(painted.output).toContain("A1 draws another figure from the same evidence");
    expect(recorded().equals(before)).toBe(true);
    expect(vitest(["-u"], { DEMO: "paint" }).status).toBe(0);
    expect(recorded().equals(before)).toBe(false);
    expect(vitest(["-u"]).status).toBe(0);
  });

  test("on another engine verdicts are gated, weights and pictures are not", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    const reference = { HYPOTHESES_ENGINE: "reference", CI: "true" };
    const same = vitest([], { ...reference, DEMO: "paint" });
    expect(same.output).toContain("engine reference on 1 thread, float64: ");
    expect(same.output).not.toContain("moved evidence");
    expect(same.status).toBe(0);
    // The picture is drawn and kept all the same.
    const [drawn, recorded] = ["reports/figures/A1.png", "snapshots/figures/A1.png"].map((file) =>
      readFileSync(suite.path(file)),
    );
    expect(drawn!.equals(recorded!)).toBe(false);

    const flipped = vitest([], { ...reference, DEMO: "flip" });
    expect(flipped.output).toContain("verdict: holds → refuted");
    expect(flipped.status).toBe(1);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);

    expect(vitest(["-t", "A1 ", "-u"], { ...reference, CI: "" }).status).toBe(0);
    expect(suite.record.A1.engine).toBe("reference on 1 thread, float64");
    // Nor are they on wasm, against a record that another engine made.
    expect(vitest([], { DEMO: "paint" }).status).toBe(0);
    expect(vitest(["-u"]).status).toBe(0);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });

  test("says which engine auto came to", () => {
    const { output, status } = vitest([], { HYPOTHESES_ENGINE: "", HYPOTHESES_AUTO: "wasm: no card" });
    expect(output).toMatch(/engine wasm on \d+ threads?, .* \(auto: no card\): /);
    expect(status).toBe(0);
  });

  test("what no hypothesis owns is listed by a full run and removed by -u", () => {
    const partial = vitest(["-t", "A1 "], { DEMO: "without A2" });
    expect(partial.output).not.toContain("no hypothesis owns");
    const full = vitest([], { DEMO: "without A2" });
    expect(full.status).toBe(0);
    expect(full.output).toContain("no hypothesis owns these (-u removes them): A2, figures/A2.png");
    expect(Object.keys(suite.record)).toEqual(["A1", "A2"]);
    expect(vitest(["-u"], { DEMO: "without A2" }).status).toBe(0);
    expect(Object.keys(suite.record)).toEqual(["A1"]);
    expect(suite.figures).toEqual(["A1.png"]);
    expect(vitest([]).status).toBe(0);
  });

  test("bad input fails that hypothesis alone, in one line without a stack of ours", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    const { status, output } = vitest(["-u"], { DEMO: "bad" });
    expect(status).toBe(1);
    expect(output).toContain('invalid id: "A1"; expected one that no other hypothesis has');
    expect(output).toContain('invalid id: "3A"; expected a title that starts with one');
    expect(output).toContain('too few seeds: 20 in "given"; "always three columns" needs at least 180');
    expect(output).toContain(
      'vacuous: the criterion "always three columns" also holds in the control "the same"',
    );
    expect(output).toContain("expected given, expect and control beside observe");
    expect(output).toContain('invalid section of A6: ""; expected words');
    expect(output).toContain("invalid hidden: 0; expected a whole number of at least 1");
    expect(output).not.toMatch(/❯ .*src\//);
    expect(output).toContain("A1 ✓ holds");
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });
});
