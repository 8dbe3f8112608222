import { describe, expect, test } from "vitest";
import type { TestCase } from "vitest/node";
import type { Note } from "../claim/note.ts";
import { exampleConclusion, exampleEvidence, exampleReport } from "../testing/report.ts";
import { errorAnnotations, markdownSummary } from "./github.ts";

const testCase = (name: string, state: "passed" | "failed", message = "", line: number | undefined = 12) =>
  ({
    name,
    location: line && { line, column: 1 },
    module: { relativeModuleId: "hypotheses/demo, with a comma.spec.ts" },
    result: () => ({ state, errors: state === "failed" ? [{ message }] : [] }),
  }) as unknown as TestCase;

describe("annotations on GitHub", () => {
  test("stand at the line of each hypothesis that failed, escaped as workflow commands ask", () => {
    const cases = [
      testCase("T1 a claim", "passed"),
      testCase("T2 a claim", "failed", "100 % of T2:\r\n  holds → refuted"),
    ];
    expect(errorAnnotations(cases)).toEqual([
      "::error file=hypotheses/demo%2C with a comma.spec.ts,line=12,title=T2::100 %25 of T2:%0D%0A  holds → refuted",
    ]);
  });

  test("say every error of a hypothesis, a line each, and keep a colon apart from the command's own", () => {
    const twice = {
      ...testCase("T2 a claim", "failed"),
      module: { relativeModuleId: "C:/demo.spec.ts" },
      result: () => ({ state: "failed", errors: [{ message: "one" }, { message: "two" }] }),
    } as unknown as TestCase;
    expect(errorAnnotations([twice])).toEqual(["::error file=C%3A/demo.spec.ts,line=12,title=T2::one%0Atwo"]);
  });

  test("stand at the head of the file where the line is not known", () => {
    const unknown = { ...testCase("T2 a claim", "failed", "no"), location: undefined } as TestCase;
    expect(errorAnnotations([unknown])[0]).toContain(",line=1,");
  });
});

describe("the summary of a job on GitHub", () => {
  const note: Note = {
    title: "A text",
    author: "Somebody",
    url: "https://example.org",
    sections: [{ id: "one", title: "One" }],
    rows: [{ id: "T10", section: "one", kinds: ["population"], claim: "As the text has it." }],
    errata: [],
  };
  const evidence = (words: string) => ({
    evidence: { ...exampleEvidence, criterion: { ...exampleEvidence.criterion, words } },
  });
  const reports = [
    exampleReport("T10", { row: "T10", role: "as printed", verdict: "refuted" }, "changed"),
    exampleReport("T2", evidence("a | b <c>"), "moved"),
    exampleReport("T3", {}, "missing"),
    exampleReport("B1", { section: "two" }, "same", { comparison: { outcome: "same", changes: [] } }),
    exampleReport("B2", { trained: "abd" }, "moved"),
    exampleReport("B3", { fingerprint: "124" }, "moved"),
  ];
  const record = Object.fromEntries(["T10", "T2", "B1", "B2", "B3"].map((id) => [id, exampleConclusion]));
  const run = { failures: [{ id: "T10", title: "x", message: "no" }], unowned: ["X1", "X2"], record };
  const summary = () => markdownSummary(reports, run, note);

  test("tells first how the note stands, what failed and what changed, value by value, and how to accept it", () => {
    const text = summary();
    expect(text).toContain("1 row of the note: 1 refuted as printed");
    expect(text).toContain("**Failed:** T10\n");
    expect(text).toContain("<details><summary>T10 holds → refuted: a claim of a few words</summary>");
    expect(text).toMatch(/\n```\nverdict +holds → refuted\nrow +absent → T10\n/);
    expect(text).toContain('<code>npx vitest run --project hypotheses -t "^T10 " -u</code>');
    expect(text.indexOf("### Changed conclusions")).toBeLessThan(text.indexOf("### Moved evidence"));
    expect(text).toContain("\n```\ncriterion · words  an even end → a | b <c>\n```\n");
    expect(text).toContain("These trained something else, with the same outcome: B2\n");
    expect(text).toContain("These trained to other bits, with the same outcome: B3\n");
    expect(text).toContain("**Not on record before:** T3");
    expect(text).toContain("**No hypothesis owns these:** X1, X2");
  });

  test("gives every verdict, by row, and keeps a table's bars apart from its own", () => {
    const text = summary();
    expect(text).toContain("<details><summary>One</summary>\n\n| row | | verdict |");
    expect(text).toContain("| T10 | T10 | ✗ refuted, as printed | a claim of a few words |");
    expect(text).toContain(
      "| T2 | T2 | ✓ holds | a claim of a few words | in at least 95 % of seeds: a &#124; b &#60;c&#62;.",
    );
  });

  test("keeps the blank lines that Markdown needs around headings, code and tables", () => {
    const lines = summary().split("\n");
    for (const [i, line] of lines.entries())
      if (/^(#|<details>|<\/details>|\*\*)/.test(line)) {
        expect([lines[i - 1] ?? "", line]).toEqual(["", line]);
        expect([line, lines[i + 1] ?? ""]).toEqual([line, ""]);
      }
  });

  test("is short where nothing differs, and says no command where all was accepted or may not be", () => {
    const calm = markdownSummary([reports[3]!], { failures: [], unowned: [], record }, note);
    expect(calm).not.toMatch(/Failed|Changed|Moved|These|Not on record|owns/);
    for (const how of [{ mode: "all" }, { unfit: "it is shifted" }] as const) {
      const changed = exampleReport("T10", { verdict: "refuted" }, "changed", how);
      expect(markdownSummary([changed], { failures: [], unowned: [], record }, null)).toContain(
        "\n```\nverdict  holds → refuted\n```\n\n</details>",
      );
    }
  });
});
