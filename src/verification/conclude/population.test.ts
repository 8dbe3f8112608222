import { describe, expect, test } from "vitest";
import type { PopulationEvidence } from "../claim/conclusion.ts";
import type { PopulationSpec } from "../claim/specification.ts";
import { evidenceWords } from "../claim/words.ts";
import { randomWalks, type Walk, type WalkOptions, type Walks, walks } from "../testing/random-walks.ts";
import { fewest } from "./looks.ts";
import { concludePopulation } from "./population.ts";
import { Training } from "./training.ts";

/** Seeds below 1000 belong to the claim, those from 1000 on to the control, those from 5000 on to a positive control. */
const isGiven = (run: Walk) => run.seed < 1000;
const isVeryLarge = (run: Walk) => run.seed >= 5000;
const positiveControl = { name: "very large seeds", seeds: walks(256, { from: 5000 }).seeds };

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
    expect(finding.lacks).toBeUndefined();
    expect(finding.summary).toBe("in at least 95 % of seeds: true. 192 of 192 seeds (0.950–1.000)");
    expect(finding.evidence.cells.given).toMatchObject({
      trained: "192 walks of 20 steps, up with probability 0.5",
      satisfied: 192,
      of: 192,
      looks: [32, 192],
      endings: { converged: 192 },
    });
    const { above, below } = finding.evidence.cells.given!.evidence;
    expect(above).toBeGreaterThanOrEqual(4);
    expect(below).toBeLessThan(0);
    const control = { name: "large seeds", satisfied: 0, of: 32, looks: [32], verdict: "refuted" };
    expect(finding.evidence.control).toMatchObject(control);
    expect(finding.evidence.positiveControl).toBeNull();
  });

  test("says of every cell, and of no control, how many ends are stable", async () => {
    const trainer = randomWalks();
    const pushed = (condition: Walks) => ({ condition: { ...condition, steps: 21 }, words: "a step more" });
    const training = new Training<Walks, Walk>({ ...trainer, disturbed: pushed });
    const given = { small: walks(256), smaller: walks(256, { from: 300, steps: 21 }) };
    // Of the first cell, that is always moved, what is odd and less than 16 is another answer.
    const observe = ({ seed, path }: Walk) => seed < 1000 && !(seed < 16 && path.at(-1)! % 2 !== 0);
    const { evidence } = await concludePopulation(
      spec({ given, observe, positiveControl: { name: "same" } }),
      training,
    );
    const { cells, control, positiveControl } = evidence as PopulationEvidence;
    expect(cells.small!.stable).toEqual({ same: 16, of: 32, after: "a step more" });
    expect(cells.smaller!.stable).toEqual({ same: 32, of: 32, after: "a step more" });
    expect([control.stable, positiveControl!.stable]).toEqual([null, null]);
    const gone = await concludePopulation(spec({ endPoints: false }), training);
    expect((gone.evidence as PopulationEvidence).cells.given!.stable).toBeNull();
  });

  test("is refuted where too few seeds do, and replays one that does not", async () => {
    const observe = (run: Walk) => run.seed < 10 || isVeryLarge(run);
    const finding = await conclude({ observe, positiveControl });
    expect(finding.verdict).toBe("refuted");
    expect(finding.lacks).toBeUndefined();
    expect(finding.evidence.cells.given).toMatchObject({ satisfied: 10, of: 32, verdict: "refuted" });
    expect(finding.evidence.positiveControl).toMatchObject({
      name: "very large seeds",
      verdict: "holds",
      satisfied: 192,
      of: 192,
    });
    expect(finding.replay?.seed).toBe(10);
  });

  test("is inconclusive where the seeds run out", async () => {
    const observe = (run: Walk) => run.seed % 20 !== 19 && isGiven(run);
    const finding = await conclude({ observe });
    expect(finding.verdict).toBe("inconclusive");
    expect(finding.lacks).toBeUndefined();
    expect(finding.evidence.cells.given).toMatchObject({ satisfied: 244, of: 256, looks: [32, 256] });
  });

  test("diverged seeds are not observed and count against the claim", async () => {
    const ending = (seed: number) => (seed < 1000 && seed % 2 === 0 ? "diverged" : "converged");
    const observe = (run: Walk) => {
      expect(run.status).toBe("converged");
      return isGiven(run) || isVeryLarge(run);
    };
    const finding = await conclude({ observe, positiveControl }, { ending });
    expect(finding.verdict).toBe("refuted");
    expect(finding.evidence.cells.given).toMatchObject({
      satisfied: 16,
      undecided: 0,
      endings: { converged: 16, diverged: 16 },
    });
  });

  test("a pair of which one diverged counts against the claim, though the other has not converged", async () => {
    const ending = (seed: number) => (seed < 30 ? "diverged" : seed < 1030 ? "converged" : "stopped");
    const versus = walks(256, { from: 1001 });
    const finding = await conclude(
      { versus, observe: (run, other) => run.seed < 1000 && other.seed > 0, holdsIn: "some cell" },
      { ending },
    );
    // Of the others, seeds 1001 to 1029 have converged: the pair of seed 29 is the first that has not, and it has diverged.
    expect(finding.summary).toContain("0 of 32 seeds, 2 not converged");
    expect(finding.verdict).toBe("refuted");
  });

  test("seeds that have not converged make it inconclusive, neither held nor refuted", async () => {
    const ending = (seed: number) => (seed < 1000 && seed % 2 === 0 ? "stopped" : "converged");
    const good = await conclude({}, { ending });
    expect(good.verdict).toBe("inconclusive");
    expect(good.summary).toContain("128 of 256 seeds, 128 not converged");
    // Of those that have converged 4 in 128 fail: not enough, were the rest to meet it.
    const observe = (run: Walk) => run.seed % 64 !== 1 && isGiven(run);
    expect((await conclude({ observe }, { ending })).verdict).toBe("inconclusive");
    const worse = (run: Walk) => run.seed % 4 !== 1 && isGiven(run);
    expect((await conclude({ observe: worse }, { ending })).verdict).toBe("refuted");
  });

  test("but may be observed where the claim is not about end points", async () => {
    const ending = () => "stopped" as const;
    expect((await conclude({ endPoints: false }, { ending })).verdict).toBe("holds");
  });

  test("is the more certain the smaller the error rate, for which all cells share", async () => {
    const seeds = async (changes: Partial<Spec>) => {
      const { evidence } = await conclude(changes);
      return Object.values(evidence.cells).map(({ of }) => of);
    };
    expect(await seeds({ errorRate: 0.01 })).toEqual([128]);
    const large = walks(300);
    const control = { name: "large seeds", seeds: walks(300, { from: 1000 }).seeds };
    expect(await seeds({ given: large, control, errorRate: 1e-6 })).toEqual([288]);
    const given = { a: large, b: large, c: large, d: large, e: large };
    expect(await seeds({ given, control })).toEqual([224, 224, 224, 224, 224]);
  });
});

