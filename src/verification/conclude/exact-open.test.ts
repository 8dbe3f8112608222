import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evidenceWords } from "../claim/words.ts";
import { randomWalks, walks } from "../testing/random-walks.ts";
import { concludeExact } from "./exact.ts";
import { concludeOpen } from "./open.ts";
import { Training } from "./training.ts";

const squares = fc.property(fc.double({ noNaN: true }), (x) => x * x >= 0);
const negatives = fc.property(fc.integer(), (x) => x < 0);

describe("exact hypotheses", () => {
  const statement = { claim: "squares are not negative", section: "test" };

  test("hold when no property has a counterexample and every near miss has", () => {
    const finding = concludeExact({ ...statement, properties: { squares }, nearMiss: { negatives } });
    expect(finding.verdict).toBe("holds");
    expect(finding.evidence).toEqual({
      properties: { squares: { holds: true, found: "no counterexample in 200 inputs" } },
      nearMisses: { negatives: { holds: false, found: "counterexample [0]" } },
    });
  });

  test("sum up what was found, and draw where there is a figure", () => {
    const near = { nearMiss: { negatives } };
    const of = (properties: Parameters<typeof concludeExact>[0]["properties"]) =>
      concludeExact({ ...statement, ...near, properties });
    const words = (properties: Parameters<typeof of>[0]) => evidenceWords(of(properties));
    expect(of({ squares })).toMatchObject({ kind: "exact", errorRate: null, galleries: [], replay: null });
    expect(words({ squares })).toBe("true of every input generated");
    expect(words({ squares, again: squares })).toBe("2 statements true of every input generated");
    expect(words({ squares, a: () => false, b: () => false })).toBe("a: false; b: false");
    expect(of({ squares }).figure).toBeUndefined();
    const figure = () => [];
    expect(concludeExact({ ...statement, ...near, properties: { squares }, figure }).figure).toBe(figure);
  });

  test("are refuted by a counterexample, shrunk", () => {
    const finding = concludeExact({
      ...statement,
      properties: { negatives },
      nearMiss: { never: () => false },
    });
    expect(finding.verdict).toBe("refuted");
    expect(evidenceWords(finding)).toBe("negatives: counterexample [0]");
  });

  test("are vacuous when a near miss is true", () => {
    expect(() => concludeExact({ ...statement, properties: { squares }, nearMiss: { squares } })).toThrow(
      'vacuous: the near miss "squares" has no counterexample',
    );
  });

  test("and when there is no near miss", () => {
    expect(() => concludeExact({ ...statement, properties: { squares }, nearMiss: {} })).toThrow(
      "invalid near miss: {}; expected at least one statement",
    );
    expect(() => concludeExact({ ...statement, properties: {}, nearMiss: { negatives } })).toThrow(
      "invalid property: {}; expected at least one statement",
    );
  });

  test("plain checks fail by returning false, or by an assertion that fails", () => {
    const nearMiss = {
      asserts: () => {
        expect(1, "1 is not 2").toBe(2);
        return true;
      },
      false: () => false,
    };
    const finding = concludeExact({ ...statement, properties: { plain: () => true }, nearMiss });
    expect(finding.evidence).toEqual({
      properties: { plain: { holds: true, found: "true" } },
      nearMisses: {
        asserts: { holds: false, found: "1 is not 2: expected 1 to be 2 // Object.is equality" },
        false: { holds: false, found: "false" },
      },
    });
  });

  test("keep the message of an assertion that a counterexample fails", () => {
    const small = fc.property(fc.nat(), (x) => {
      expect(x).toBeLessThan(7);
      return true;
    });
    const { evidence } = concludeExact({ ...statement, properties: { small }, nearMiss: { negatives } });
    expect(evidence).toMatchObject({
      properties: { small: { found: "counterexample [7]: expected 7 to be less than 7" } },
    });
  });

  const crash = () => {
    throw new TypeError("x is not a function");
  };
  test.each([
    ["a property without a return", fc.property(fc.nat(), () => {}), "answered undefined (is a return missing?)"],
    ["an asynchronous property", fc.asyncProperty(fc.nat(), async () => true), "expected a synchronous property"],
    [
      "a property with an async test",
      fc.property(fc.nat(), (async () => true) as never),
      "answered a Promise (async?)",
    ],
    ["a property that crashes", fc.property(fc.nat(), crash), "crashed instead of answering (TypeError: x is not"],
    ["a plain check that crashes", crash, "crashed instead of answering (TypeError: x is not a function)"],
    ["an async check", async () => true, "answered a Promise (async?); expected true or false"],
    ["a check without a return", () => {}, "answered undefined (is a return missing?)"],
    ["a function that makes a property", () => squares, "returned a property; expected the property itself"],
    ["a number", 5, "5; expected a property of fast-check"],
    ["no inputs", fc.property(fc.nat(), () => fc.pre(false) as never), "too few inputs meet its precondition"],
  ])("%s is an error, as a property and as a near miss", (_, wrong, message) => {
    const bad = { wrong } as never;
    expect(() => concludeExact({ ...statement, properties: bad, nearMiss: { negatives } })).toThrow(message);
    expect(() => concludeExact({ ...statement, properties: { squares }, nearMiss: bad })).toThrow(message);
  });
});

