import fc from "fast-check";
import { charts, exactClaim, geometry, landscape, shapes, solutions } from "../../src/index.ts";
import { close, hundredths, indices, integers } from "../helpers.ts";
import { type Columns, onDirections, shares, summedGradient, summedLossAt, withColumns } from "./algebra.ts";

/** Tied, no bias, two hidden dimensions: the squares that some seeds end on. No minimum under ReLU (T1e), one under GELU (T1f). */

const { openedSquare, openedSquareGain } = solutions;

/** The first one's share of the squared norm in the shared corner, and the angle by which the two are moved apart. */
const parts = hundredths(5, 95);
const angles = hundredths(1, 157);
const smallAngles = integers(1, 100).map((k) => k / 10_000);
/** 4a²b²x²/(1 + 2ab) */
const leading = (a: number, x: number, four = 4) => (four * (a * (1 - a) * x) ** 2) / (1 + 2 * a * (1 - a));

/** The opened corner with the four others where they were: the two move apart in the best proportion. */
function withoutNeighbours(a: number, x: number): Columns {
  const at = (angle: number, squaredNorm: number) =>
    [Math.cos(angle), Math.sin(angle)].map((c) => c * squaredNorm ** 0.5);
  return [at((1 - a) * x, a), at(-a * x, 1 - a), [0, 1], [0, -1], [-1, 0]];
}

const quadrants: Columns = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

exactClaim("T1e ReLU's squares are no minima", {
  row: "T1",
  role: "supporting",
  claim:
    "Where two features share a corner of a square under ReLU, with squared norms a + b = 1, moving them apart by a small angle x, their neighbours giving way, lowers the summed loss by 4a²b²x²/(1 + 2ab) at leading order.",
  operationalisation:
    "The neighbours turn away by q = abx/(1 + 2ab), the two by q/a and q/b more. The loss is then n − 4 − 2ab sin²x + 2a sin²(q/a) + 2b sin²(q/b) + 4 sin²q. Features in exactly one direction feel the same gradient and never part: descent without noise stays.",
  properties: {
    "before: the loss of a square whose corners are shared is n − 4, and there is no gradient": fc.property(
      integers(4, 12).chain((n) => shares(n)),
      (shared) => {
        const w = onDirections(quadrants, [1, 1, 1, 1], shared);
        const slopes = summedGradient(withColumns(w)).flat();
        return close(summedLossAt(w), w.length - 4) && slopes.every((g) => close(g, 0));
      },
    ),
    "opened by any angle the loss is n − 4 less 2ab sin²x − 2a sin²(q/a) − 2b sin²(q/b) − 4 sin²q": fc.property(
      parts,
      angles,
      (a, x) => close(summedLossAt(openedSquare(a, x)), 1 - openedSquareGain(a, x)),
    ),
    "at leading order that is 4a²b²x²/(1 + 2ab)": fc.property(parts, smallAngles, (a, x) =>
      close(openedSquareGain(a, x) / leading(a, x), 1, 20 * x),
    ),
    "so any opening of up to 30° lowers the loss": fc.property(
      parts,
      hundredths(1, 52),
      (a, x) => summedLossAt(openedSquare(a, x)) < 1,
    ),
    "while the neighbours stay, no angle does": fc.property(
      parts,
      angles,
      (a, x) => summedLossAt(withoutNeighbours(a, x)) > 1,
    ),
    "features in one direction feel gradients in the ratio of their lengths, so they turn together": fc.property(
      integers(1, 99),
      hundredths(1, 157),
      (part, x) => {
        // On a square whose opposite corner is opened, so that there is a gradient.
        const [first, ...others] = openedSquare(0.5, x);
        const split = [part / 100, 1 - part / 100].map((s) => first!.map((z) => Math.sqrt(s) * z));
        const [g, h] = summedGradient(withColumns([...split, ...others])) as [number[], number[]];
        const ratio = Math.sqrt(part / 100 / (1 - part / 100));
        return g.every((slope, k) => close(slope, ratio * h[k]!));
      },
    ),
  },
  nearMiss: {
    "at leading order 2a²b²x²/(1 + 2ab)": fc.property(parts, smallAngles, (a, x) =>
      close(openedSquareGain(a, x) / leading(a, x, 2), 1, 20 * x),
    ),
    "any opening up to 90° lowers the loss": fc.property(parts, angles, (a, x) => summedLossAt(openedSquare(a, x)) < 1),
    "opened with the neighbours turned the other way": fc.property(parts, smallAngles, (a, x) => {
      const [first, second, beside, before, opposite] = openedSquare(a, x) as [
        number[],
        number[],
        number[],
        number[],
        number[],
      ];
      const mirrored = [beside, before].map(([c, s]) => [-c!, s!]);
      return summedLossAt([first, second, ...mirrored, opposite]) < 1;
    }),
  },
  figure: () => [
    shapes.plane({
      points: openedSquare(0.5, 0.5),
      ghost: { points: quadrants, label: "the square" },
      hull: false,
      caption: `opened by 0.5: loss n − 4 − ${openedSquareGain(0.5, 0.5).toFixed(4)}`,
    }),
    lossByAngle(),
  ],
});

