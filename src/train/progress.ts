import { duration } from "../util/duration.ts";

/** How far a training is. A seed-step is one step of one seed; a seed that ended early has done its whole budget. */
export interface Progress {
  readonly seeds: { readonly done: number; readonly total: number };
  readonly seedSteps: { readonly done: number; readonly total: number };
  /** Seed-steps computed a second; 0 until known. */
  readonly rate: number;
  /** null until known. */
  readonly secondsLeft: number | null;
}

/** Keeps count of a training. `now` gives milliseconds. */
export class Tally {
  private cached = 0;
  private ended = 0;
  /** Seed-steps computed so far, and those of them that belong to seeds that have ended. */
  private computed = 0;
  private computedByEnded = 0;
  /** The first report: rates are measured from there, so that starting an engine does not count as slowness. */
  private first: { time: number; computed: number; trained: number } | null = null;

  constructor(
    private readonly seeds: number,
    private readonly steps: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Seeds read from the cache. */
  read(seeds: number): void {
    this.cached += seeds;
  }

  /** Seed-steps computed since the last call. */
  advance(seedSteps: number): void {
    this.computed += seedSteps;
    this.first ??= { time: this.now(), computed: this.computed, trained: this.trained };
  }

  /** Seeds that ended, and the steps each of them took. */
  end(steps: readonly number[]): void {
    this.ended += steps.length;
    for (const s of steps) this.computedByEnded += s;
  }

  /** Seed-steps of the budget that training, not the cache, has done. */
  private get trained(): number {
    const underWay = Math.max(0, this.computed - this.computedByEnded);
    return Math.min((this.seeds - this.cached) * this.steps, this.ended * this.steps + underWay);
  }

  get progress(): Progress {
    const { first, trained } = this;
    const total = this.seeds * this.steps;
    const done = this.cached * this.steps + trained;
    const seconds = first ? (this.now() - first.time) / 1000 : 0;
    const since = first ? trained - first.trained : 0;
    return {
      seeds: { done: this.cached + this.ended, total: this.seeds },
      seedSteps: { done, total },
      rate: first && seconds > 0 ? (this.computed - first.computed) / seconds : 0,
      secondsLeft: since > 0 ? ((total - done) / since) * seconds : null,
    };
  }
}

/** Where a progress line is shown: a terminal, or something that stands for one. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two drawings of the line. */
const interval = 200;

/**
 * One line, redrawn in place at most five times a second and wiped by `clear`. Silent where nobody watches: when the
 * stream is not a terminal or the variable CI is set.
 */
export function createProgressLine(
  terminal: Terminal = process.stderr,
  now: () => number = () => performance.now(),
): { update(progress: Progress): void; clear(): void } {
  const silent = !terminal.isTTY || Boolean(process.env.CI);
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(progress) {
      if (silent || now() - drawn < interval) return;
      drawn = now();
      terminal.write(`\r\u001b[K${formatProgress(progress).slice(0, (terminal.columns || 80) - 1)}`);
    },
    clear() {
      if (drawn > Number.NEGATIVE_INFINITY) terminal.write("\r\u001b[K");
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
}

export function formatProgress({ seeds, seedSteps, rate, secondsLeft }: Progress): string {
  const percent = Math.floor((100 * seedSteps.done) / seedSteps.total);
  return [
    `training ${seeds.done}/${seeds.total} seeds`,
    `${percent}% of ${metric(seedSteps.total)} seed-steps`,
    rate === 0 ? "" : `${metric(rate)}/s`,
    secondsLeft === null ? "" : `${duration(secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** 1234567 as 1.2 M. */
function metric(value: number): string {
  for (const [unit, name] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const)
    if (value >= unit) return `${(value / unit).toFixed(1)} ${name}`;
  return value.toFixed(0);
}
