import { type Box, bottomAxis, bottomAxisHeight, leftAxis, leftAxisWidth } from "../../figures/canvas/axes.ts";
import type { Drawing } from "../../figures/canvas/drawing.ts";
import { disc, line, type Point, polyline } from "../../figures/canvas/pen.ts";
import { extent, type Range, type ScaleKind, scale } from "../../figures/canvas/scale.ts";
import { palette } from "../../figures/canvas/style.ts";
import { stepScale, valueDomain } from "../../figures/charts/trajectory.ts";
import type { Replay } from "./messages.ts";

const [width, height] = [300, 300];
const bottom = height - bottomAxisHeight;
/** Top and bottom of the two panels. */
const upper = { top: 8, bottom: bottom / 2 - 8 };
const lower = { top: bottom / 2 + 8, bottom };

/** Loss and what is learned over the steps, with a line at the frame that is shown. Needs two frames. */
export function curves({ frames, counted }: Replay): (shown: number) => Drawing {
  const losses = frames.map(({ loss }) => loss);
  const [least, largest] = extent(losses, "linear");
  const kind = least > 0 && largest > 5 * least ? "log" : "linear";
  const learned = frames.map((frame) => frame.learned);
  const panels = [
    panel(upper, "loss", losses, kind, valueDomain(losses, kind), palette.relu),
    panel(lower, counted, learned, "linear", [0, 1.06 * Math.max(4, ...learned)], palette.gelu),
  ];
  const left = Math.max(...panels.map(({ y, label }) => leftAxisWidth(y, label)));
  const steps = frames.map(({ step }) => step);
  const x = stepScale(steps, "log", [left + 4, width - 14]);
  return (shown) => ({
    width,
    height,
    draw(ctx) {
      const at = x(steps[shown]!);
      for (const { top, bottom, label, values, y, colour } of panels) {
        const box: Box = { left, right: width - 8, top, bottom };
        if (bottom === lower.bottom) bottomAxis(ctx, x, box, "training step");
        leftAxis(ctx, y, box, label);
        const points = values.map((value, i): Point => [x(steps[i]!), y(value)]);
        polyline(ctx, points, { stroke: colour, width: 2 });
        line(ctx, [at, top], [at, bottom], { stroke: palette.ink, width: 1.25, dash: [5, 3] });
        disc(ctx, points[shown]!, 4.5, { fill: colour, stroke: palette.paper });
      }
    },
  });
}

function panel(
  place: Pick<Box, "top" | "bottom">,
  label: string,
  values: readonly number[],
  kind: ScaleKind,
  domain: Range,
  colour: string,
) {
  return { ...place, label, values, y: scale(kind, domain, [place.bottom, place.top], 4), colour };
}
