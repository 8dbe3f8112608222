import { describe, expect, test } from "vitest";
import type { KeptSpec } from "./kept.ts";
import { mayMatch, stubOf, unloadedStub } from "./stub.ts";

const source = `import { exactClaim, hypothesis } from "./suite.ts";
// A comment.

hypothesis("T1 says \\"one\\"", {});
for (const n of [1, 2]) {
  hypothesis(
    "T2 two", { n });
  exactClaim("T2b a \\\\ b", {}); openQuestion("T2c how?", {});
}
`;
const spec = (tests: readonly { name: string; line: number | null }[]) =>
  ({ bundle: "b4", tests }) as unknown as KeptSpec;
const calls = (code: string) =>
  code.split("\n").flatMap((text, i) => (text && !text.startsWith("import") ? [[i + 1, text]] : []));

describe("calls for what is kept", () => {
  const kept = [
    { name: 'T1 says "one"', line: 90 },
    { name: "T2 two", line: 1 },
    { name: "T2b a \\ b", line: null },
    { name: "T2c how?", line: 8 },
  ];

  test("stand where the hypotheses do now, whatever their titles", () => {
    const code = stubOf("/kept", "hypotheses/a.spec.ts", spec(kept), source);
    const call = (name: string) => `reused("/kept", "hypotheses/a.spec.ts", "b4", ${JSON.stringify(name)});`;
    expect(calls(code)).toEqual([
      [4, call('T1 says "one"')],
      [6, call("T2 two")],
      [8, call("T2b a \\ b") + call("T2c how?")],
    ]);
    expect(code).toMatch(/\nimport \{ reused \} from ".*registered\.ts";$/);
  });

  test("stand where they did where a title is not written out, else in the first line", () => {
    const code = stubOf(
      "/kept",
      "a.spec.ts",
      spec([
        { name: "T9 made", line: 3 },
        { name: "T10", line: null },
      ]),
      source,
    );
    expect(calls(code).map(([line, text]) => [line, /"(T\d+)/.exec(String(text))![1]])).toEqual([
      [1, "T10"],
      [3, "T9"],
    ]);
  });
});

test("calls for what is not asked for have the titles, in their lines", () => {
  const code = unloadedStub(source);
  expect(calls(code)).toEqual([
    [4, 'unloaded("T1 says \\"one\\"");'],
    [6, 'unloaded("T2 two");'],
    [8, 'unloaded("T2b a \\\\ b");unloaded("T2c how?");'],
  ]);
});

describe("whether a pattern may match", () => {
  test.each([
    [/^T1 /, true],
    [/"one"/, true],
    [/^T2 /, true],
    [/a \\ b/, true],
    [/how\?/, true],
    [/^T3 /, false],
    [/^two/, false],
  ])("%s: %s", (pattern, answer) => {
    expect(mayMatch(source, pattern)).toBe(answer);
  });

  test("it may where any title is not written out", () => {
    expect(mayMatch('hypothesis("T1 one", {});', /^T2 /)).toBe(false);
    for (const other of ["hypothesis(`T2`, {});", "hypothesis<number>(title, {});", "exactClaim('T2', {});"])
      expect(mayMatch(`hypothesis("T1 one", {});\n${other}`, /^T2 /)).toBe(true);
  });
});
