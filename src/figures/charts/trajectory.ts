import type { SKRSContext2D } from "canvas";
import { quantile } from "../../statistics/quantile.ts";
import { fail, finite } from "../../util/check.ts";
import { indices } from "../../util/numbers.ts";
import { type Box, bottomAxis, bottomAxisHeight, leftAxis, leftAxisWidth } from "../canvas/axes.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { type LegendEntry, legend, lineSwatch } from "../canvas/legend.ts";
import { checkMarks, type Mark, verticalMarks } from "../canvas/marks.ts";
import { line, type Point, polyline, text } from "../canvas/pen.ts";
import { extent, formatNumber, type Range, type Scale, type ScaleKind, scale } from "../canvas/scale.ts";
import { conditionStyle, palette, textSize, translucent } from "../canvas/style.ts";

export interface TrajectoryOptions {
  readonly caption?: string;
  /** What is measured, with its unit. */
  readonly label: string;
  /** Steps at which it was measured, increasing; on a log axis step 0 stands by itself at the left. */
  readonly steps: readonly number[];
  readonly conditions: readonly Curves[];
  /** Spacing of the steps; linear by default. */
  readonly x?: ScaleKind;
  /** Spacing of the values; linear by default. */
  readonly y?: ScaleKind;
  /** Steps at which something happens. */
  readonly events?: readonly Mark[];
  /** Values worth a horizontal line, such as a closed form. */
  readonly levels?: readonly Mark[];
  /** Size of the panel in CSS pixels, 600 × 340 by default. */
  readonly width?: number;
  readonly height?: number;
}

interface Curves {
  readonly label: string;
  /** One curve a seed, one value a step; a run that ended early has a shorter curve, marked with a cross at its end. */
  readonly runs: readonly (readonly number[])[];
}

/**
 * Curves over training: every seed thin, and thick the median of the seeds still running at each step.
 * Throws InputError on values that are not finite.
 */
export function trajectory(options: TrajectoryOptions): Drawing {
  const { caption, steps, conditions, events = [], levels = [], width = 600, height = 340 } = options;
  check(options);
  checkMarks("event", events);
  checkMarks("level", levels);

  const values = [...conditions.flatMap((c) => c.runs.flat()), ...levels.map((l) => l.value)];
  const early = conditions.some((c) => c.runs.some((run) => run.length < steps.length));
  const entries = conditions.map(({ label, runs }, i): LegendEntry => {
    const { colour, dash } = conditionStyle(i);
    const seeds = runs.length === 1 ? "1 seed" : `${runs.length} seeds; thick: median`;
    return { swatch: lineSwatch({ stroke: colour, width: 3, dash }), label: `${label} (${seeds})` };
  });
  const end = {
    swatch: (ctx: SKRSContext2D, at: Point) => cross(ctx, at, palette.ink),
    label: "run ended early",
  };
  const key = legend([...entries, early && end], width);
  // The left axis needs the labels of the y scale, which do not depend on where the box stands.
  const yDomain = valueDomain(values, options.y ?? "linear");
  const left = leftAxisWidth(scale(options.y ?? "linear", yDomain, [1, 0]), options.label);
  const x = stepScale(steps, options.x ?? "linear", [left + 4, width - 14]);
  const lines = verticalMarks(events, x, width);
  const bottom = height - bottomAxisHeight - key.height - 4;
  const box: Box = { left, right: width - 8, top: lines.height + 8, bottom };
  const y = scale(options.y ?? "linear", yDomain, [box.bottom, box.top]);

  return {
    width,
    height,
    caption,
    draw(ctx) {
      leftAxis(ctx, y, box, options.label);
      bottomAxis(ctx, x, box, "training step");
      const points = (curve: readonly number[]) => curve.map((value, i): Point => [x(steps[i]!), y(value)]);
      for (const [i, { runs }] of conditions.entries()) {
        const opacity = Math.max(0.14, Math.min(0.5, 5 / runs.length));
        const stroke = translucent(conditionStyle(i).colour, opacity);
        for (const run of [...runs].sort(compareCurves)) polyline(ctx, points(run), { stroke });
      }
      for (const [i, { runs }] of conditions.entries()) {
        const { colour, dash } = conditionStyle(i);
        const middle = points(medians(runs, steps.length));
        polyline(ctx, middle, { stroke: palette.paper, width: 5.5 });
        polyline(ctx, middle, { stroke: colour, width: 3, dash });
      }
      for (const [i, { runs }] of conditions.entries())
        for (const run of [...runs].sort(compareCurves))
          if (run.length < steps.length) cross(ctx, points(run).at(-1)!, conditionStyle(i).colour);
      for (const level of levels) {
        const at = y(level.value);
        line(ctx, [box.left, at], [box.right, at], { stroke: palette.ink, width: 1.25, dash: [5, 3] });
        const where = clearerEnd(level.value, conditions);
        const above = at - 9 > box.top ? at - 9 : at + 9;
        text(ctx, level.label, [where === "left" ? box.left + 6 : box.right - 4, above], {
          size: textSize.tick,
          align: where,
          halo: true,
        });
      }
      lines.draw(ctx, box);
      key.draw(ctx, [0, height - key.height]);
    },
  };
}

