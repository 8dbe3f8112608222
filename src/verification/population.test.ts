import { describe, expect, test } from "vitest";
import { trialsNeeded } from "../statistics/sample-size.ts";
import type { Run } from "../train/run.ts";
import { always, inAtLeast, often } from "./criterion.ts";
import { concludePopulation } from "./population.ts";
import type { PopulationSpec } from "./specification.ts";
import { condition, FakeTrainer } from "./testing/fake-trainer.ts";

/** Seeds below 1000 belong to the claim, those from 1000 on to the control. */
const isGiven = (run: Run) => run.seed < 1000;

function spec(changes: Partial<PopulationSpec<boolean>> = {}): PopulationSpec<boolean> {
  return {
    claim: "small seeds are small",
    section: "test",
    given: condition(256),
    observe: isGiven,
    expect: always(true),
    control: { name: "large seeds", seeds: condition(256, 1000).seeds },
    ...changes,
  };
}

describe("a population's verdict", () => {
  test("holds where every seed meets the criterion and no control does", async () => {
    const finding = await concludePopulation(spec(), new FakeTrainer());
    expect(finding.verdict).toBe("holds");
    expect(finding.summary).toBe("always true: 256 of 256 seeds (0.965–1.000)");
    expect(finding.evidence.given).toMatchObject({ satisfied: 256, of: 256, endings: { converged: 256 } });
    expect(finding.evidence["control: large seeds"]).toMatchObject({ satisfied: 0, verdict: "refuted" });
  });

  test.each(["verdict", "satisfied", "of", "proportion", "endings"])(
    "refuses an observation named %s, which the evidence has already",
    async (name) => {
      const named: PopulationSpec<Record<string, boolean>> = {
        claim: "small seeds are small",
        section: "test",
        given: condition(256),
        observe: (run) => ({ [name]: isGiven(run) }),
        expect: always((observed) => observed[name] === true, "small"),
        control: { name: "large seeds", seeds: condition(256, 1000).seeds },
      };
      await expect(concludePopulation(named, new FakeTrainer())).rejects.toThrow(
        `name of an observation: "${name}"; expected none of the evidence's own: verdict, satisfied`,
      );
    },
  );

  test("is refuted where too few seeds do, and replays one that does not", async () => {
    const observe = (run: Run) => run.seed < 100;
    const finding = await concludePopulation(spec({ observe, witness: true }), new FakeTrainer());
    expect(finding.verdict).toBe("refuted");
    expect(finding.replay?.seed).toBe(100);
  });

  test("is inconclusive where the interval straddles the threshold", async () => {
    const observe = (run: Run) => run.seed < 246;
    expect((await concludePopulation(spec({ observe }), new FakeTrainer())).verdict).toBe("inconclusive");
  });

  test("diverged seeds are not observed and count against the claim", async () => {
    const trainer = new FakeTrainer((seed) => (seed < 30 ? "diverged" : "converged"));
    const finding = await concludePopulation(spec({ witness: true }), trainer);
    expect(finding.verdict).toBe("refuted");
    expect(finding.evidence.given).toMatchObject({
      satisfied: 226,
      endings: { converged: 226, diverged: 30 },
    });
  });

  test("a pair of which one diverged counts against the claim, though the other has not converged", async () => {
    const trainer = new FakeTrainer((seed) =>
      seed < 30 ? "diverged" : seed < 1030 ? "converged" : "stopped",
    );
    const versus = condition(256, 1001);
    const finding = await concludePopulation(
      spec({ versus, observe: (run, other) => run.seed < 1000 && other.seed > 0, witness: true }),
      trainer,
    );
    // Of the others, seeds 1001 to 1029 have converged: the pair of seed 29 is the first that has not, and it has diverged.
    expect(finding.summary).toContain("0 of 256 seeds, 226 not converged");
  });

  test("seeds that have not converged make it inconclusive, neither held nor refuted", async () => {
    const trainer = () => new FakeTrainer((seed) => (seed < 128 ? "stopped" : "converged"));
    const good = await concludePopulation(spec(), trainer());
    expect(good.verdict).toBe("inconclusive");
    expect(good.summary).toContain("128 not converged");
    const bad = spec({ observe: (run) => run.seed >= 120 && isGiven(run) });
    expect((await concludePopulation(bad, trainer())).verdict).toBe("inconclusive");
  });

  test("but may be observed where the claim is not about end points", async () => {
    const trainer = new FakeTrainer(() => "stopped");
    expect((await concludePopulation(spec({ endPoints: false }), trainer)).verdict).toBe("holds");
  });
});

