import fc from "fast-check";
import { charts, exactClaim, geometry, models } from "../../src/index.ts";
import { close, hundredths, indices, integers } from "../helpers.ts";
import { curve, flat, neighbour, softmax } from "./setup.ts";

/** Tied, no bias, all features evenly on a circle: how small the margin for error is with many of them (C4c). */

/** The circle of n features with the first column ρ times as long as the others. */
const withFirst = (n: number, ratio: number, radius = 3) =>
  geometry.polygon(n, radius).map((w, i) => (i === 0 ? w.map((x) => ratio * x) : w));
const firstDecoded = (n: number, ratio: number, radius?: number) =>
  models.decoded(softmax(n), flat(withFirst(n, ratio, radius)))[0]!;
/** Its own logit, less the largest other. */
const gap = (n: number, radius: number) => {
  const columns = geometry.polygon(n, radius);
  return (
    geometry.dot(columns[0]!, columns[0]!) - Math.max(...columns.slice(1).map((w) => geometry.dot(w, columns[0]!)))
  );
};

const counts = integers(3, 200);
const radii = hundredths(50, 2000);
const ratios = hundredths(1, 100);

exactClaim("C4c the margin on the softmax circle", {
  row: "C4",
  role: "supporting",
  claim:
    "On a circle a column is decoded exactly when it is longer than cos(2π/n) times its neighbours, whatever the radius. So the relative error that its length may have is 1 − cos(2π/n), at most 2π²/n²: 19 % at ten features, 4.9 % at twenty, 1.2 % at forty, 0.2 % at a hundred. The gap between its own logit and its neighbours' is r²(1 − cos(2π/n)).",
  operationalisation:
    "n features evenly spaced, one of them ρ times as long as the others. Its own logit is ρ²r², a neighbour's ρr² cos(2π/n).",
  properties: {
    "a column ρ times as long as the others is decoded exactly when ρ > cos(2π/n)": fc.property(
      counts,
      ratios,
      radii,
      (n, ratio, radius) => {
        const threshold = Math.cos((2 * Math.PI) / n);
        return close(ratio, threshold) || firstDecoded(n, ratio, radius) === ratio > threshold;
      },
    ),
    "just above the threshold it is decoded, just below not": fc.property(integers(5, 200), radii, (n, radius) => {
      const threshold = Math.cos((2 * Math.PI) / n);
      return firstDecoded(n, threshold * 1.000001, radius) && !firstDecoded(n, threshold * 0.999999, radius);
    }),
    "1 − cos(2π/n) is at most 2π²/n²": fc.property(counts, (n) => neighbour(n) <= (2 * Math.PI ** 2) / n ** 2),
    "it is 19 %, 4.9 %, 1.2 % and 0.2 % at 10, 20, 40 and 100": () =>
      [
        [10, 0.191],
        [20, 0.0489],
        [40, 0.0123],
        [100, 0.00197],
      ].every(([n, margin]) => close(neighbour(n!) / margin!, 1, 5e-3)),
    "the gap between the logits is r²(1 − cos(2π/n))": fc.property(counts, radii, (n, radius) =>
      close(gap(n, radius) / (radius ** 2 * neighbour(n)), 1, 1e-6),
    ),
  },
  nearMiss: {
    "decoded exactly when ρ > cos(π/n)": fc.property(counts, ratios, (n, ratio) => {
      const threshold = Math.cos(Math.PI / n);
      return close(ratio, threshold) || firstDecoded(n, ratio) === ratio > threshold;
    }),
    "a column 5 % too short is decoded, however many features there are": fc.property(counts, (n) =>
      firstDecoded(n, 0.95),
    ),
    "1 − cos(2π/n) is at most π²/n²": fc.property(counts, (n) => neighbour(n) <= Math.PI ** 2 / n ** 2),
  },
  figure: () =>
    charts.series({
      x: "features n",
      y: "relative error of a length that still decodes",
      xScale: "log",
      yScale: "log",
      series: [
        curve(
          "1 − cos(2π/n)",
          "the same between",
          indices(10).map((i) => Math.round(5 * 1.5 ** i)),
          neighbour,
        ),
      ],
      references: [{ label: "2π²/n²", at: (n) => (2 * Math.PI ** 2) / n ** 2 }],
    }),
});
