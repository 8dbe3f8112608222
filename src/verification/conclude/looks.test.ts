import { test as check, fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { judge, weigh } from "../claim/verdict.ts";
import { fewest, nextLook } from "./looks.ts";

const count = (satisfied: number, of: number, undecided = 0) => ({ satisfied, of, undecided });

describe("the next look", () => {
  test.each([
    ["nothing seen yet", count(0, 0), 0.95, 1e-4, 2048, 32],
    ["fewer than that in all", count(0, 0), 0.95, 1e-4, 20, 20],
    ["all met: where that decides", count(32, 32), 0.95, 1e-4, 2048, 192],
    ["and not beyond the most", count(32, 32), 0.95, 1e-4, 100, 100],
    ["all met of four cells", count(32, 32), 0.95, 2.5e-5, 2048, 224],
    ["none met, though that is decided", count(0, 32), 0.95, 1e-4, 2048, 64],
    ["two of three, against a half", count(43, 64), 0.5, 1e-4, 2048, 224],
    ["four of five", count(51, 64), 0.5, 1e-4, 2048, 96],
    ["as many as the threshold: far", count(16, 32), 0.5, 1e-4, 2048, 256],
    ["far, from 96", count(48, 96), 0.5, 1e-4, 2048, 256],
    ["far, from 256: twice as many", count(128, 256), 0.5, 1e-4, 2048, 512],
    ["far, from 320", count(304, 320), 0.95, 1e-4, 2048, 640],
    ["far, and the most is near", count(304, 320), 0.95, 1e-4, 500, 500],
    ["all unfinished: far", count(0, 32, 32), 0.95, 1e-4, 2048, 256],
    ["half of them unfinished, the rest fails", count(0, 64, 32), 0.95, 1e-4, 2048, 96],
  ] as const)("%s", (_, seen, threshold, errorRate, most, next) => {
    expect(nextLook(seen, threshold, errorRate, most)).toBe(next);
  });

  const seen = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ max: 1, min: 0 }))
    .filter(([, a, b]) => Number.isFinite(a + b))
    .map(([blocks, met, rest]) => {
      const of = 32 * blocks;
      const satisfied = Math.round(met * of);
      return count(satisfied, of, Math.round(rest * (of - satisfied)));
    });
  const threshold = fc.constantFrom(0.01, 0.5, 0.9, 0.95, 0.99);
  check.prop([seen, threshold, fc.integer({ min: 1, max: 2000 })], { numRuns: 300 })(
    "lies ahead, on a multiple of 32 or at the most, within twice as many or 256",
    (soFar, t, more) => {
      const { of } = soFar;
      const most = of + more;
      const next = nextLook(soFar, t, 1e-4, most);
      expect(next).toBeGreaterThan(of);
      expect(next).toBeLessThanOrEqual(Math.min(most, Math.max(256, 2 * of)));
      if (next !== most) expect(next % 32).toBe(0);
      // Where there are more, it is the same: a larger most goes on with the looks of a smaller one.
      const freely = nextLook(soFar, t, 1e-4, 10 * most);
      expect(next).toBe(Math.min(freely, most));
      // Seeds like those so far would not have decided a block earlier.
      const like = (n: number) => {
        const satisfied = Math.round((soFar.satisfied * n) / of);
        return count(satisfied, n, Math.min(n - satisfied, Math.round((soFar.undecided * n) / of)));
      };
      for (let n = of + 32; n < next; n += 32) expect(judge(weigh(like(n), t), 1e-4)).toBe("inconclusive");
      if (freely < Math.max(256, 2 * of)) expect(judge(weigh(like(freely), t), 1e-4)).not.toBe("inconclusive");
    },
  );
});

describe("the fewest seeds that decide, all of them agreeing", () => {
  test.each([
    [0.95, 1e-4, 192, 4],
    [0.95, 2.5e-5, 219, 4],
    [0.5, 1e-4, 15, 15],
    [0.5, 2.5e-5, 17, 17],
    [0.99, 2.5e-5, 1115, 3],
    [0.01, 1e-4, 3, 976],
  ])("against %s at %s: %i to hold, %i to be refuted", (threshold, errorRate, holds, refuted) => {
    expect(fewest(threshold, errorRate)).toEqual({ holds, refuted });
  });

  const share = fc.double({ min: 0.005, max: 0.995, noNaN: true });
  const rate = fc.double({ min: 1e-8, max: 0.3, noNaN: true });
  check.prop([share, rate])(
    "are the smallest such, and no fewer than 1/θ to the power of them needs",
    (t, errorRate) => {
      const { holds, refuted } = fewest(t, errorRate);
      const verdict = (satisfied: number, of: number) => judge(weigh(count(satisfied, of), t), errorRate);
      expect(verdict(holds, holds)).toBe("holds");
      expect(verdict(0, refuted)).toBe("refuted");
      if (holds > 1) expect(verdict(holds - 1, holds - 1)).not.toBe("holds");
      if (refuted > 1) expect(verdict(0, refuted - 1)).not.toBe("refuted");
      // No evidence is more than the ratio of the likeliest share, 1, to θ.
      expect(holds).toBeGreaterThanOrEqual(Math.log(errorRate) / Math.log(t));
      expect(refuted).toBeGreaterThanOrEqual(Math.log(errorRate) / Math.log1p(-t));
    },
  );
});
