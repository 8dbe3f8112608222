import { quantile } from "../../statistics/quantile.ts";
import { fail, finite, wholeNumber } from "../../util/check.ts";
import { type Box, bottomAxis, bottomAxisHeight } from "../canvas/axes.ts";
import type { Drawing } from "../canvas/drawing.ts";
import { checkMarks, type Mark, verticalMarks } from "../canvas/marks.ts";
import { line, type Point, paragraph, paragraphHeight, polyline, rectangle, wrap } from "../canvas/pen.ts";
import { extent, formatNumber, formatWithin, type Range, type ScaleKind, scale } from "../canvas/scale.ts";
import { conditionStyle, lighten, palette, quiet, textSize, translucent } from "../canvas/style.ts";

export interface DistributionOptions {
  readonly caption?: string;
  /** What the values are, with their unit. */
  readonly label: string;
  readonly conditions: readonly Sample[];
  /** Thresholds, closed forms. */
  readonly marks?: readonly Mark[];
  readonly kind?: ScaleKind;
  /** The least range to show; it grows to hold every value and mark. */
  readonly domain?: Range;
  /** Width of the panel in CSS pixels, 600 by default. */
  readonly width?: number;
}

interface Sample {
  readonly label: string;
  /** One a seed. */
  readonly values: readonly number[];
  /** Seeds without a value and why ("diverged"), counted below the label. */
  readonly without?: { readonly count: number; readonly why: string };
}

const side = 168;
const leastRowHeight = 76;
const bins = 60;

/**
 * Distributions over seeds, one row a condition over a common axis: a histogram (scaled to its own peak), every seed as a
 * stroke below it, and the median as a notch.
 * Throws InputError on values that are not finite: say how many there are with `without`.
 */
export function distribution(options: DistributionOptions): Drawing {
  const { caption, conditions, marks = [], kind = "linear", width = 600 } = options;
  if (conditions.length === 0) fail("conditions", conditions, "at least one");
  for (const { label, values, without } of conditions) {
    for (const [i, value] of values.entries()) finite(`value of seed ${i} of "${label}"`, value);
    if (without) wholeNumber(`seeds of "${label}" without a value`, without.count, 0);
  }
  checkMarks("mark", marks);

  const all = [...conditions.flatMap((c) => c.values), ...marks.map((m) => m.value)];
  const shown = [...all, ...(options.domain ?? [])];
  if (shown.length === 0) fail("values", shown, "at least one");
  const domain = padded(shown, kind);
  const x = scale(kind, domain, [side, width - 16]);
  const lines = verticalMarks(marks, x, width);
  const texts = conditions.map((c) =>
    describe(c, (value) => (kind === "log" ? formatNumber(value) : formatWithin(value, domain))),
  );
  const heights = texts.map(
    ({ name, facts }) => 6 + paragraphHeight(name.length, textSize.body) + paragraphHeight(facts.length, textSize.tick),
  );
  const rowHeight = Math.max(leastRowHeight, ...heights);
  const top = lines.height + 6;
  const box: Box = { left: side, right: width - 16, top, bottom: top + conditions.length * rowHeight };
  const binWidth = (box.right - box.left) / bins;

  return {
    width,
    height: box.bottom + bottomAxisHeight,
    caption,
    draw(ctx) {
      bottomAxis(ctx, x, box, options.label);
      for (const [row, { values }] of conditions.entries()) {
        const { colour } = conditionStyle(row);
        const top = box.top + row * rowHeight;
        const base = top + rowHeight - 18;
        const sorted = [...values].sort((a, b) => a - b);

        const counts = new Array<number>(bins).fill(0);
        for (const value of sorted) counts[Math.min(bins - 1, Math.floor((x(value) - box.left) / binWidth + 1e-6))]!++;
        const peak = Math.max(1, ...counts);
        for (const [b, count] of counts.entries()) {
          const height = (count / peak) * (base - top - 12);
          const left = box.left + b * binWidth;
          const fill = lighten(colour, 0.35);
          if (count > 0) rectangle(ctx, left, base - height, binWidth - 0.5, height, { fill });
        }
        const stroke = translucent(colour, 0.45);
        for (const value of sorted) line(ctx, [x(value), base + 3], [x(value), base + 11], { stroke });
        line(ctx, [box.left, base], [box.right, base], { stroke: palette.muted });
        if (sorted.length > 0) {
          const at = x(quantile(sorted, 0.5));
          const notch = [-5, 0, 5].map((aside): Point => [at + aside, base + (aside === 0 ? 2 : 14)]);
          polyline(ctx, notch, { fill: palette.ink });
        }

        const { name, facts } = texts[row]!;
        paragraph(ctx, name, [0, top + 4], { size: textSize.body, weight: "bold", colour });
        paragraph(ctx, facts, [0, top + 4 + paragraphHeight(name.length, textSize.body)], quiet);
      }
      lines.draw(ctx, box);
    },
  };
}

/** What stands beside a row, broken into lines. */
function describe({ label, values, without }: Sample, format: (value: number) => string) {
  const lost = without && without.count > 0 ? ` + ${without.count} ${without.why}` : "";
  const facts = [`${formatNumber(values.length)} seeds${lost}`];
  if (values.length > 0) facts.push(`▲ median ${format(quantile(values, 0.5))}`);
  return {
    name: wrap(label, side - 12, textSize.body, "bold"),
    facts: facts.flatMap((fact) => wrap(fact, side - 12, textSize.tick)),
  };
}

function padded(values: readonly number[], kind: ScaleKind): Range {
  const [lo, hi] = extent(values, kind);
  if (kind === "log") {
    const room = Math.max(1.1, (hi / lo) ** 0.04);
    return [lo / room, hi * room];
  }
  // Equal values differ by rounding only: do not magnify that.
  const span = Math.max(hi - lo, 1e-4 * Math.max(Math.abs(lo), Math.abs(hi)), 1e-9);
  const [middle, reach] = [(lo + hi) / 2, 0.54 * span];
  return [middle - reach, middle + reach];
}
