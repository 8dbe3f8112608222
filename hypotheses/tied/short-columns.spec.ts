import fc from "fast-check";
import { charts, exactClaim, geometry, landscape, solutions } from "../../src/index.ts";
import { close, hundredths, indices, integers } from "../helpers.ts";
import { type Columns, growthRates, summedLossAt, withColumns } from "./algebra.ts";

/** Tied, no bias, two hidden dimensions: how a short column grows beside a polygon, under GELU and ReLU (T7b, T3c). */

type Nonlinearity = "relu" | "gelu";

/** The growth rate of a column of length 10⁻⁵ at an angle, beside these. */
const rateAt = (others: Columns, angle: number, nonlinearity: Nonlinearity) =>
  growthRates(withColumns([...others, [1e-5 * Math.cos(angle), 1e-5 * Math.sin(angle)]], nonlinearity)).at(-1)!;

const arms = integers(3, 12);
const radii = hundredths(50, 150);
const anyAngle = hundredths(0, 628);

const bestPolygon = (k: number) => geometry.polygon(k, Math.sqrt(solutions.polygonSquaredNorm(k)));

/** GELU's pentagon: the radius at which the gradient vanishes, 1.0364. */
const geluRadius = (() => {
  const { model, parameters } = withColumns(geometry.polygon(5, 1.04), "gelu");
  return Math.hypot(...[0, 5].map((k) => landscape.polish(model, parameters).parameters[k]!));
})();
const geluPentagon = geometry.polygon(5, geluRadius);

/** 4(1 − 2cos² 36°/(1 + 2cos² 72°)) */
const halfway = 4 * (1 - (2 * Math.cos(Math.PI / 5) ** 2) / (1 + 2 * Math.cos((2 * Math.PI) / 5) ** 2));

exactClaim("T7b how a short column grows beside a polygon", {
  row: "T7",
  role: "answer",
  claim:
    "Beside a regular k-gon of radius R a short column grows under GELU at the rate 2(1 − kR²/4) whatever its direction: at −0.685 beside GELU's pentagon. Under ReLU it grows at 4(1 − R² Σ ReLU(cos)²): beside ReLU's pentagon at 0 along an arm and −0.396 halfway between two. So GELU clears away what is left over, and ReLU keeps it in an arm's direction.",
  operationalisation:
    "The growth rate is −(w·∂L/∂w)/‖w‖² for the summed loss, in the limit of a short column (10⁻⁵). GELU(z) is about z/2 near 0, for either sign of z; ReLU(z) is z or 0.",
  properties: {
    "GELU: 2(1 − kR²/4), in every direction": fc.property(arms, radii, anyAngle, (k, radius, angle) =>
      close(rateAt(geometry.polygon(k, radius), angle, "gelu"), 2 * (1 - (k * radius ** 2) / 4), 1e-3),
    ),
    "ReLU: 4(1 − R² Σ ReLU(cos)²)": fc.property(arms, radii, anyAngle, (k, radius, angle) => {
      const squares = geometry
        .polygon(k)
        .map(([x, y]) => Math.max(0, x! * Math.cos(angle) + y! * Math.sin(angle)) ** 2);
      const sum = squares.reduce((a, b) => a + b);
      return close(rateAt(geometry.polygon(k, radius), angle, "relu"), 4 * (1 - radius ** 2 * sum), 1e-6);
    }),
    "ReLU, beside any best k-gon: 0 along an arm": fc.property(arms, (k) =>
      close(rateAt(bestPolygon(k), 0, "relu"), 0, 1e-6),
    ),
    "ReLU, beside the best pentagon: nowhere above 0, and 4(1 − 2cos² 36°/(1 + 2cos² 72°)) = −0.396 halfway":
      fc.property(
        anyAngle,
        (angle) =>
          rateAt(bestPolygon(5), angle, "relu") < 1e-6 &&
          close(rateAt(bestPolygon(5), Math.PI / 5, "relu"), halfway, 1e-6) &&
          close(halfway, -0.396, 5e-4),
      ),
    "GELU, beside its own pentagon: −0.685": fc.property(anyAngle, (angle) =>
      close(rateAt(geluPentagon, angle, "gelu"), -0.685, 5e-4),
    ),
  },
  nearMiss: {
    "GELU: 4(1 − kR²/4)": fc.property(arms, radii, anyAngle, (k, radius, angle) =>
      close(rateAt(geometry.polygon(k, radius), angle, "gelu"), 4 * (1 - (k * radius ** 2) / 4), 1e-3),
    ),
    "GELU: 2(1 − kR²/2)": fc.property(arms, radii, anyAngle, (k, radius, angle) =>
      close(rateAt(geometry.polygon(k, radius), angle, "gelu"), 2 * (1 - (k * radius ** 2) / 2), 1e-3),
    ),
    "ReLU, beside the best pentagon: the same in every direction": fc.property(anyAngle, (angle) =>
      close(rateAt(bestPolygon(5), angle, "relu"), 0, 1e-3),
    ),
    "ReLU, beside any best k-gon: nowhere above 0": fc.property(
      arms,
      anyAngle,
      (k, angle) => rateAt(bestPolygon(k), angle, "relu") < 1e-6,
    ),
  },
  figure: () => {
    const places = indices(73).map((i) => 5 * i);
    const rates = (others: Columns, nonlinearity: Nonlinearity) =>
      places.map((x) => ({ x, y: rateAt(others, (x * Math.PI) / 180, nonlinearity) }));
    return charts.series({
      x: "direction of the short column, degrees (arms at 0, 72, 144, 216, 288)",
      y: "growth rate a unit of step",
      width: 720,
      series: [
        { label: "GELU's pentagon", points: rates(geluPentagon, "gelu") },
        { label: "ReLU's pentagon", points: rates(bestPolygon(5), "relu") },
      ],
      references: [{ label: "neither grows nor shrinks", at: () => 0 }],
    });
  },
});

