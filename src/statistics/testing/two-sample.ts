import { createTorchUniform } from "../../util/torch-random.ts";

/**
 * Whether two samples come from one distribution: a permutation test, exact at any size. The p-value is the share of
 * divisions of the pooled values into two samples of these sizes, theirs among them, that differ at least as much: by
 * the Kolmogorov–Smirnov distance where all values are numbers (infinite ones too), else by Pearson's χ² of the counts.
 * For pairs that resemble each other, such as the same seeds trained twice, it is conservative.
 *
 * @param tolerance numbers that differ by no more than this, or by this share of one above 1, count as equal
 * @param permutations random divisions to hold the samples against; the least p-value is 1/(permutations + 1)
 */
export function twoSamplePValue(
  a: readonly (number | string)[],
  b: readonly (number | string)[],
  { tolerance = 0, permutations = 9999, seed = 1 } = {},
): number {
  const values = [...a, ...b];
  const numbers = values.filter((v) => typeof v === "number");
  const distance =
    numbers.length === values.length
      ? distanceOfNumbers(numbers, tolerance, a.length)
      : distanceOfCounts(values.map(String), a.length);
  const inA = values.map((_, i) => i < a.length);
  const observed = distance(inA);
  const uniform = createTorchUniform(seed);
  let asFar = 1;
  for (let k = 0; k < permutations; k++) {
    shuffle(inA, uniform);
    // Sums of shares that are equal on paper may differ in their last bits.
    if (distance(inA) >= observed - 1e-12) asFar++;
  }
  return asFar / (permutations + 1);
}

/** How far two samples are apart, given which of the pooled values belong to the first. */
type Distance = (inA: readonly boolean[]) => number;

/** The largest difference, either way, between the share of one sample up to x and that of the other up to just above x. */
function distanceOfNumbers(values: readonly number[], tolerance: number, sizeOfA: number): Distance {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]! || 0);
  const sorted = order.map((i) => values[i]!);
  /** How many values lie below or at each, and how many below or just above it. */
  const upTo = sorted.map((x) => sorted.filter((y) => y <= x).length);
  const justAbove = sorted.map((x) => {
    const most = Number.isFinite(x) ? x + tolerance * Math.max(1, Math.abs(x)) : x;
    return sorted.filter((y) => y <= most).length;
  });
  const sizeOfB = values.length - sizeOfA;
  const shareA = new Float64Array(values.length + 1);
  const shareB = new Float64Array(values.length + 1);
  return (inA) => {
    let count = 0;
    order.forEach((i, place) => {
      if (inA[i]) count++;
      shareA[place + 1] = count / sizeOfA;
      shareB[place + 1] = (place + 1 - count) / sizeOfB;
    });
    let most = 0;
    for (let place = 0; place < values.length; place++) {
      const [at, above] = [upTo[place]!, justAbove[place]!];
      most = Math.max(most, shareA[at]! - shareB[above]!, shareB[at]! - shareA[above]!);
    }
    return most;
  };
}

function distanceOfCounts(words: readonly string[], sizeOfA: number): Distance {
  const kinds = [...new Set(words)];
  const kindOf = words.map((word) => kinds.indexOf(word));
  const totals = kinds.map((_, k) => kindOf.filter((kind) => kind === k).length);
  const sizeOfB = words.length - sizeOfA;
  return (inA) => {
    const counts = kinds.map(() => 0);
    kindOf.forEach((kind, i) => {
      if (inA[i]) counts[kind]!++;
    });
    return counts.reduce((sum, n, k) => sum + (n / sizeOfA - (totals[k]! - n) / sizeOfB) ** 2 / totals[k]!, 0);
  };
}

/** Fisher–Yates, in place. */
function shuffle<T>(values: T[], uniform: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
}