function cross(ctx: SKRSContext2D, [x, y]: Point, colour: string): void {
  for (const side of [-4, 4]) line(ctx, [x - 4, y - side], [x + 4, y + side], { stroke: colour, width: 1.5 });
}

/** The median over the runs that reach each step, until none does. */
function medians(runs: Curves["runs"], steps: number): number[] {
  const longest = Math.max(...runs.map((run) => run.length));
  return indices(Math.min(steps, longest)).map((i) => {
    const running = runs.filter((run) => run.length > i);
    return quantile(
      running.map((run) => run[i]!),
      0.5,
    );
  });
}

function compareCurves(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at === -1 ? a.length - b.length : a[at]! - (b[at] ?? Number.NEGATIVE_INFINITY);
}

/** With a little room at both ends. */
export function valueDomain(values: readonly number[], kind: ScaleKind): Range {
  const [lo, hi] = extent(values, kind);
  if (kind === "log") {
    const room = lo < hi ? (hi / lo) ** 0.03 : 2;
    return [lo / room, hi * room];
  }
  const room = lo < hi ? 0.03 * (hi - lo) : 0.5;
  return [lo - room, hi + room];
}

/** The end of the panel where the curves keep further away from a level, so that its label covers none. */
function clearerEnd(level: number, conditions: readonly Curves[]): "left" | "right" {
  const runs = conditions.flatMap((c) => c.runs);
  const [starts, ends] = [runs.map((run) => run[0]!), runs.map((run) => run.at(-1)!)];
  const room = (values: readonly number[]) => Math.min(...values.map((value) => Math.abs(value - level)));
  return room(starts) > room(ends) ? "left" : "right";
}

/** On a log axis step 0, if there, stands half a decade before the first positive step. */
export function stepScale(steps: readonly number[], kind: ScaleKind, range: Range): Scale {
  const positive = steps.filter((step) => step > 0);
  const [first, last] = [positive[0]!, positive.at(-1)!];
  if (kind === "linear") return scale("linear", [steps[0]!, last], range);
  if (steps[0]! > 0) return scale("log", [first, last], range);
  const start = range[0] + 36;
  const later = scale("log", [first, Math.max(last, first * 1.1)], [start, range[1]]);
  return Object.assign((step: number) => (step > 0 ? later(step) : range[0]), {
    ticks: [{ value: 0, label: formatNumber(0) }, ...later.ticks],
  });
}

function check({ steps, conditions }: TrajectoryOptions): void {
  for (const [i, step] of steps.entries()) {
    finite(`step ${i}`, step, 0);
    if (i > 0 && step <= steps[i - 1]!) fail(`step ${i}`, step, `a number above ${steps[i - 1]}`);
  }
  if (steps.length < 2) fail("steps", steps, "at least two");
  if (conditions.length === 0) fail("conditions", conditions, "at least one");
  for (const { label, runs } of conditions) {
    if (runs.length === 0) fail(`runs of "${label}"`, runs, "at least one");
    for (const [r, run] of runs.entries()) {
      if (run.length === 0 || run.length > steps.length)
        fail(`length of run ${r} of "${label}"`, run.length, `1 to ${steps.length}, one value a step`);
      for (const [i, value] of run.entries()) finite(`value of run ${r} of "${label}" at step ${steps[i]}`, value);
    }
  }
}