describe("open questions", () => {
  const question = { question: "how many?", section: "test", given: { few: walks(3) } };

  test("record the answer with its uncertainty", async () => {
    const finding = await concludeOpen(
      {
        ...question,
        measure: ({ few }) => ({
          answer: "three",
          values: { seeds: { value: few!.runs.length, low: 2, high: 4 } },
        }),
      },
      new Training(randomWalks()),
    );
    expect(finding).toMatchObject({
      verdict: "measured",
      evidence: {
        answer: "three",
        values: { seeds: { value: 3, low: 2, high: 4 } },
        populations: { few: "3 walks of 20 steps, up with probability 0.5" },
      },
      replay: { seed: 0 },
    });
  });

  test("hold their value at an end of its interval, too, and draw from what was trained", async () => {
    for (const value of [2, 4]) {
      const answer = { answer: "so", values: { x: { value, low: 2, high: 4 } } };
      const figure = (ensembles: object, given: unknown) => {
        expect([Object.keys(ensembles), given]).toEqual([["few"], answer]);
        return [];
      };
      const finding = await concludeOpen({ ...question, measure: () => answer, figure }, new Training(randomWalks()));
      expect(finding.kind).toBe("open");
      expect(finding.figure?.()).toEqual([]);
      expect(finding.galleries.map(({ label }) => label)).toEqual(["few"]);
    }
  });

  test.each([
    [{ value: 1, low: 2, high: 4 }, "invalid interval of x: [2,4]; expected one that holds the value 1"],
    [{ value: 5, low: 2, high: 4 }, "invalid interval of x: [2,4]; expected one that holds the value 5"],
    [{ value: Number.NaN, low: 2, high: 4 }, "invalid measurement of x: NaN"],
  ])("refuse %j", async (x, message) => {
    const measure = () => ({ answer: "so", values: { x } });
    await expect(concludeOpen({ ...question, measure }, new Training(randomWalks()))).rejects.toThrow(message);
  });

  test("take a single condition, too", async () => {
    const measure = ({ given }: Record<string, { runs: readonly unknown[] }>) => ({
      answer: "so many",
      values: { seeds: { value: given!.runs.length, low: 0, high: 9 } },
    });
    const finding = await concludeOpen({ ...question, given: walks(2), measure }, new Training(randomWalks()));
    expect(finding.evidence).toMatchObject({ values: { seeds: { value: 2 } } });
    const none = concludeOpen({ ...question, given: {}, measure }, new Training(randomWalks()));
    await expect(none).rejects.toThrow("invalid given: {}; expected a condition");
  });

  test("and an answer without a number", async () => {
    const measure = () => ({ answer: "many", values: {} });
    await expect(concludeOpen({ ...question, measure }, new Training(randomWalks()))).rejects.toThrow(
      "at least one value",
    );
  });
});