describe("before training", () => {
  test("too few seeds are an error that says how many are needed", async () => {
    const trainer = new FakeTrainer();
    await expect(concludePopulation(spec({ given: condition(20) }), trainer)).rejects.toThrow(
      'too few seeds: 20 in "given"; "always true" needs at least 180 to reach a verdict at an error rate of 0.0001',
    );
    expect(trainer.labels).toEqual([]);
  });

  test("the number needed grows with the number of cells", async () => {
    const given = { "n = 1": condition(200), "n = 2": condition(200), "n = 3": condition(200) };
    await expect(concludePopulation(spec({ given }), new FakeTrainer())).rejects.toThrow(
      "needs at least 201",
    );
  });

  test("populations to be compared must have as many seeds", async () => {
    await expect(concludePopulation(spec({ versus: condition(255) }), new FakeTrainer())).rejects.toThrow(
      "versus has 255 seeds; expected 256",
    );
  });

  test("no cells, or a cell without its counterpart, is an error", async () => {
    await expect(concludePopulation(spec({ given: {} }), new FakeTrainer())).rejects.toThrow(
      "invalid given: {}",
    );
    const cells = { a: condition(256), b: condition(256) };
    await expect(
      concludePopulation(spec({ given: cells, versus: { a: condition(256) } }), new FakeTrainer()),
    ).rejects.toThrow('versus: expected a condition for the cell "b"');
  });
});

describe("vacuous criteria", () => {
  test("one that the control meets too", async () => {
    const same = spec({ control: { name: "the same", seeds: condition(256).seeds } });
    await expect(concludePopulation(same, new FakeTrainer())).rejects.toThrow(
      'vacuous: the criterion "always true" also holds in the control "the same" (256 of 256 seeds',
    );
  });

  test("one that the control does not clearly fail", async () => {
    const observe = (run: Run) => isGiven(run) || run.seed < 1246;
    await expect(concludePopulation(spec({ observe }), new FakeTrainer())).rejects.toThrow("is not refuted");
  });

  test("one that nothing meets", async () => {
    const observe = () => false;
    await expect(concludePopulation(spec({ observe }), new FakeTrainer())).rejects.toThrow(
      "nothing meets the criterion",
    );
    await expect(concludePopulation(spec({ observe, witness: false }), new FakeTrainer())).rejects.toThrow(
      'expected a "witness" that does, got false',
    );
  });
});

describe("scopes", () => {
  const given = { small: condition(256), large: condition(256, 500) };
  const observe = (run: Run) => run.seed < 500;

  test("by default every cell has to hold", async () => {
    const finding = await concludePopulation(spec({ given, observe }), new FakeTrainer());
    expect(finding.verdict).toBe("refuted");
    expect(finding.summary).toBe("always true: small ✓, large ✗");
  });

  test("or some cell", async () => {
    const finding = await concludePopulation(spec({ given, observe, headline: "some" }), new FakeTrainer());
    expect(finding.verdict).toBe("holds");
  });
});

describe("comparisons", () => {
  test("are made seed by seed, and the control replaces either side", async () => {
    const trainer = new FakeTrainer();
    const finding = await concludePopulation(
      {
        claim: "given seeds are smaller",
        section: "test",
        given: condition(256),
        versus: condition(256, 1000),
        observe: (run, other) => ({ given: run.seed, versus: other.seed }),
        expect: always((pair: { given: number; versus: number }) => pair.given < pair.versus, "smaller"),
        control: { name: "sides swapped", seeds: condition(256, 1000).seeds, versus: condition(256) },
      },
      trainer,
    );
    expect(finding.verdict).toBe("holds");
    expect(finding.evidence.given).toMatchObject({ given: { least: 0, most: 255 }, versus: { least: 1000 } });
    expect(trainer.labels).toEqual([
      "given",
      "given, versus",
      "control: sides swapped",
      "control: sides swapped, versus",
    ]);
  });
});

