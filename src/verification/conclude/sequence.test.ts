import { describe, expect, test } from "vitest";
import { sequentialInterval } from "../../statistics/e-process.ts";
import { criterionOf } from "../claim/criterion.ts";
import { judge, weigh } from "../claim/verdict.ts";
import { randomWalks, type Walk, type WalkOptions, type Walks, walks } from "../testing/random-walks.ts";
import { nextLook } from "./looks.ts";
import { judged } from "./sequence.ts";
import { Training } from "./training.ts";

const errorRate = 1e-4;
const rules = (meets: (seed: number) => boolean) => ({
  observe: (run: Walk) => meets(run.seed),
  criterion: criterionOf<boolean>({ nearlyAll: true }),
  errorRate,
  endPoints: true,
});

async function sequence(meets: (seed: number) => boolean, given: Walks, options: WalkOptions = {}) {
  const trainer = randomWalks(options);
  const asked: (readonly number[])[] = [];
  const training = new Training<Walks, Walk>({
    ...trainer,
    train: (condition, progress) => {
      asked.push(condition.seeds);
      return trainer.train(condition, progress);
    },
  });
  const result = await judged({ label: "given", given, versus: undefined }, rules(meets), training);
  return { ...result, asked };
}

/** 19 of 20: neither verdict is ever near. */
const straddles = (seed: number) => seed % 20 !== 19;

describe("seeds of a cell", () => {
  test("are trained once each, from the first on, until the evidence decides", async () => {
    const seeds = walks(2048, { from: 700 }).seeds.toReversed();
    const holds = await sequence(() => true, { ...walks(1), seeds });
    expect(holds).toMatchObject({ verdict: "holds", satisfied: 192, of: 192, looks: [32, 192] });
    expect(holds.asked).toEqual([seeds.slice(0, 32), seeds.slice(32, 192)]);
    expect(holds.runs.map(({ seed }) => seed)).toEqual(seeds.slice(0, 192));
    expect(holds.condition.seeds).toEqual(seeds.slice(0, 192));
    expect(holds.trained).toBe("192 walks of 20 steps, up with probability 0.5");

    const refuted = await sequence(() => false, walks(2048));
    expect(refuted).toMatchObject({ verdict: "refuted", satisfied: 0, of: 32, looks: [32] });
  });

  test("that run out leave it inconclusive", async () => {
    const { verdict, of, looks } = await sequence(straddles, walks(2048));
    expect([verdict, of]).toEqual(["inconclusive", 2048]);
    expect(looks).toEqual([32, 256, 512, 1024, 2048]);
  });

  test("go on where they stopped when there are more", async () => {
    // 95 % of the first 256 seeds, and all of those after.
    const meets = (seed: number) => seed >= 256 || straddles(seed);
    const long = await sequence(meets, walks(2048));
    expect(long.verdict).toBe("holds");
    expect(long.of).toBeGreaterThan(256);
    for (const most of [200, 256, 300]) {
      const short = await sequence(meets, walks(most));
      expect([short.verdict, short.of]).toEqual(["inconclusive", most]);
      // The last look may be at the most there are; those before are the same.
      const shared = short.looks.slice(0, -1);
      expect(long.looks.slice(0, shared.length)).toEqual(shared);
      expect(long.looks[shared.length]).toBeGreaterThanOrEqual(most);
      expect(long.runs.slice(0, most)).toEqual(short.runs);
      expect(long.met.slice(0, most)).toEqual(short.met);
    }
    const exactly = await sequence(meets, walks(256));
    expect(long.looks.slice(0, exactly.looks.length)).toEqual(exactly.looks);
  });

  test("are looked at by what was seen alone, however they are trained", async () => {
    const meets = (seed: number) => (seed * 7919) % 100 < 97;
    const seen = await sequence(meets, walks(2048));
    // From the whole list of outcomes, without any training.
    const looks: number[] = [];
    let count = { satisfied: 0, undecided: 0, of: 0 };
    while (judge(weigh(count, 0.95), errorRate) === "inconclusive" && count.of < 2048) {
      const of = nextLook(count, 0.95, errorRate, 2048);
      looks.push(of);
      count = { of, undecided: 0, satisfied: walks(of).seeds.filter(meets).length };
    }
    expect(looks.length).toBeGreaterThan(2);
    expect(seen.looks).toEqual(looks);
    expect(seen).toMatchObject(count);
    const rough = await sequence(meets, walks(2048), { engine: "rough", reproducible: false });
    expect([rough.looks, rough.met]).toEqual([looks, seen.met]);
  });
});

describe("what is kept of it", () => {
  test("is the evidence at the last look, and the shares that none of them rejected", async () => {
    // All of the first 32 seeds, and three of four after.
    const meets = (seed: number) => seed < 32 || seed % 4 !== 0;
    const { evidence, interval, looks, satisfied, of, verdict } = await sequence(meets, walks(2048));
    expect(looks).toEqual([32, 192]);
    expect([satisfied, of, verdict]).toEqual([152, 192, "refuted"]);
    expect(evidence).toEqual(weigh({ satisfied, undecided: 0, of }, 0.95));
    const [first, last] = [sequentialInterval(32, 0, errorRate), sequentialInterval(152, 40, errorRate)];
    expect(first[0]).toBeGreaterThan(last[0]);
    expect(interval).toEqual([first[0], last[1]]);
  });

  test("leaves open what unfinished seeds would have come to", async () => {
    const ending = (seed: number) => (seed % 8 === 0 ? "stopped" : "converged");
    const all = await sequence(() => true, walks(320), { ending });
    expect(all).toMatchObject({ verdict: "inconclusive", satisfied: 280, undecided: 40, of: 320 });
    expect(all.evidence).toEqual(weigh({ satisfied: 280, undecided: 40, of: 320 }, 0.95));
    expect(all.interval[0]).toBeLessThan(0.875);
    // As if they had met it: at 320 of 320, 1 is not rejected.
    expect(all.interval[1]).toBe(1);
    expect(all.met.filter(Boolean)).toHaveLength(280);
    expect(all.values.every((value) => value === true)).toBe(true);
  });

  test("has every ending, and the engine", async () => {
    const ending = (seed: number) => (seed % 4 === 0 ? "diverged" : "converged");
    const { endings, values, engine, verdict } = await sequence(() => true, walks(2048), { ending });
    expect(verdict).toBe("refuted");
    expect(endings).toEqual({ converged: values.length * 0.75, diverged: values.length * 0.25 });
    expect(values[0]).toBeNull();
    expect(engine.name).toBe("exact");
  });
});
