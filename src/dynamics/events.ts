import { fail } from "../util/check.ts";

/**
 * Events read off a quantity at checkpoints, [checkpoints] in the order of time. What happens between two checkpoints
 * is not seen; two events at the same checkpoint are a tie.
 */

/**
 * The checkpoint at which the loss changes least for each factor of time, |dL/d ln t| by central differences, among
 * those with `times` within the window: where a first configuration stands. The earliest of equals. Undefined when no
 * inner checkpoint lies in the window.
 */
export function plateau(
  times: readonly number[],
  losses: readonly number[],
  [from, to]: readonly [number, number],
): number | undefined {
  if (times.length !== losses.length) fail("losses", losses.length, `one for each of the ${times.length} times`);
  let best: { at: number; slope: number } | undefined;
  for (let i = 1; i + 1 < times.length; i++) {
    if (times[i]! < from || times[i]! > to || times[i - 1]! <= 0) continue;
    const slope = Math.abs((losses[i + 1]! - losses[i - 1]!) / Math.log(times[i + 1]! / times[i - 1]!));
    if (!best || slope < best.slope) best = { at: i, slope };
  }
  return best?.at;
}

/** Checkpoints after `from` at which a count exceeds everything it was since `from`. */
export function newHighs(counts: readonly number[], from: number): number[] {
  const found: number[] = [];
  let highest = counts[from] ?? Number.POSITIVE_INFINITY;
  for (let i = from + 1; i < counts.length; i++)
    if (counts[i]! > highest) {
      found.push(i);
      highest = counts[i]!;
    }
  return found;
}

/** How far the loss falls from `reach` checkpoints before to `reach` after, or to the ends. */
export function dropAround(losses: readonly number[], at: number, reach: number): number {
  return losses[Math.max(0, at - reach)]! - losses[Math.min(losses.length - 1, at + reach)]!;
}
