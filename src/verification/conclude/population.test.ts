import { describe, expect, test } from "vitest";
import { trialsNeeded } from "../../statistics/sample-size.ts";
import type { PopulationEvidence } from "../claim/conclusion.ts";
import type { PopulationSpec } from "../claim/specification.ts";
import { evidenceWords } from "../claim/words.ts";
import { randomWalks, type Walk, type WalkOptions, type Walks, walks } from "../testing/random-walks.ts";
import { concludePopulation } from "./population.ts";
import { Training } from "./training.ts";

/** Seeds below 1000 belong to the claim, those from 1000 on to the control. */
const isGiven = (run: Walk) => run.seed < 1000;

type Spec = PopulationSpec<Walks, Walk, boolean>;

function spec(changes: Partial<Spec> = {}): Spec {
  return {
    claim: "small seeds are small",
    section: "test",
    given: walks(256),
    observe: isGiven,
    expect: { nearlyAll: true },
    control: { name: "large seeds", seeds: walks(256, { from: 1000 }).seeds },
    ...changes,
  } as Spec;
}

/** What comes of it, with the evidence on a line. */
async function conclude(changes: Partial<Spec> = {}, options: WalkOptions = {}) {
  const finding = await concludePopulation(spec(changes), new Training(randomWalks(options)));
  const evidence = finding.evidence as PopulationEvidence;
  return { ...finding, evidence, summary: evidenceWords(finding) };
}

describe("a population's verdict", () => {
  test("holds where every seed meets the criterion and no control does", async () => {
    const finding = await conclude();
    expect(finding.verdict).toBe("holds");
    expect(finding.summary).toBe("in at least 95 % of seeds: true. 256 of 256 seeds (0.965–1.000)");
    expect(finding.evidence.cells.given).toMatchObject({
      trained: "256 walks of 20 steps, up with probability 0.5",
      satisfied: 256,
      of: 256,
      endings: { converged: 256 },
    });
    expect(finding.evidence.control).toMatchObject({ name: "large seeds", satisfied: 0, verdict: "refuted" });
  });

  test("is refuted where too few seeds do, and replays one that does not", async () => {
    const observe = (run: Walk) => run.seed < 100;
    const finding = await conclude({ observe, witness: true });
    expect(finding.verdict).toBe("refuted");
    expect(finding.replay?.seed).toBe(100);
  });

  test("is inconclusive where the interval straddles the threshold", async () => {
    const observe = (run: Walk) => run.seed < 246;
    expect((await conclude({ observe })).verdict).toBe("inconclusive");
  });

  test("diverged seeds are not observed and count against the claim", async () => {
    const ending = (seed: number) => (seed < 30 ? "diverged" : "converged");
    const finding = await conclude({ witness: true }, { ending });
    expect(finding.verdict).toBe("refuted");
    expect(finding.evidence.cells.given).toMatchObject({
      satisfied: 226,
      endings: { converged: 226, diverged: 30 },
    });
  });

  test("a pair of which one diverged counts against the claim, though the other has not converged", async () => {
    const ending = (seed: number) => (seed < 30 ? "diverged" : seed < 1030 ? "converged" : "stopped");
    const versus = walks(256, { from: 1001 });
    const finding = await conclude(
      { versus, observe: (run, other) => run.seed < 1000 && other.seed > 0, witness: true },
      { ending },
    );
    // Of the others, seeds 1001 to 1029 have converged: the pair of seed 29 is the first that has not, and it has diverged.
    expect(finding.summary).toContain("0 of 256 seeds, 226 not converged");
  });

  test("seeds that have not converged make it inconclusive, neither held nor refuted", async () => {
    const ending = (seed: number) => (seed < 128 ? "stopped" : "converged");
    const good = await conclude({}, { ending });
    expect(good.verdict).toBe("inconclusive");
    expect(good.summary).toContain("128 not converged");
    const observe = (run: Walk) => run.seed >= 120 && isGiven(run);
    expect((await conclude({ observe }, { ending })).verdict).toBe("inconclusive");
  });

  test("but may be observed where the claim is not about end points", async () => {
    const ending = () => "stopped" as const;
    expect((await conclude({ endPoints: false }, { ending })).verdict).toBe("holds");
  });
});