describe("before training", () => {
  const few = 'at most 150 in "LABEL"; "true" needs 192 to hold and 4 to be refuted at an error rate of 0.0001';
  test.each<[string, Partial<Spec>]>([
    ["given", { given: walks(150) }],
    ["control: large seeds", { control: { name: "large seeds", seeds: walks(150, { from: 1000 }).seeds } }],
    ["positive control: few", { positiveControl: { name: "few", seeds: walks(150, { from: 5000 }).seeds } }],
  ])("too few seeds in %s are an error that says how many are needed", async (label, changes) => {
    const training = new Training(randomWalks());
    await expect(concludePopulation(spec(changes), training)).rejects.toThrow(
      `too few seeds: ${few.replace("LABEL", label)}`,
    );
    expect(training.populations).toEqual([]);
  });

  test("there must be enough to be refuted, too", async () => {
    const expected = { inAtLeast: 0.01, that: true };
    await expect(conclude({ expect: expected })).rejects.toThrow("needs 3 to hold and 976 to be refuted");
    await expect(conclude({ expect: { inAtLeast: 1e-4, that: true }, given: walks(5000) })).rejects.toThrow(
      /too few seeds: at most 5000 in "given"; "true" needs 2 to hold and 9\d{4} to be refuted/,
    );
  });

  test("the number needed grows with the number of cells", async () => {
    const given = { "n = 1": walks(200), "n = 2": walks(200), "n = 3": walks(200) };
    await expect(conclude({ given })).rejects.toThrow(
      "needs 213 to hold and 4 to be refuted at an error rate of 0.000033",
    );
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
  const thrown = async (changes: Partial<Spec>) => {
    const error = await conclude(changes).catch((e) => e);
    expect(error.name).toBe("Vacuous");
    return error.message;
  };

  test("one that the control meets too", async () => {
    const control = { name: "the same", seeds: walks(256).seeds };
    expect(await thrown({ control })).toBe(
      'vacuous: the criterion "true" also holds in the control: the same (192 of 192 seeds (0.950–1.000)), ' +
        "where it has to fail",
    );
  });

  test("one that the control does not clearly fail", async () => {
    const observe = (run: Walk) => isGiven(run) || run.seed % 20 !== 19;
    expect(await thrown({ observe })).toMatch(
      /is not refuted in the control: large seeds \(\d+ of 256 seeds .*, where it has to fail$/,
    );
  });

  test("one that the positive control fails, whatever the claim came to", async () => {
    for (const observe of [isGiven, () => false])
      expect(await thrown({ observe, positiveControl })).toMatch(
        /^vacuous: the criterion "true" is refuted in the positive control: very large seeds \(0 of 32 seeds .*\), where it has to be met$/,
      );
  });

  test("one that the positive control does not clearly meet", async () => {
    const observe = (run: Walk) => isGiven(run) || (isVeryLarge(run) && run.seed % 20 !== 19);
    expect(await thrown({ observe, positiveControl })).toMatch(
      /is not seen to hold in the positive control: very large seeds \(244 of 256 seeds .*, where it has to be met$/,
    );
  });

  test("one that nothing meets lacks a positive control, and is told first", async () => {
    const finding = await conclude({ observe: () => false });
    expect(finding.verdict).toBe("refuted");
    expect(finding.lacks).toBe(
      'nothing meets the criterion "true" (no cell holds, and the control fails); in the first cell ' +
        'observed: false ×32; expected a "positiveControl", a condition in which it is met',
    );
    const somewhere = { given: { a: walks(256), b: walks(256, { from: 400 }) }, holdsIn: "some cell" } as const;
    expect((await conclude({ ...somewhere, observe: () => false })).lacks).toContain("nothing meets the criterion");
  });
});

describe("scopes", () => {
  const given = { small: walks(256), large: walks(256, { from: 500 }) };
  const observe = (run: Walk) => run.seed < 500;

  test("by default every cell has to hold; where some do it holds in part", async () => {
    const finding = await conclude({ given, observe });
    expect(finding.verdict).toBe("in part");
    expect(finding.lacks).toBeUndefined();
    expect(finding.summary).toBe("in at least 95 % of seeds: true. small ✓ 224 of 224; large ✗ 0 of 32");
    expect(Object.values(finding.evidence.cells).map(({ verdict }) => verdict)).toEqual(["holds", "refuted"]);
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
      trained: expect.stringContaining("; versus 192 walks"),
      observed: { given: { least: 0, most: 191 }, versus: { least: 1000, most: 1191 } },
    });
    // Two looks, and one at the control.
    const given = ["given", "given, versus"];
    expect(labels).toEqual([...given, ...given, "control: sides swapped", "control: sides swapped, versus"]);
  });
});

describe("criteria", () => {
  test("usually asks for more than half", async () => {
    const expected = { expect: { most: true } };
    const most = (run: Walk) => run.seed % 4 !== 0 && isGiven(run);
    expect(await conclude({ ...expected, observe: most })).toMatchObject({ verdict: "holds" });
    const half = { ...expected, observe: (run: Walk) => run.seed % 2 === 0 && isGiven(run) };
    expect((await conclude(half)).verdict).toBe("inconclusive");
  });

  test("a share of one's own", async () => {
    const few = { observe: (run: Walk) => run.seed % 4 === 0 && isGiven(run), expect: { inAtLeast: 0.05, that: true } };
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
        cells: [{ label: "given", satisfied: 192, of: 192 }],
        control: { verdict: "refuted" },
        positiveControl: null,
      },
    ]);
    expect(finding.galleries.map(({ label }) => label)).toEqual(["given", "control: large seeds"]);
    const both = await conclude({ figure, observe: (run) => isGiven(run) || isVeryLarge(run), positiveControl });
    both.figure?.();
    expect(drawn[1]).toMatchObject({ positiveControl: { label: "positive control: very large seeds", of: 192 } });
    expect(both.galleries.map(({ label }) => label)).toEqual([
      "given",
      "control: large seeds",
      "positive control: very large seeds",
    ]);
    const plain = await conclude({ kind: "dynamics" });
    expect([plain.kind, plain.figure]).toEqual(["dynamics", undefined]);
  });

  test("has each cell's mark, its interval, and only the endings that there are", async () => {
    const given = { a: walks(256), b: walks(256, { from: 300 }), c: walks(256, { from: 600 }) };
    const observe = (run: Walk) => run.seed < 300 || (run.seed < 600 && run.seed % 20 !== 19);
    const finding = await conclude({ given, observe, holdsIn: "some cell" });
    expect(finding.summary).toBe("in at least 95 % of seeds: true. a ✓ 224 of 224; b ? 244 of 256; c ✗ 0 of 32");
    const { b } = finding.evidence.cells;
    expect(b).toMatchObject({ verdict: "inconclusive", satisfied: 244, endings: { converged: 256 } });
    expect(b!.interval[0]).toBeLessThan(244 / 256);
    expect(b!.interval[1]).toBeGreaterThan(244 / 256);
    expect(b!.evidence).toEqual({ above: expect.any(Number), below: expect.any(Number) });
    expect(Object.keys(finding.evidence.cells.b!.endings)).toEqual(["converged"]);
    // A seed to see again: the first that does not meet it, of the first cell with one.
    expect(finding.replay).toEqual({ seed: 319, command: "walk --steps 20 --engine exact --seed 319" });
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
    const needed = fewest(0.95, 1e-4).holds;
    const of = (n: number) => conclude({ given: walks(n), control: control(n) });
    expect((await of(needed)).verdict).toBe("holds");
    await expect(of(needed - 1)).rejects.toThrow(`too few seeds: at most ${needed - 1} in "given"`);
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
    ["NaN everywhere", () => Number.NaN, 'observe gave NaN for all 32 seeds in "given"; expected a value'],
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
