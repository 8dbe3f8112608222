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

describe("stable ends", () => {
  /** A walk that is disturbed has an odd number of steps where `moves`, and ends as told. */
  interface Disturbed extends Walks {
    readonly disturbed?: true;
  }
  interface Case extends WalkOptions {
    readonly moves?: (seed: number) => boolean;
    readonly after?: (seed: number) => Walk["status"];
    readonly observe?: (run: Walk, other: Walk) => boolean;
    readonly versus?: Walks;
    readonly endPoints?: boolean;
    readonly certified?: boolean;
    readonly able?: boolean;
  }
  const even = ({ path }: Walk) => path.at(-1)! % 2 === 0;

  async function stable(given: Walks, options: Case = {}) {
    const { moves = () => false, after = () => "converged", able = true } = options;
    const trainer = randomWalks(options);
    const asked: Disturbed[] = [];
    const training = new Training<Disturbed, Walk>({
      describe: trainer.describe,
      train: async (condition, progress) => {
        asked.push(condition);
        const population = await trainer.train(condition, progress);
        if (!condition.disturbed) return population;
        const runs = population.runs.map((run) => ({
          ...run,
          status: after(run.seed),
          path: moves(run.seed) ? [...run.path, run.path.at(-1)! + 1] : run.path,
        }));
        return { ...population, runs };
      },
      ...(able && {
        disturbed: (condition: Disturbed) => ({
          condition: { ...condition, disturbed: true as const },
          words: "a push",
        }),
      }),
    });
    const { observe = even, endPoints = true, certified = true, versus } = options;
    const cell = { label: "given", given, versus };
    const result = await judged(cell, { ...rules(() => true), observe, endPoints }, training, certified);
    return { ...result, asked };
  }
  const disturbed = ({ asked }: { readonly asked: readonly Disturbed[] }) => asked.filter((each) => each.disturbed);

  test("are the first 32 seeds' that answer as before", async () => {
    const all = await stable(walks(2048, { from: 700 }));
    expect(all.stable).toEqual({ same: 32, of: 32, after: "a push" });
    expect(disturbed(all).map(({ seeds }) => seeds)).toEqual([walks(32, { from: 700 }).seeds]);
    const some = await stable(walks(2048), { moves: (seed) => seed % 8 === 0 });
    expect(some.stable).toEqual({ same: 28, of: 32, after: "a push" });
    // What they are disturbed into decides nothing.
    expect(some).toMatchObject({ verdict: "holds", satisfied: 192, of: 192 });
    expect(await stable(walks(20), { moves: (seed) => seed === 3 })).toMatchObject({ stable: { same: 19, of: 20 } });
  });

  test("are those that still do not meet the criterion, too", async () => {
    const odd = await stable(walks(2048), { observe: (run) => !even(run), moves: (seed) => seed < 5 });
    expect(odd).toMatchObject({ verdict: "refuted", satisfied: 0, stable: { same: 27, of: 32 } });
  });

  test("are compared with the same counterparts", async () => {
    const versus = walks(2048, { from: 5000, steps: 40 });
    const others: number[] = [];
    const observe = (run: Walk, other: Walk) => {
      others.push(other.seed - run.seed);
      return even(run) && other.path.length === 41;
    };
    const { stable: found } = await stable(walks(2048), { versus, observe, moves: (seed) => seed === 0 });
    expect(found).toMatchObject({ same: 31, of: 32 });
    expect(new Set(others)).toEqual(new Set([5000]));
  });

  test("are none where a run that met it diverges; one that had diverged is as it was", async () => {
    const lost = await stable(walks(2048), { after: (seed) => (seed < 3 ? "diverged" : "converged") });
    expect(lost.stable).toMatchObject({ same: 29, of: 32 });
    const ending = (seed: number) => (seed < 2 ? "diverged" : "converged");
    expect((await stable(walks(2048), { ending, after: ending })).stable).toMatchObject({ same: 32 });
    expect((await stable(walks(2048), { ending })).stable).toMatchObject({ same: 30 });
  });

  test.each([
    ["in a control", { certified: false }],
    ["where no ends are claimed", { endPoints: false }],
    ["where a trainer cannot disturb", { able: false }],
  ])("are not looked for %s", async (_, options) => {
    const found = await stable(walks(2048), options);
    expect(found.stable).toBeNull();
    expect(disturbed(found)).toEqual([]);
  });

  test("are told where they cannot be observed", async () => {
    const observe = (run: Walk) => {
      if (!even(run)) throw new Error("odd");
      return true;
    };
    await expect(stable(walks(2048), { observe, moves: (seed) => seed === 9 })).rejects.toThrow(
      'observe failed on seed 9 in "given", disturbed: odd',
    );
  });
});
