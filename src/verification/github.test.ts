import { describe, expect, test } from "vitest";
import type { TestCase } from "vitest/node";
import { errorAnnotations, markdownSummary } from "./github.ts";
import { exampleConclusion, exampleReport } from "./testing/report.ts";

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
  const reviewed = [
    { title: "T10 a title", report: exampleReport("T10", { verdict: "refuted" }, "changed") },
    { title: "T2 a title", report: exampleReport("T2", { summary: "a | b <c>" }, "moved") },
    { title: "T3 a title", report: exampleReport("T3", {}, "missing") },
    { title: "B1 a title", report: exampleReport("B1", { section: "two" }) },
    { title: "B2 a title", report: exampleReport("B2", { trained: "abd" }, "moved") },
  ];
  const record = Object.fromEntries(["T10", "T2", "B1", "B2"].map((id) => [id, exampleConclusion]));
  const summary = () => markdownSummary(reviewed, ["T10"], ["X1"], record);

  test("tells first what failed and what changed, value by value, and how to accept it", () => {
    const text = summary();
    expect(text).toMatch(/^\n## Hypotheses\n\n4 holds, 1 refuted\.\n\n\*\*Failed:\*\* T10\n/);
    expect(text).toContain("<details><summary>T10 holds → refuted: a claim of a few words</summary>");
    expect(text).toContain("\n```\nverdict  holds → refuted\n```\n");
    expect(text).toContain('<code>npx vitest run --project hypotheses -t "^T10 " -u</code>');
    expect(text.indexOf("### Changed conclusions")).toBeLessThan(text.indexOf("### Moved evidence"));
    expect(text).toContain("\n```\nin short  256 of 256 seeds → a | b <c>\n```\n");
    expect(text).toContain("with the same outcome: B2\n");
    expect(text).toContain("**Not on record before:** T3");
    expect(text).toContain("**No hypothesis owns these:** X1");
  });

  test("gives every verdict, by section, and keeps a table's bars apart from its own", () => {
    const text = summary();
    expect(text).toContain("<details><summary>one: 3 holds, 1 refuted</summary>");
    expect(text).toContain("| T2 | ✓ holds | a claim of a few words | a &#124; b &#60;c&#62; |\n| T3 |");
    expect(text).toContain("| B1 | ✓ holds |");
  });

  test("keeps the blank lines that Markdown needs around headings, code and tables", () => {
    expect(summary().split("\n")).toEqual([
      "",
      "## Hypotheses",
      "",
      "4 holds, 1 refuted.",
      "",
      "**Failed:** T10",
      "",
      "### Changed conclusions",
      "",
      "<details><summary>T10 holds → refuted: a claim of a few words</summary>",
      "",
      "```",
      "verdict  holds → refuted",
      "```",
      "",
      'Accept it: <code>npx vitest run --project hypotheses -t "^T10 " -u</code>',
      "",
      "</details>",
      "",
      "",
      "### Moved evidence, same verdict",
      "",
      "<details><summary>T2 holds: a claim of a few words</summary>",
      "",
      "```",
      "in short  256 of 256 seeds → a | b <c>",
      "```",
      "",
      'Accept it: <code>npx vitest run --project hypotheses -t "^T2 " -u</code>',
      "",
      "</details>",
      "",
      "",
      "These trained something else, or to other bits, with the same outcome: B2",
      "",
      "**Not on record before:** T3",
      "",
      "**No hypothesis owns these:** X1",
      "",
      "### Verdicts",
      "",
      "<details><summary>two: 1 holds</summary>",
      "",
      "| | verdict | claim | evidence |",
      "|---|---|---|---|",
      "| B1 | ✓ holds | a claim of a few words | 256 of 256 seeds |",
      "",
      "</details>",
      "",
      "<details><summary>one: 3 holds, 1 refuted</summary>",
      "",
      "| | verdict | claim | evidence |",
      "|---|---|---|---|",
      "| B2 | ✓ holds | a claim of a few words | 256 of 256 seeds |",
      "| T2 | ✓ holds | a claim of a few words | a &#124; b &#60;c&#62; |",
      "| T3 | ✓ holds | a claim of a few words | 256 of 256 seeds |",
      "| T10 | ✗ refuted | a claim of a few words | 256 of 256 seeds |",
      "",
      "</details>",
      "",
    ]);
  });

  test("has nothing to set beside each other where the record lacks the conclusion", () => {
    const lines = markdownSummary([reviewed[0]!], [], [], {}).split("\n");
    expect(lines.slice(4, 9)).toEqual(["", "### Changed conclusions", "", "", ""]);
  });

  test("sets names apart by commas", () => {
    const more = [
      { title: "B3 a title", report: exampleReport("B3", { trained: "abd" }, "moved") },
      { title: "T4 a title", report: exampleReport("T4", {}, "missing") },
    ];
    const both = { ...record, B3: exampleConclusion };
    const text = markdownSummary([...reviewed, ...more], ["T10", "T11"], ["X1", "X2"], both);
    for (const names of ["Failed:** T10, T11", "outcome: B2, B3", "before:** T3, T4", "these:** X1, X2"])
      expect(text).toContain(`${names}\n`);
  });

  test("is short where nothing differs", () => {
    const calm = markdownSummary([reviewed[3]!], [], [], record);
    expect(calm).not.toMatch(/Failed|Changed|Moved|These|Not on record|owns/);
    const accepted = exampleReport("T10", { verdict: "refuted" }, "changed", { mode: "all" });
    expect(markdownSummary([{ title: "T10 x", report: accepted }], [], [], record)).toContain(
      "\n```\nverdict  holds → refuted\n```\n\n</details>",
    );
  });
});
