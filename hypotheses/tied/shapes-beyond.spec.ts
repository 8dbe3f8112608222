import { distributions, geometry, hypothesis, solutions } from "../../src/index.ts";
import { onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { tied, untilConverged } from "./setup.ts";

/** Tied ReLU, no bias, in four to six dimensions: whether training ends in the exact shapes of T12d (T12e). */

const sizes = [
  { d: 4, n: 20 },
  { d: 4, n: 40 },
  { d: 5, n: 20 },
  { d: 5, n: 40 },
  { d: 6, n: 30 },
  { d: 6, n: 60 },
];

hypothesis("T12e in four to six dimensions models usually end in the exact shape", {
  row: "T12",
  role: "answer",
  claim:
    "In 4, 5 and 6 dimensions, with 20 to 60 features, a tied ReLU model usually ends in the same shape whatever the number of features: 12, 16 or 20 vertices, with the loss n − 114/13, n − 80/7 or n − 430/31 of the exact one (T12d).",
  operationalisation:
    "Directions are columns longer than 0.01, joined when 1 − cos < 0.01; the loss is within a millionth of the exact one. “Usually” is in more than half of the seeds.",
  given: Object.fromEntries(
    sizes.map(({ d, n }) => [`d = ${d}, n = ${n}`, onSeedsFrom20000(tied("relu", n, d), untilConverged(n, 12_000))]),
  ),
  observe: (run) => {
    const [n, d] = [run.model.sizes[0]!, run.model.sizes[1]!];
    const exact = n - solutions.simplexSquareOptimum(d - 1).recovered;
    const { directions } = geometry.directions(run.points, { tolerance: 0.01 });
    return {
      directions: directions.length,
      "as many as the exact shape": directions.length === 4 * (d - 1),
      "features recovered": n - summedLoss(run),
      "relative error": Math.abs(summedLoss(run) - exact) / exact,
    };
  },
  expect: { most: "the exact shape", when: (o) => o["as many as the exact shape"] && o["relative error"] < 1e-6 },
  control: { name: "GELU, d = 4, n = 20", model: tied("gelu", 20, 4) },
  figure: distributions(
    { "": (o) => o["features recovered"] },
    {
      label: "features recovered: n − summed loss",
      marks: [4, 5, 6].map((d) => ({
        value: solutions.simplexSquareOptimum(d - 1).recovered,
        label: `exact, d = ${d}`,
      })),
      control: false,
      width: 760,
    },
  ),
});
