import { type Count, judge, weigh } from "../claim/verdict.ts";

/** Numbers of seeds are multiples of this: the seeds that are trained and kept together. */
const block = 32;
/** How far a look may lie ahead of a small number of seeds; of a large one, twice as far. */
const far = 256;

/**
 * How many seeds to have at the next look: as many as would decide if the further ones were like those so far. Where that is far
 * away, twice as many as now. It depends on nothing but what was seen, so the verdicts' error rate holds, and so does what
 * is used, whatever trains it.
 */
export function nextLook(count: Count, threshold: number, errorRate: number, most: number): number {
  const { of, satisfied, undecided } = count;
  const limit = Math.min(most, Math.max(far, 2 * of));
  if (of === 0) return Math.min(block, most);
  for (let n = of + block; n < limit; n += block) {
    const met = Math.round((satisfied * n) / of);
    const like = { of: n, satisfied: met, undecided: Math.min(n - met, Math.round((undecided * n) / of)) };
    if (judge(weigh(like, threshold), errorRate) !== "inconclusive") return n;
  }
  return limit;
}

/** The fewest seeds that can decide, if all of them agree: to hold, and to be refuted. */
export function fewest(threshold: number, errorRate: number): { readonly holds: number; readonly refuted: number } {
  const least = (verdict: "holds" | "refuted") => {
    const decides = (of: number) => {
      const count = { of, undecided: 0, satisfied: verdict === "holds" ? of : 0 };
      return judge(weigh(count, threshold), errorRate) === verdict;
    };
    let [short, enough] = [0, 1];
    while (!decides(enough)) [short, enough] = [enough, 2 * enough];
    while (enough - short > 1) {
      const middle = Math.floor((short + enough) / 2);
      if (decides(middle)) enough = middle;
      else short = middle;
    }
    return enough;
  };
  return { holds: least("holds"), refuted: least("refuted") };
}