/** A pentagon with one arm's squared norm split in two: the summed loss. */
function splitLoss(part: number, nonlinearity: Nonlinearity): number {
  const [first, ...others] = nonlinearity === "gelu" ? geluPentagon : bestPolygon(5);
  const split = [part, 1 - part].map((share) => first!.map((x) => x * Math.sqrt(share)));
  return summedLossAt([...others, ...split], nonlinearity);
}
/** By more than rounding. */
const fallsTo = (ofSplit: (part: number) => number) =>
  fc.property(
    integers(0, 500),
    integers(0, 500),
    (a, b) => a === b || ofSplit(Math.min(a, b) / 1000) < ofSplit(Math.max(a, b) / 1000) - 1e-12,
  );

exactClaim("T3c why GELU frees one feature a direction", {
  row: "T3",
  role: "supporting",
  claim:
    "Under GELU two features that share an arm of the pentagon lose more the more evenly they share it: the loss falls all the way to one feature with the whole arm and one at zero. Under ReLU it is the same for every split.",
  operationalisation:
    "The arm's squared norm is split in parts t and 1 − t, up to t = ½; the pentagon is GELU's own, of radius 1.0364. At t near 0 the slope is that of T7b.",
  properties: {
    "GELU: the less even the split, the lower the loss": fallsTo((part) => splitLoss(part, "gelu")),
    "ReLU: every split has the same loss": fc.property(integers(0, 500), (part) =>
      close(splitLoss(part / 1000, "relu"), splitLoss(0, "relu")),
    ),
    "GELU: near one feature alone the loss rises by (5R²/4 − 1) for each unit of squared norm": () => {
      const part = 1e-9;
      const slope = (splitLoss(part, "gelu") - splitLoss(0, "gelu")) / (part * geluRadius ** 2);
      // What the long column loses in squared norm costs nothing to first order: its own length is the best.
      return close(slope, (5 * geluRadius ** 2) / 4 - 1, 1e-3);
    },
  },
  nearMiss: {
    "ReLU: the less even the split, the lower the loss": fallsTo((part) => splitLoss(part, "relu")),
    "GELU: the more even the split, the lower the loss": fallsTo((part) => -splitLoss(part, "gelu")),
  },
  figure: () =>
    charts.series({
      x: "part of the arm's squared norm that the second feature has",
      y: "summed loss, less that of one feature alone",
      series: (["gelu", "relu"] as const).map((nonlinearity) => ({
        label: nonlinearity === "gelu" ? "GELU" : "ReLU",
        points: indices(21).map((i) => ({
          x: i / 20,
          y: splitLoss(i / 20, nonlinearity) - splitLoss(0, nonlinearity),
        })),
      })),
    }),
});
