import type { SKRSContext2D } from "canvas";
import { fail, finite, wholeNumber } from "../../util/check.ts";
import { type Box, bottomAxis, bottomAxisHeight } from "../canvas/axes.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { textWidth } from "../canvas/fonts.ts";
import { boxSwatch, legend } from "../canvas/legend.ts";
import { checkMarks, type Mark, verticalMarks } from "../canvas/marks.ts";
import { line, rectangle, text, wrap } from "../canvas/pen.ts";
import { formatNumber, type Range, scale } from "../canvas/scale.ts";
import { conditionStyle, lighten, palette, textSize } from "../canvas/style.ts";

export interface ProportionsOptions {
  readonly caption?: string;
  /** What the seeds are sorted by: "directions learned". */
  readonly label: string;
  /** From top to bottom, each with one bar a condition that has it. */
  readonly categories: readonly string[];
  readonly conditions: readonly Counts[];
  /** Thresholds, as proportions. */
  readonly marks?: readonly Mark[];
  /** Width of the panel in CSS pixels, 600 by default. */
  readonly width?: number;
}

export interface Counts {
  readonly label: string;
  /** Seeds in all, those in no category included. */
  readonly seeds: number;
  /** By category; a category that is missing counts 0. */
  readonly of: Readonly<Record<string, Count>>;
}

interface Count {
  readonly count: number;
  /** Confidence interval of the proportion, drawn as a whisker. */
  readonly interval?: Range;
}

const barHeight = 18;
const afterCategory = 12;
const countOf = (count: number, seeds: number) => `${formatNumber(count)} of ${formatNumber(seeds)}`;

/**
 * How many seeds fall into each category, as bars over a common axis from 0 to 100 %, with the count written beside each
 * and its interval as a whisker. Throws InputError on counts or intervals that are no proportions.
 */
export function proportions(options: ProportionsOptions): Drawing {
  const { caption, categories, conditions, marks = [], width = 600 } = options;
  if (categories.length === 0) fail("categories", categories, "at least one");
  if (conditions.length === 0) fail("conditions", conditions, "at least one");
  for (const condition of conditions) check(condition, categories);
  checkMarks("threshold", marks);

  const names = categories.map((c) => wrap(c, 180, textSize.body));
  const side = Math.ceil(Math.max(...names.flat().map((l) => textWidth(l, textSize.body)))) + 12;
  const numbers = conditions.map((c) => countOf(c.seeds, c.seeds));
  const right = Math.ceil(Math.max(...numbers.map((n) => textWidth(n, textSize.body, "bold")))) + 14;
  const x = scale("linear", [0, 1], [side, width - right], 5);
  const lines = verticalMarks(marks, x, width);
  const titleHeight = 22;
  const groupHeight = Math.max(conditions.length * barHeight, 20) + afterCategory;
  const top = titleHeight + lines.height + 4;
  const box: Box = { left: side, right: width - right, top, bottom: top + categories.length * groupHeight };
  const percent = Object.assign((value: number) => x(value), {
    ticks: x.ticks.map(({ value }) => ({ value, label: `${Math.round(value * 100)}%` })),
  });
  const key = legend(
    conditions.map((c, i) => ({
      swatch: boxSwatch({ fill: lighten(conditionStyle(i).colour, 0.25) }),
      label: `${c.label} (${formatNumber(c.seeds)} seeds)`,
    })),
    width,
  );

  function bar(ctx: SKRSContext2D, y: number, index: number, { seeds }: Counts, { count, interval }: Count) {
    const { colour } = conditionStyle(index);
    const middle = y + barHeight / 2;
    const end = x(count / seeds);
    rectangle(ctx, box.left, y + 2, end - box.left, barHeight - 4, { fill: lighten(colour, 0.25) });
    if (interval) {
      const [from, to] = [x(interval[0]), x(interval[1])];
      const whisker = { stroke: palette.ink, width: 1.5 };
      line(ctx, [from, middle], [to, middle], whisker);
      for (const at of [from, to]) line(ctx, [at, middle - 4], [at, middle + 4], whisker);
    }
    text(ctx, countOf(count, seeds), [box.right + 12, middle], {
      size: textSize.body,
      weight: count > seeds / 2 ? "bold" : "regular",
    });
  }

  return {
    width,
    height: box.bottom + bottomAxisHeight + key.height + 4,
    caption,
    draw(ctx) {
      text(ctx, options.label, [0, 9], { size: textSize.body, weight: "bold" });
      bottomAxis(ctx, percent, box, "proportion of seeds");
      for (const [c, category] of categories.entries()) {
        const y = box.top + c * groupHeight + afterCategory / 2;
        const middle = y + (groupHeight - afterCategory) / 2;
        for (const [l, line] of names[c]!.entries())
          text(ctx, line, [side - 10, middle + (l - (names[c]!.length - 1) / 2) * 16], {
            size: textSize.body,
            align: "right",
          });
        for (const [i, condition] of conditions.entries())
          bar(ctx, y + i * barHeight, i, condition, condition.of[category] ?? { count: 0 });
      }
      line(ctx, [box.left, box.top], [box.left, box.bottom], { stroke: palette.muted });
      lines.draw(ctx, box);
      key.draw(ctx, [0, box.bottom + bottomAxisHeight + 4]);
    },
  };
}

function check({ label, seeds, of }: Counts, categories: readonly string[]): void {
  wholeNumber(`seeds of "${label}"`, seeds, 1);
  for (const [category, { count, interval }] of Object.entries(of)) {
    const what = `"${category}" of "${label}"`;
    if (!categories.includes(category)) fail("category", category, `one of ${categories.join(", ")}`);
    if (wholeNumber(`count of ${what}`, count, 0) > seeds) fail(`count of ${what}`, count, `at most ${seeds}`);
    for (const bound of interval ?? [])
      if (finite(`interval of ${what}`, bound, 0) > 1) fail(`interval of ${what}`, bound, "at most 1");
  }
}