describe("criteria", () => {
  test("often asks for more than half", async () => {
    const observe = (run: Run) => run.seed < 200;
    expect(
      (await concludePopulation(spec({ observe, expect: often(true) }), new FakeTrainer())).verdict,
    ).toBe("holds");
    const half = spec({ observe: (run) => run.seed < 128, expect: often(true), witness: true });
    expect((await concludePopulation(half, new FakeTrainer())).verdict).toBe("inconclusive");
  });

  test("a proportion of one's own", async () => {
    const observe = (run: Run) => run.seed < 30;
    const few = spec({ observe, expect: inAtLeast(0.05, true) });
    expect((await concludePopulation(few, new FakeTrainer())).verdict).toBe("holds");
    expect(() => inAtLeast(1, true)).toThrow("invalid proportion: 1; expected less than 1");
    expect(() => inAtLeast(0, true)).toThrow("invalid proportion: 0");
  });

  test("a function needs words", () => {
    // @ts-expect-error: the words are missing, as they may be in plain JavaScript
    expect(() => always((x: number) => x > 0)).toThrow("words beside a function");
    expect(always((x: number) => x > 0, "positive").words).toBe("always positive");
    expect(always(5, "five directions").words).toBe("always five directions");
  });

  test("say what they ask: adverb, threshold, whether to exceed it, and the wanted value", () => {
    expect(always(5)).toMatchObject({ words: "always 5", threshold: 0.95, strict: false });
    expect(often(5)).toMatchObject({ words: "often 5", threshold: 0.5, strict: true });
    expect(inAtLeast(0.125, 5)).toMatchObject({
      words: "in at least 12.5 % 5",
      threshold: 0.125,
      strict: false,
    });
    expect([always<number>(5).test(5), always<number>(5).test(4)]).toEqual([true, false]);
    // @ts-expect-error: an object is no value to equal
    expect(() => always({ observed: 5 })).toThrow(/invalid criterion: .*expected one value, or a function/);
  });
});

describe("a finding", () => {
  test("says what it is about, and draws from its result", async () => {
    const drawn: unknown[] = [];
    const figure = (result: unknown) => {
      drawn.push(result);
      return Buffer.from("a picture");
    };
    const finding = await concludePopulation(spec({ figure }), new FakeTrainer());
    expect(finding).toMatchObject({ kind: "population", errorRate: 1e-4, claim: "small seeds are small" });
    expect(finding.draw?.().toString()).toBe("a picture");
    expect(drawn).toMatchObject([
      {
        verdict: "holds",
        criterion: { words: "always true" },
        cells: [{ label: "given" }],
        control: { verdict: "refuted" },
      },
    ]);
    expect(finding.galleries?.map(({ label }) => label)).toEqual(["given", "control: large seeds"]);
    const plain = await concludePopulation(spec({ kind: "dynamics" }), new FakeTrainer());
    expect([plain.kind, plain.draw]).toEqual(["dynamics", undefined]);
  });

  test("has each cell's mark, its interval, and only the endings that there are", async () => {
    const given = { a: condition(256), b: condition(256, 100), c: condition(256, 990) };
    const observe = (run: Run) => run.seed < 345;
    const finding = await concludePopulation(spec({ given, observe, headline: "some" }), new FakeTrainer());
    expect(finding.summary).toBe("always true: a ✓, b ?, c ✗");
    expect(finding.evidence.b).toMatchObject({
      verdict: "inconclusive",
      satisfied: 245,
      proportion: [expect.any(Number), expect.any(Number)],
      endings: { converged: 256 },
    });
    expect(Object.keys((finding.evidence.b as { endings: object }).endings)).toEqual(["converged"]);
    // A seed to see again: the first that does not meet it, of the first cell with one.
    expect(finding.replay?.seed).toBe(345);
  });

  test("needs one condition to compare with, where one is given", async () => {
    const versus = { a: condition(256) };
    await expect(concludePopulation(spec({ versus }), new FakeTrainer())).rejects.toThrow(
      "versus: expected one condition, as in given",
    );
  });

  test("has an error rate above 0", async () => {
    await expect(concludePopulation(spec({ errorRate: 0 }), new FakeTrainer())).rejects.toThrow(
      "invalid error rate: 0",
    );
  });

  test("is reached with the fewest seeds that can, and not with one less", async () => {
    const control = (n: number) => ({ name: "large seeds", seeds: condition(n, 1000).seeds });
    const needed = trialsNeeded(0.95, 1e-4);
    const of = (n: number) =>
      concludePopulation(spec({ given: condition(n), control: control(n) }), new FakeTrainer());
    expect((await of(needed)).verdict).toBe("holds");
    await expect(of(needed - 1)).rejects.toThrow(`too few seeds: ${needed - 1} in "given"`);
  });

  test("of a refutation everywhere needs a witness", async () => {
    const error = await concludePopulation(spec({ observe: () => false }), new FakeTrainer()).catch((e) => e);
    expect(error.name).toBe("Vacuous");
    expect(error.message).toContain('expected a "witness" that does, got undefined');
  });
});