describe("before training", () => {
  test("too few seeds are an error that says how many are needed", async () => {
    const training = new Training(randomWalks());
    await expect(concludePopulation(spec({ given: walks(20) }), training)).rejects.toThrow(
      'too few seeds: 20 in "given"; "true" needs at least 180 to reach a verdict at an error rate of 0.0001',
    );
    expect(training.populations).toEqual([]);
  });

  test("the number needed grows with the number of cells", async () => {
    const given = { "n = 1": walks(200), "n = 2": walks(200), "n = 3": walks(200) };
    await expect(conclude({ given })).rejects.toThrow("needs at least 201");
  });

  test("populations to be compared must have as many seeds", async () => {
    await expect(conclude({ versus: walks(255) })).rejects.toThrow("versus has 255 seeds; expected 256");
  });

  test("no cells, or a cell without its counterpart, is an error", async () => {
    await expect(conclude({ given: {} })).rejects.toThrow("invalid given: {}");
    const cells = { a: walks(256), b: walks(256) };
    await expect(conclude({ given: cells, versus: { a: walks(256) } })).rejects.toThrow(
      'versus: expected a condition for the cell "b"',
    );
  });
});

describe("vacuous criteria", () => {
  test("one that the control meets too", async () => {
    const control = { name: "the same", seeds: walks(256).seeds };
    await expect(conclude({ control })).rejects.toThrow(
      'vacuous: the criterion "true" also holds in the control: the same (256 of 256 seeds',
    );
  });

  test("one that the control does not clearly fail", async () => {
    const observe = (run: Walk) => isGiven(run) || run.seed < 1246;
    await expect(conclude({ observe })).rejects.toThrow("is not refuted");
  });

  test("one that nothing meets", async () => {
    const observe = () => false;
    await expect(conclude({ observe })).rejects.toThrow("nothing meets the criterion");
    await expect(conclude({ observe, witness: false })).rejects.toThrow(
      'in the first cell observed: false ×256; expected a "witness" that meets it, got false',
    );
  });
});

describe("scopes", () => {
  const given = { small: walks(256), large: walks(256, { from: 500 }) };
  const observe = (run: Walk) => run.seed < 500;

  test("by default every cell has to hold", async () => {
    const finding = await conclude({ given, observe });
    expect(finding.verdict).toBe("refuted");
    expect(finding.summary).toBe("in at least 95 % of seeds: true. small ✓ 256 of 256; large ✗ 0 of 256");
  });

  test("or some cell", async () => {
    const finding = await conclude({ given, observe, holdsIn: "some cell" });
    expect(finding.verdict).toBe("holds");
  });
});

describe("comparisons", () => {
  test("are made seed by seed, and the control replaces either side", async () => {
    const labels: string[] = [];
    const training = new Training(randomWalks(), (line) => labels.push(line.split(":").slice(0, -1).join(":")));
    const finding = await concludePopulation(
      {
        claim: "given seeds are smaller",
        section: "test",
        given: walks(256),
        versus: walks(256, { from: 1000 }),
        observe: (run, other) => ({ given: run.seed, versus: other.seed }),
        expect: { nearlyAll: "smaller", when: (pair) => pair.given < pair.versus },
        control: { name: "sides swapped", seeds: walks(256, { from: 1000 }).seeds, versus: walks(256) },
      },
      training,
    );
    expect(finding.verdict).toBe("holds");
    expect((finding.evidence as PopulationEvidence).cells.given).toMatchObject({
      trained: expect.stringContaining("; versus 256 walks"),
      observed: { given: { least: 0, most: 255 }, versus: { least: 1000 } },
    });
    expect(labels).toEqual(["given", "given, versus", "control: sides swapped", "control: sides swapped, versus"]);
  });
});

describe("criteria", () => {
  test("usually asks for more than half", async () => {
    const expected = { expect: { most: true } };
    expect((await conclude({ ...expected, observe: ({ seed }) => seed < 200 })).verdict).toBe("holds");
    const half = { ...expected, observe: ({ seed }: Walk) => seed < 128, witness: true };
    expect((await conclude(half)).verdict).toBe("inconclusive");
  });

  test("a share of one's own", async () => {
    const few = { observe: ({ seed }: Walk) => seed < 30, expect: { inAtLeast: 0.05, that: true } };
    expect((await conclude(few)).verdict).toBe("holds");
  });
});

