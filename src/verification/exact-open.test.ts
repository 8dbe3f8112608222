import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concludeExact } from "./exact.ts";
import { concludeOpen } from "./open.ts";
import { condition, FakeTrainer } from "./testing/fake-trainer.ts";

const squares = fc.property(fc.double({ noNaN: true }), (x) => x * x >= 0);
const negatives = fc.property(fc.integer(), (x) => x < 0);

describe("exact hypotheses", () => {
  const statement = { claim: "squares are not negative", section: "test" };

  test("hold when no property has a counterexample and every near miss has", () => {
    const finding = concludeExact({ ...statement, properties: { squares }, nearMiss: { negatives } });
    expect(finding.verdict).toBe("holds");
    expect(finding.evidence.squares).toBe("no counterexample in 200 inputs");
    expect(finding.evidence["near miss: negatives"]).toBe("counterexample [0]");
  });

  test("sum up what was found, and draw where there is a figure", () => {
    const near = { nearMiss: { negatives } };
    const of = (properties: Parameters<typeof concludeExact>[0]["properties"]) =>
      concludeExact({ ...statement, ...near, properties });
    expect(of({ squares })).toMatchObject({ kind: "exact", summary: "true of every input generated" });
    expect(of({ squares, again: squares }).summary).toBe("2 statements true of every input generated");
    expect(of({ squares, a: () => false, b: () => false }).summary).toBe("a: false; b: false");
    expect(of({ squares }).draw).toBeUndefined();
    const figure = () => Buffer.from("a picture");
    expect(concludeExact({ ...statement, ...near, properties: { squares }, figure }).draw).toBe(figure);
  });

  test("are refuted by a counterexample, shrunk", () => {
    const finding = concludeExact({
      ...statement,
      properties: { negatives },
      nearMiss: { never: () => false },
    });
    expect(finding.verdict).toBe("refuted");
    expect(finding.summary).toBe("negatives: counterexample [0]");
  });

  test("are vacuous when a near miss is true", () => {
    expect(() => concludeExact({ ...statement, properties: { squares }, nearMiss: { squares } })).toThrow(
      'vacuous: the near miss "squares" has no counterexample',
    );
  });

  test("and when there is no near miss", () => {
    expect(() => concludeExact({ ...statement, properties: { squares }, nearMiss: {} })).toThrow(
      "at least one near miss",
    );
    expect(() => concludeExact({ ...statement, properties: {}, nearMiss: { negatives } })).toThrow(
      "at least one property",
    );
  });

  test("plain checks fail by returning false or by throwing", () => {
    const nearMiss = {
      throws: () => {
        throw new Error("1 is not 2\nat length");
      },
      false: () => false,
    };
    const finding = concludeExact({ ...statement, properties: { plain: () => true }, nearMiss });
    expect(finding.evidence).toEqual({
      plain: "true",
      "near miss: throws": "1 is not 2",
      "near miss: false": "false",
    });
  });
});

describe("open questions", () => {
  const question = { question: "how many?", section: "test", given: { few: condition(3) } };

  test("record the answer with its uncertainty", async () => {
    const finding = await concludeOpen(
      {
        ...question,
        measure: ({ few }) => ({
          answer: "three",
          values: { seeds: { value: few!.runs.length, low: 2, high: 4 } },
        }),
      },
      new FakeTrainer(),
    );
    expect(finding).toMatchObject({
      verdict: "measured",
      claim: "how many?",
      summary: "three",
      evidence: { seeds: { value: 3, low: 2, high: 4 } },
      replay: { seed: 0 },
    });
  });

  test("hold their value at an end of its interval, too, and draw from what was trained", async () => {
    for (const value of [2, 4]) {
      const answer = { answer: "so", values: { x: { value, low: 2, high: 4 } } };
      const figure = (ensembles: object, given: unknown) => {
        expect([Object.keys(ensembles), given]).toEqual([["few"], answer]);
        return Buffer.from("a picture");
      };
      const finding = await concludeOpen({ ...question, measure: () => answer, figure }, new FakeTrainer());
      expect(finding.kind).toBe("open");
      expect(finding.draw?.().toString()).toBe("a picture");
      expect(finding.galleries?.map(({ label }) => label)).toEqual(["few"]);
    }
  });

  test.each([
    [{ value: 1, low: 2, high: 4 }, "invalid interval of x: [2, 4]; expected one that holds the value 1"],
    [{ value: 5, low: 2, high: 4 }, "invalid interval of x: [2, 4]; expected one that holds the value 5"],
    [{ value: Number.NaN, low: 2, high: 4 }, "invalid measurement of x: NaN"],
  ])("refuse %j", async (x, message) => {
    const measure = () => ({ answer: "", values: { x } });
    await expect(concludeOpen({ ...question, measure }, new FakeTrainer())).rejects.toThrow(message);
  });

  test("and an answer without a number", async () => {
    const measure = () => ({ answer: "many", values: {} });
    await expect(concludeOpen({ ...question, measure }, new FakeTrainer())).rejects.toThrow(
      "at least one value",
    );
  });
});