function lossByAngle() {
  const places = indices(21).map((k) => k / 20);
  const change = (name: string, at: (x: number) => number) => ({
    label: name,
    points: places.map((x) => ({ x, y: at(x) })),
  });
  return charts.series({
    caption: "two equal features moved apart",
    x: "angle between them, radians",
    y: "change of the summed loss",
    width: 460,
    height: 320,
    series: [
      change("neighbours give way", (x) => summedLossAt(openedSquare(0.5, x)) - 1),
      change("neighbours stay", (x) => summedLossAt(withoutNeighbours(0.5, x)) - 1),
    ],
    references: [
      { label: "−4a²b²x²/(1 + 2ab)", at: (x) => -leading(0.5, x) },
      { label: "the square", at: () => 0 },
    ],
  });
}

/** The critical polygon of GELU with so many corners, polished to float64; and short columns at zero beside it. */
function geluPolygon(k: number, atZero: number) {
  const start = withColumns(geometry.polygon(k, 1.05), "gelu");
  const { parameters } = landscape.polish(start.model, start.parameters);
  const radius = Math.hypot(parameters[0]!, parameters[k]!);
  return { radius, ...withColumns([...geometry.polygon(k, radius), ...indices(atZero).map(() => [0, 0])], "gelu") };
}
const leastCurvature = (k: number, atZero: number) => {
  const { model, parameters } = geluPolygon(k, atZero);
  return Math.min(...landscape.classify(model, parameters).eigenvalues);
};

/** Features beyond the corners, all at zero. */
const spare = [0, 1, 2, 4];

exactClaim("T1f GELU's squares are minima", {
  row: "T1",
  role: "supporting",
  claim:
    "Under GELU a square of four features, every other feature at zero, is a minimum: but for the rotation every curvature is positive. So is the pentagon. The triangle and the hexagon are saddles.",
  operationalisation:
    "The radius is that at which the gradient vanishes (1.0759 for the square). Curvatures are those of the summed loss; the least are 0.31 for the square, along its columns at zero, and 0.69 for the pentagon.",
  properties: {
    "the square: no gradient, and every curvature above 0.3": () =>
      spare.every((atZero) => {
        const slopes = summedGradient(geluPolygon(4, atZero)).flat();
        return slopes.every((g) => close(g, 0)) && leastCurvature(4, atZero) > 0.3;
      }),
    "the pentagon: every curvature above 0.6": () => spare.every((atZero) => leastCurvature(5, atZero) > 0.6),
  },
  nearMiss: {
    "the triangle, with features at zero": () => [1, 2].every((atZero) => leastCurvature(3, atZero) > 0),
    "the hexagon, with features at zero": () => [1, 2].every((atZero) => leastCurvature(6, atZero) > 0),
    "the square: every curvature above 0.4": () => spare.every((atZero) => leastCurvature(4, atZero) > 0.4),
  },
});
