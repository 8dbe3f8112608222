import { test as check, fc } from "@fast-check/vitest";
import { mersenne } from "pure-rand/generator/mersenne";
import { describe, expect, test } from "vitest";
import { lowerBound, upperBound } from "./clopper-pearson.ts";
import { logEvidenceAbove, logEvidenceBelow, sequentialInterval } from "./e-process.ts";

const relative = (value: number, truth: number) => Math.abs(value - truth) / Math.max(1, Math.abs(truth));

/** The integrand of the docstring, by Simpson's rule on 20,000 intervals. */
function integrated(threshold: number, successes: number, failures: number): number {
  const steps = 20_000;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const u = i / steps;
    const weight = i === 0 || i === steps ? 1 : i % 2 ? 4 : 2;
    sum += weight * u ** failures * (u + (1 - u) / threshold) ** successes;
  }
  return sum / (3 * steps);
}

/** The same integral term by term: C(S, j) θ^−(S−j) B(F + j + 1, S − j + 1), all of one sign. */
function expanded(threshold: number, successes: number, failures: number): number {
  let beta = 1;
  for (let k = 1; k <= successes; k++) beta *= k / (failures + k);
  let term = (beta / (successes + failures + 1)) * threshold ** -successes;
  let sum = term;
  for (let j = 1; j <= successes; j++) {
    term *= (threshold * (failures + j)) / j;
    sum += term;
  }
  return sum;
}

const total = (threshold: number, successes: number, failures: number, integral = expanded) =>
  (failures === 0 ? 0.5 * threshold ** -successes : 0) + 0.5 * integral(threshold, successes, failures);

describe("the evidence that a proportion lies above a threshold", () => {
  test.each([
    [0.95, 20, 3],
    [0.95, 60, 0],
    [0.5, 30, 30],
    [0.5, 0, 12],
    [0.3, 9, 40],
    [0.8, 1, 1],
  ])("θ = %s, %i successes, %i failures: the formula, integrated", (threshold, successes, failures) => {
    const evidence = Math.exp(logEvidenceAbove(threshold, successes, failures));
    const truth = total(threshold, successes, failures, integrated);
    expect(Math.abs(evidence / truth - 1)).toBeLessThan(1e-9);
  });

  const threshold = fc.double({ min: 0.02, max: 0.995, noNaN: true });
  check.prop([threshold, fc.nat(80), fc.nat(200)])("is the sum of its terms", (t, successes, failures) => {
    const truth = Math.log(total(t, successes, failures));
    expect(relative(logEvidenceAbove(t, successes, failures), truth)).toBeLessThan(1e-12);
  });

  test.each([0.05, 0.5, 0.95, 0.999])("θ = %s: the closed forms, where E itself over- or underflows, too", (t) => {
    for (const n of [1, 32, 2048, 100_000]) {
      expect(relative(logEvidenceAbove(t, 0, n), -Math.log(2 * (n + 1)))).toBeLessThan(1e-12);
      // ½ θ^−n + ½ (θ^−(n+1) − 1) / ((n + 1) (1/θ − 1)), with θ^−n taken out.
      const mixed = (1 / t - t ** n) / ((n + 1) * (1 / t - 1));
      const certain = -n * Math.log(t) + Math.log((1 + mixed) / 2);
      expect(relative(logEvidenceAbove(t, n, 0), certain)).toBeLessThan(1e-12);
    }
    expect(logEvidenceAbove(t, 0, 0)).toBeCloseTo(0, 13);
    expect(logEvidenceBelow(t, 0, 0)).toBeCloseTo(0, 13);
  });

  test("the fewest seeds that decide at an error rate of 0.0001 over four cells", () => {
    const enough = Math.log(4e4);
    const fewest = (evidence: (n: number) => number) => {
      let n = 1;
      while (evidence(n) < enough) n++;
      return n;
    };
    expect(fewest((n) => logEvidenceAbove(0.95, n, 0))).toBe(219);
    expect(fewest((n) => logEvidenceBelow(0.95, 0, n))).toBe(4);
    expect(fewest((n) => logEvidenceAbove(0.5, n, 0))).toBe(17);
    expect(fewest((n) => logEvidenceBelow(0.5, 0, n))).toBe(17);
  });

  const counts = [threshold, fc.nat(2000), fc.nat(2000)] as const;
  check.prop([...counts, fc.double({ min: 0.001, max: 0.9, noNaN: true })])(
    "falls as the threshold rises, and the evidence below it rises",
    (t, successes, failures, part) => {
      const higher = t + part * (1 - t);
      const gain = (evidence: typeof logEvidenceAbove) =>
        evidence(higher, successes, failures) - evidence(t, successes, failures);
      if (successes > 0) expect(gain(logEvidenceAbove)).toBeLessThan(0);
      if (failures > 0) expect(gain(logEvidenceBelow)).toBeGreaterThan(0);
    },
  );

  check.prop([...counts])("rises with a success in place of a failure, as the evidence below falls", (t, s, f) => {
    expect(logEvidenceAbove(t, s + 1, f)).toBeGreaterThan(logEvidenceAbove(t, s, f + 1));
    expect(logEvidenceBelow(t, s + 1, f)).toBeLessThan(logEvidenceBelow(t, s, f + 1));
  });

  check.prop([fc.integer({ min: 1, max: 63 }), fc.nat(500), fc.nat(500)])("mirrors that below 1 − θ", (k, s, f) => {
    expect(logEvidenceBelow(k / 64, s, f)).toBe(logEvidenceAbove(1 - k / 64, f, s));
  });

  test("refuses what is no threshold, and no count", () => {
    for (const evidence of [logEvidenceAbove, logEvidenceBelow]) {
      expect(() => evidence(0, 1, 1)).toThrow("invalid threshold: 0");
      expect(() => evidence(1, 1, 1)).toThrow("invalid threshold: 1; expected a proportion below 1");
      expect(() => evidence(0.5, -1, 1)).toThrow("invalid successes: -1");
      expect(() => evidence(0.5, 1, 0.5)).toThrow("invalid failures: 0.5");
    }
  });
});

