import { configurations, geometry, hypothesis, scope, solutions } from "../../src/index.ts";
import { onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { differencesFrom, shape, tied, untilConverged } from "./setup.ts";

/** Tied, no bias, two hidden dimensions: the polygon at the end of training (T1, T3b) and its loss (T9c). */

const pentagon =
  "A pentagon is five directions with equal angles (to 0.01 rad) and equal norms (to 1 %). “Learns” means in at least 95 % of seeds.";

hypothesis("T1 models in 2D learn a pentagon, at every n", {
  row: "T1",
  role: "as printed",
  claim: "In 2D a tied ReLU model learns a regular pentagon, whatever the number of features from 5 to 50.",
  operationalisation: pentagon,
  given: scope("n", [5, 6, 8, 10, 20, 50], (n) => onSeedsFrom20000(tied("relu", n), untilConverged(n))),
  observe: shape,
  expect: { nearlyAll: "regular 5-gon" },
  control: { name: "no nonlinearity", model: tied("identity", 5) },
  figure: configurations({ columns: 4 }),
});

hypothesis("T1b models in 2D learn a pentagon, from eight features on", {
  row: "T1",
  role: "repaired",
  claim: "In 2D a tied ReLU model with eight features or more learns a regular pentagon.",
  operationalisation: `${pentagon} Models with five or six features get stuck on a square too often for “always” (T1), so the claim is repaired to n ≥ 8.`,
  given: scope("n", [8, 10, 20, 50], (n) => onSeedsFrom20000(tied("relu", n), untilConverged(n))),
  observe: shape,
  expect: { nearlyAll: "regular 5-gon" },
  control: { name: "no nonlinearity", model: tied("identity", 8) },
  figure: configurations(),
});

hypothesis("T9c trained polygons have the exact loss", {
  row: "T9",
  role: "supporting",
  claim:
    "With 8 to 50 features in 2D, the polygons that a tied ReLU model ends in meet the exact loss n − k/(1 + c_k) of their k directions to a millionth.",
  operationalisation: "c_k = Σ_{r≠0} ReLU(cos 2πr/k)²: what one corner of a regular k-gon receives from the others.",
  given: scope("n", [8, 10, 20, 50], (n) => onSeedsFrom20000(tied("relu", n), untilConverged(n))),
  observe: (run) => {
    const k = geometry.directions(run.points).directions.length;
    const exact = run.points.length - solutions.polygonRecovered(k);
    return { directions: k, "relative error": Math.abs(summedLoss(run) - exact) / exact };
  },
  expect: { nearlyAll: "within 1e-6 of the exact loss", when: (o) => o["relative error"] < 1e-6 },
  control: { name: "GELU", model: tied("gelu", 8) },
  figure: differencesFrom("n − k/(1 + c_k)", (o) => o["relative error"]),
});

hypothesis("T3b GELU models in 2D learn a pentagon, at every n", {
  row: "T1",
  role: "as printed",
  claim: "In 2D a tied GELU model learns a regular pentagon, whatever the number of features from 5 to 50.",
  operationalisation: pentagon,
  given: scope("n", [5, 6, 8, 10, 20, 50], (n) => onSeedsFrom20000(tied("gelu", n), untilConverged(n))),
  observe: shape,
  expect: { nearlyAll: "regular 5-gon" },
  control: { name: "no nonlinearity", model: tied("identity", 5) },
  positiveControl: { name: "ReLU, n = 8", model: tied("relu", 8), recipe: untilConverged(8) },
  figure: configurations({ columns: 4 }),
});
