import fc from "fast-check";
import { exactClaim, geometry, hypothesis, landscape, scope, solutions } from "../../src/index.ts";
import { close, onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { noGradient, onDirections, summedLossAt, withColumns } from "./algebra.ts";
import { differencesFrom, tied, untilConverged } from "./setup.ts";

/** Tied ReLU, no bias, three hidden dimensions: the nine-vertex shape of T10, trained (T10c) and exact (T10d). */

const optimum = solutions.tricappedTrigonalPrismOptimum;

/** Largest difference from the exact squared norms; 1 where there are not nine. */
function normError(squaredNorms: readonly number[]): number {
  if (squaredNorms.length !== 9) return 1;
  const sorted = [...squaredNorms].sort((a, b) => a - b);
  return Math.max(...sorted.map((s, k) => Math.abs(s - (k < 3 ? optimum.capSquaredNorm : optimum.prismSquaredNorm))));
}

hypothesis("T10c the trained nine-vertex shape is the exact one", {
  row: "T10",
  role: "supporting",
  claim:
    "The shape that a tied ReLU model with 20 or 40 features learns in 3D has the symmetry D3h, squared norms 11/14 at six vertices and 4/7 at three, and the summed loss n − 45/7.",
  operationalisation: "Symmetry and squared norms to 1 %, the loss to a millionth.",
  given: scope("n", [20, 40], (n) => onSeedsFrom20000(tied("relu", n, 3), untilConverged(n, 12_000))),
  observe: (run) => {
    const { directions } = geometry.directions(run.points);
    const exact = run.points.length - optimum.recovered;
    return {
      symmetry: geometry.symmetryGroup(directions.map((d) => d.vector)).name,
      "error of the squared norms": normError(directions.map((d) => d.norm ** 2)),
      "relative error of the loss": Math.abs(summedLoss(run) - exact) / exact,
    };
  },
  expect: {
    nearlyAll: "the exact shape and loss",
    when: (o) =>
      o.symmetry === "D3h" && o["error of the squared norms"] < 0.01 && o["relative error of the loss"] < 1e-6,
  },
  control: { name: "GELU", model: tied("gelu", 20, 3) },
  figure: differencesFrom("n − 45/7", (o) => o["relative error of the loss"]),
});

/** Features on the exact shape, or on one whose triangles lie at another latitude. */
function onPrism(features: number, latitude: number = optimum.latitude) {
  const units = geometry.tricappedTrigonalPrism({ latitude, prismNorm: 1, capNorm: 1 });
  const squaredNorms = units.map((_, k) => (k < 6 ? optimum.prismSquaredNorm : optimum.capSquaredNorm));
  return onDirections(units, squaredNorms, new Array<number>(features).fill(1));
}

const featureCounts = fc.integer({ min: 9, max: 30 });

exactClaim("T10d the exact nine-vertex solution", {
  row: "T10",
  role: "supporting",
  claim:
    "In a tied ReLU model the tricapped trigonal prism with cos²φ = 6/11 (φ the latitude of its triangles) and squared norms 11/14 and 4/7 is a critical point with loss n − 45/7, a minimum but for rotations and one flat direction for each feature that shares.",
  properties: {
    "its summed loss is n − 45/7": fc.property(featureCounts, (features) =>
      close(summedLossAt(onPrism(features)), features - 45 / 7, 1e-10),
    ),
    "no parameter feels a gradient": fc.property(featureCounts, (features) => noGradient(onPrism(features))),
    "3 rotations, n − 9 flat directions, every other curvature positive": fc.property(
      fc.integer({ min: 9, max: 12 }),
      (features) => {
        const { model, parameters } = withColumns(onPrism(features));
        const { symmetry, flat, negative } = landscape.classify(model, parameters);
        return symmetry === 3 && flat === features - 9 && negative === 0;
      },
    ),
  },
  nearMiss: {
    "at a slightly larger latitude": fc.property(
      featureCounts,
      fc.integer({ min: 1, max: 100 }).map((k) => k / 500),
      (features, tilt) => noGradient(onPrism(features, optimum.latitude + tilt)),
    ),
  },
});
