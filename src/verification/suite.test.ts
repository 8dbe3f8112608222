import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoSuite } from "./testing/demo-suite.ts";

let suite: DemoSuite;
beforeAll(() => {
  suite = new DemoSuite();
});
afterAll(() => suite.remove());

const vitest = (args: string[], variables?: { [name: string]: string }) => suite.vitest(args, variables);

/** Hypotheses about random walks: nothing here is a neural network. */
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
    expect(first.output).toContain("new, recorded by this run:");
    expect(first.status).toBe(0);
    expect(Object.keys(suite.record)).toEqual(["A1", "M2"]);
    expect(suite.record.A1).toMatchObject({
      title: "even ends",
      row: "A1",
      role: "as printed",
      section: "walks",
      verdict: "holds",
      engine: { name: "exact", reproducible: true },
      evidence: {
        criterion: { words: "an even end", share: 0.95 },
        cells: { given: { trained: "192 walks of 20 steps, up with probability 0.5", satisfied: 192 } },
      },
    });
    expect(suite.record.M2).toMatchObject({ verdict: "holds", row: null, section: "mine", engine: null });
    expect(suite.figures).toEqual(["A1.png", "M2.png"]);
    const again = vitest([], { CI: "true" });
    expect(again.status).toBe(0);
    expect(again.output).toContain("✓ holds, as printed");
    expect(again.output).toContain("1 row of the note: 1 holds as printed");
    expect(again.output).toContain("2 hypotheses: 2 holds");
    expect(readFileSync(suite.path("reports/index.html"), "utf8")).toContain("On walks");
  });

  test("belongs to the suite wherever it is started", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    mkdirSync(suite.path("elsewhere"), { recursive: true });
    const elsewhere = suite.vitest(["--root", suite.root, "-u"], {}, suite.path("elsewhere"));
    expect(elsewhere.status).toBe(0);
    expect(elsewhere.output).not.toContain("[new]");
    expect(existsSync(suite.path("elsewhere/snapshots"))).toBe(false);
    expect(existsSync(suite.path("elsewhere/reports"))).toBe(false);
    // From here Vitest finds the configuration, and no hypotheses.
    expect(suite.vitest([], {}, suite.path("hypotheses")).output).toContain("No test files found");
    expect(readdirSync(suite.path("hypotheses"))).toEqual(["demo.spec.ts"]);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });

  test("finds hypotheses by role, kind, section and verdict on record", () => {
    const { output, status } = vitest(["--tags-filter", "as-printed and population and walks and holds"]);
    expect(status).toBe(0);
    expect(output).toContain("A1: ");
    expect(output).not.toContain("M2: ");
    expect(vitest(["--tags-filter", "own and exact"]).output).toContain("M2: ");
    expect(vitest(["--tags-filter", "refuted"]).output).not.toContain("A1: ");
  });

  test("leaves the standard output to what a program reads", () => {
    for (const reporter of ["json", "junit", "tap"]) {
      const { stdout, stderr } = suite.vitest([`--reporter=${reporter}`]);
      expect(stdout).not.toContain("hypotheses:");
      expect(stderr).toContain("2 hypotheses: 2 holds");
      if (reporter === "json") expect(JSON.parse(stdout).numPassedTests).toBe(2);
    }
  });

  test("names a record that it cannot read, and one that it cannot write", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    writeFileSync(suite.recordFile, "<<<<<<< ours");
    const unread = vitest([]);
    expect(unread.status).toBe(1);
    expect(unread.output).toContain("snapshots/conclusions.json is not a conclusion record");
    writeFileSync(suite.recordFile, before);
    // A file where the lock is to be: no lock, no record.
    writeFileSync(suite.path("snapshots.lock"), "");
    const unwritten = vitest(["-u"], { DEMO: "flip" });
    expect(unwritten.status).toBe(1);
    expect(unwritten.output).toContain("the record could not be written: ");
    expect(unwritten.output).toContain("2 hypotheses: 1 holds, 1 refuted");
    rmSync(suite.path("snapshots.lock"));
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });

  test("whose evidence is none for the record says so, not how to record it, and records nothing", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    const variant = { DEMO_VARIANT: "the seeds are shifted by 5 (SHIFT)" };
    const flipped = vitest([], { DEMO: "flip", ...variant });
    expect(flipped.status).toBe(1);
    expect(flipped.output).toContain("this is no evidence for the record: the seeds are shifted by 5 (SHIFT)");
    expect(flipped.output).not.toMatch(/ -u\b/);
    const fresh = vitest(["-t", "^A3 "], { DEMO: "questions", ...variant });
    expect(fresh.output).toContain("new, not recorded, since the seeds are shifted by 5 (SHIFT):");
    expect(fresh.status).toBe(0);
    const refused = vitest(["-u"], { DEMO: "flip", ...variant });
    expect(refused.status).toBe(1);
    expect(refused.output).toContain(
      "nothing was recorded: the seeds are shifted by 5 (SHIFT); HYPOTHESES_RECORD=anyway",
    );
    expect(refused.output).not.toContain("accepted");
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
    const anyway = vitest(["-u"], { DEMO: "flip", ...variant, HYPOTHESES_RECORD: "anyway" });
    expect(anyway.output).toContain("1 changed conclusion, accepted:");
    expect(suite.record.A1.verdict).toBe("refuted");
    expect(vitest(["-u"]).status).toBe(0);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });

  test("answers questions, beside what was on record", () => {
    const { output, status } = vitest(["-t", "^A3 "], { DEMO: "questions", CI: "true" });
    expect(status).toBe(1);
    expect(output).toMatch(/≈ measured, answer +A3: How far does a walk get\? \[new\]/);
  });

  test("a changed conclusion fails and is named, until -u accepts it alone", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    const changed = vitest([], { DEMO: "flip" });
    expect(changed.status).toBe(1);
    expect(changed.output).toContain("A1 changed its conclusion: After twenty steps");
    expect(changed.output).toContain("verdict: holds → refuted");
    expect(changed.output).toContain("1 refuted as printed");
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);

    const a2 = JSON.stringify(suite.record.M2);
    const command = changed.output.match(/accept this one: npx vitest run (.*)/)![1]!;
    expect(command).toBe('--project hypotheses -t "^A1 " -u');
    const accepted = vitest(["--project", "hypotheses", "-t", "^A1 ", "-u"], { DEMO: "flip" });
    expect(accepted.status).toBe(0);
    expect(suite.record.A1.verdict).toBe("refuted");
    expect(JSON.stringify(suite.record.M2)).toBe(a2);
    expect(suite.figures).toEqual(["A1.png", "M2.png"]);

    const strict = vitest([], { DEMO: "flip", STRICT: "1" });
    expect(strict.status).toBe(1);
    expect(strict.output).toContain("A1 is refuted (strict mode)");
    expect(strict.output).toContain("strict mode: what is refuted, in part or inconclusive fails");
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

  test("on an engine that does not promise its bits verdicts are gated, weights and pictures are not", () => {
    const before = readFileSync(suite.recordFile, "utf8");
    const rough = { DEMO_ENGINE: "rough", CI: "true" };
    const same = vitest([], { ...rough, DEMO: "paint" });
    expect(same.output).toContain("engine rough on paper: ");
    expect(same.output).not.toContain("moved evidence");
    expect(same.status).toBe(0);
    // The picture is drawn and kept all the same.
    const [drawn, recorded] = ["reports/figures/A1.png", "snapshots/figures/A1.png"].map((file) =>
      readFileSync(suite.path(file)),
    );
    expect(drawn!.equals(recorded!)).toBe(false);

    const flipped = vitest([], { ...rough, DEMO: "flip" });
    expect(flipped.output).toContain("verdict: holds → refuted");
    expect(flipped.status).toBe(1);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);

    const refused = vitest(["-t", "A1 ", "-u"], { ...rough, CI: "" });
    expect(refused.status).toBe(1);
    expect(refused.output).toContain(
      "nothing was recorded: rough on paper trained it, which does not promise the same bits again; HYPOTHESES_RECORD=anyway",
    );
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
    expect(vitest(["-t", "A1 ", "-u"], { ...rough, CI: "", HYPOTHESES_RECORD: "anyway" }).status).toBe(0);
    expect(suite.record.A1.engine).toEqual({ name: "rough on paper", reproducible: false });
    // Nor are they elsewhere, against a record that such an engine made.
    expect(vitest([], { DEMO: "paint" }).status).toBe(0);
    expect(vitest(["-u"]).status).toBe(0);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });

  test("what no hypothesis owns is listed by a full run and removed by -u", () => {
    const partial = vitest(["-t", "A1 "], { DEMO: "without M2" });
    expect(partial.output).not.toContain("no hypothesis owns");
    const full = vitest([], { DEMO: "without M2" });
    expect(full.status).toBe(0);
    expect(full.output).toContain("no hypothesis owns these (-u removes them): M2, figures/M2.png");
    expect(Object.keys(suite.record)).toEqual(["A1", "M2"]);
    expect(vitest(["-u"], { DEMO: "without M2" }).status).toBe(0);
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
    expect(output).toContain(
      'too few seeds: at most 20 in "given"; "an even end" needs 192 to hold and 4 to be refuted',
    );
    expect(output).toContain('vacuous: the criterion "an even end" also holds in the control: the same');
    expect(output).toContain("expected control among them");
    expect(output).toContain("invalid section of M6: undefined; expected words");
    expect(output).toContain("invalid up: 2; expected a probability");
    expect(output).toContain('invalid row of A1i: "Z9"; expected the id of a row of the note');
    expect(output).not.toMatch(/❯ .*src\//);
    expect(output).toContain("A1: After twenty steps");
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });
});