const thresholds = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
/** E⁺ with the proportions of which it must not convince, and E⁻ with those of which that must not. */
const processes = [
  ["above", logEvidenceAbove, (p: number, t: number) => p <= t],
  ["below", logEvidenceBelow, (p: number, t: number) => p >= t],
] as const;
const proportions = (t: number) => [0, 1e-4, ...thresholds, t / 2, t, (1 + t) / 2, 1 - 1e-4, 1];

describe.each(processes)("under every proportion that is not %s the threshold", (_, logEvidence, isNull) => {
  const evidence = (t: number, s: number, f: number) => Math.exp(logEvidence(t, s, f));

  test("the evidence is at most 1 on average, after any number of seeds up to 14, and just 1 at the threshold", () => {
    for (const t of thresholds)
      for (const p of proportions(t).filter((q) => isNull(q, t)))
        for (let n = 0; n <= 14; n++) {
          let mean = 0;
          let ways = 1;
          for (let s = 0; s <= n; s++) {
            mean += ways * p ** s * (1 - p) ** (n - s) * evidence(t, s, n - s);
            ways *= (n - s) / (s + 1);
          }
          expect(mean).toBeLessThanOrEqual(1 + 1e-12);
          if (p === t) expect(Math.abs(mean - 1)).toBeLessThan(1e-12);
        }
  });

  test("one more seed leaves it as it is on average, or lowers it, from every state", () => {
    for (const t of thresholds)
      for (const p of proportions(t).filter((q) => isNull(q, t)))
        for (let n = 0; n <= 14; n++)
          for (let s = 0; s <= n; s++) {
            const f = n - s;
            const next = p * evidence(t, s + 1, f) + (1 - p) * evidence(t, s, f + 1);
            const ratio = next / evidence(t, s, f);
            expect(ratio).toBeLessThanOrEqual(1 + 1e-12);
            if (p === t) expect(Math.abs(ratio - 1)).toBeLessThan(1e-12);
          }
  });
});

