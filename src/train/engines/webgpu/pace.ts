/** Milliseconds that a dispatch should take: short beside a driver's watchdog (2 s), long beside the host's part of it. */
const TARGET = 75;
const FIRST = 4;
/** The most by which a stretch may be longer than one that was timed. */
const GROWTH = 8;

/** How many steps to put into a dispatch, from how long the last ones took. */
export class Pace {
  private steps = FIRST;

  get next(): number {
    return this.steps;
  }

  /** So many steps took so many milliseconds. */
  measured(steps: number, elapsed: number): void {
    const wanted = elapsed > 0 ? Math.floor((steps * TARGET) / elapsed) : Number.POSITIVE_INFINITY;
    // A stretch cut short (by a checkpoint) says little; it is no reason to shorten those that are fast enough.
    const most = Math.max(GROWTH * steps, this.steps);
    this.steps = Math.max(1, Math.min(wanted, most, 2 ** 20));
  }
}