describe("a finding", () => {
  test("has galleries, and draws from its result", async () => {
    const drawn: unknown[] = [];
    const panel = { width: 1, height: 1, draw: () => {} };
    const figure = (result: unknown) => {
      drawn.push(result);
      return panel;
    };
    const finding = await conclude({ figure });
    expect(finding).toMatchObject({ kind: "population", errorRate: 1e-4 });
    expect(finding.figure?.()).toBe(panel);
    expect(drawn).toMatchObject([
      {
        verdict: "holds",
        criterion: { words: "true", share: 0.95 },
        cells: [{ label: "given", satisfied: 256, of: 256 }],
        control: { verdict: "refuted" },
      },
    ]);
    expect(finding.galleries.map(({ label }) => label)).toEqual(["given", "control: large seeds"]);
    const plain = await conclude({ kind: "dynamics" });
    expect([plain.kind, plain.figure]).toEqual(["dynamics", undefined]);
  });

  test("has each cell's mark, its interval, and only the endings that there are", async () => {
    const given = { a: walks(256), b: walks(256, { from: 100 }), c: walks(256, { from: 990 }) };
    const observe = (run: Walk) => run.seed < 345;
    const finding = await conclude({ given, observe, holdsIn: "some cell" });
    expect(finding.summary).toBe("in at least 95 % of seeds: true. a ✓ 256 of 256; b ? 245 of 256; c ✗ 0 of 256");
    expect(finding.evidence.cells.b).toMatchObject({
      verdict: "inconclusive",
      satisfied: 245,
      interval: [expect.any(Number), expect.any(Number)],
      endings: { converged: 256 },
    });
    expect(Object.keys(finding.evidence.cells.b!.endings)).toEqual(["converged"]);
    // A seed to see again: the first that does not meet it, of the first cell with one.
    expect(finding.replay).toEqual({ seed: 345, command: "walk --steps 20 --engine exact --seed 345" });
  });

  test("needs one condition to compare with, where one is given", async () => {
    const versus = { a: walks(256) };
    await expect(conclude({ versus })).rejects.toThrow("versus: expected one condition, as in given");
  });

  test("has an error rate above 0", async () => {
    await expect(conclude({ errorRate: 0 })).rejects.toThrow("invalid error rate: 0");
  });

  test("is reached with the fewest seeds that can, and not with one less", async () => {
    const control = (n: number) => ({ name: "large seeds", seeds: walks(n, { from: 1000 }).seeds });
    const needed = trialsNeeded(0.95, 1e-4);
    const of = (n: number) => conclude({ given: walks(n), control: control(n) });
    expect((await of(needed)).verdict).toBe("holds");
    await expect(of(needed - 1)).rejects.toThrow(`too few seeds: ${needed - 1} in "given"`);
  });

  test("of a refutation everywhere needs a witness", async () => {
    const error = await conclude({ observe: () => false }).catch((e) => e);
    expect(error.name).toBe("Vacuous");
    expect(error.message).toContain('expected a "witness" that meets it, got undefined');
  });
});

describe("mistakes in a hypothesis's own code are told with the cell and the seed", () => {
  test.each([
    [
      "an async observation",
      async () => true,
      'observe gave a Promise (async?) for seed 0 in "given"; expected a number',
    ],
    ["nothing observed", () => undefined, 'observe gave undefined for seed 0 in "given"'],
    ["a list", () => [1, 2], 'observe gave [1,2] for seed 0 in "given"'],
    ["a nested object", () => ({ a: { b: 1 } }), 'observe gave {"a":{"b":1}} for seed 0 in "given"'],
    ["an empty object", () => ({}), "observe gave {} for seed 0"],
    ["NaN everywhere", () => Number.NaN, 'observe gave NaN for all 256 seeds in "given"; expected a value'],
    [
      "a crash",
      ({ seed }: Walk) => {
        if (seed === 3) throw new TypeError("no such thing");
        return true;
      },
      'observe failed on seed 3 in "given": no such thing',
    ],
  ])("%s", async (_, observe, message) => {
    await expect(conclude({ observe: observe as never, expect: { most: "it", when: () => true } })).rejects.toThrow(
      message,
    );
  });

  test.each([
    ["a criterion that answers with something else", () => 1, "the criterion answered 1 to true, seed 0"],
    ["an async criterion", async () => true, "the criterion answered {} to true, seed 0"],
    [
      "a criterion that crashes",
      () => {
        throw new RangeError("too far");
      },
      'the criterion failed on seed 0 in "given", observed true: too far',
    ],
  ])("%s", async (_, when, message) => {
    await expect(conclude({ expect: { nearlyAll: "it", when: when as never } })).rejects.toThrow(message);
  });
});