describe("20,000 claims at the threshold, looked at after every seed up to 2,000", () => {
  const [claims, most, errorRate] = [20_000, 2000, 0.01];
  const limit = -Math.log(errorRate);

  /** By number of seeds: from how many successes on E⁺ decides, and up to how many E⁻ does. */
  function boundaries(t: number) {
    const above = new Int32Array(most + 1);
    const below = new Int32Array(most + 1);
    let [enough, few] = [0, -1];
    for (let n = 0; n <= most; n++) {
      while (enough <= n && logEvidenceAbove(t, enough, n - enough) < limit) enough++;
      while (few < n && logEvidenceBelow(t, few + 1, n - few - 1) >= limit) few++;
      above[n] = enough;
      below[n] = few;
    }
    return { above, below };
  }

  test.each([0.05, 0.5, 0.8, 0.95])("θ = %s: at most 1 % are decided, either way", (t) => {
    const { above, below } = boundaries(t);
    const generator = mersenne(Math.round(1000 * t));
    const below2to32 = t * 2 ** 32;
    let [up, down, both] = [0, 0, 0];
    for (let claim = 0; claim < claims; claim++) {
      let successes = 0;
      let [crossedUp, crossedDown] = [false, false];
      for (let n = 1; n <= most; n++) {
        if (generator.next() >>> 0 < below2to32) successes++;
        if (successes >= above[n]!) crossedUp = true;
        if (successes <= below[n]!) crossedDown = true;
      }
      if (crossedUp) up++;
      if (crossedDown) down++;
      if (crossedUp && crossedDown) both++;
    }
    for (const crossed of [up, down]) {
      // With an interval, so that another generator or seed would do.
      expect(lowerBound(crossed, claims, 1e-3)).toBeLessThanOrEqual(errorRate);
      expect(upperBound(crossed, claims, 1e-3)).toBeLessThanOrEqual(1.25 * errorRate);
      // Nor is it so timid that this would show nothing.
      expect(crossed).toBeGreaterThan((claims * errorRate) / 4);
    }
    // The interval, which both leave, misses the proportion at some time in at most twice as many.
    expect(lowerBound(up + down - both, claims, 1e-3)).toBeLessThanOrEqual(2 * errorRate);
  });
});

describe("the sequential interval", () => {
  const rate = fc.double({ min: 1e-5, max: 0.3, noNaN: true });
  const count = fc.tuple(fc.nat(2000), fc.nat(2000)).filter(([s, f]) => s + f > 0);

  check.prop([count, rate], { numRuns: 50 })("is what neither evidence has rejected", ([s, f], errorRate) => {
    const [low, high] = sequentialInterval(s, f, errorRate);
    const limit = -Math.log(errorRate);
    const share = s / (s + f);
    expect(low).toBeLessThanOrEqual(share);
    expect(high).toBeGreaterThanOrEqual(share);
    const rejected = (p: number) => logEvidenceAbove(p, s, f) >= limit;
    if (low > 0) expect([0.5, 1 - 1e-6, 1 + 1e-6].map((k) => rejected(k * low))).toEqual([true, true, false]);
    else expect(s).toBe(0);
    // Above, it is the interval of the failures.
    expect(Math.abs(high - (1 - sequentialInterval(f, s, errorRate)[0]))).toBeLessThan(1e-12);
    expect(high === 1).toBe(f === 0);
    if (high < 0.999) expect(logEvidenceBelow(high + 1e-6, s, f)).toBeGreaterThanOrEqual(limit);
  });

  check.prop([count, rate, fc.double({ min: 1.01, max: 3, noNaN: true })], { numRuns: 50 })(
    "lies within that of a smaller error rate",
    ([s, f], errorRate, times) => {
      const [low, high] = sequentialInterval(s, f, errorRate);
      const [wideLow, wideHigh] = sequentialInterval(s, f, errorRate / times);
      if (s > 0) expect(wideLow).toBeLessThan(low);
      if (f > 0) expect(wideHigh).toBeGreaterThan(high);
    },
  );

  test.each([0.05, 0.5, 0.9])("after 60 seeds misses a proportion of %s in at most twice the error rate", (p) => {
    const [n, errorRate] = [60, 0.05];
    let missed = 0;
    let chance = (1 - p) ** n;
    for (let s = 0; s <= n; s++) {
      const [low, high] = sequentialInterval(s, n - s, errorRate);
      if (p < low || p > high) missed += chance;
      chance *= ((n - s) / (s + 1)) * (p / (1 - p));
    }
    expect(missed).toBeGreaterThan(0);
    expect(missed).toBeLessThanOrEqual(2 * errorRate);
  });

  test("refuses what is no error rate", () => {
    expect(() => sequentialInterval(1, 1, 0)).toThrow("invalid error rate: 0");
    expect(() => sequentialInterval(1, 1, 1)).toThrow("invalid error rate: 1");
  });
});
