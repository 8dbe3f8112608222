import { configurations, distributions, geometry, hypothesis, landscape, type State, scope } from "../../src/index.ts";
import { mean, onSeedsFrom20000 } from "../helpers.ts";
import { tied, untilConverged } from "./setup.ts";

/** Tied, no bias, two hidden dimensions: which features share a direction (T2, T3), and how long a direction is (T4). */

const mostInOneDirection = (run: State) =>
  Math.max(0, ...geometry.directions(run.points).directions.map((d) => d.members.length));

hypothesis("T2 several features share a direction", {
  row: "T2",
  role: "as printed",
  claim: "In 2D several features of a tied ReLU model come to share a direction, at 8 to 50 features.",
  given: scope("n", [8, 10, 20, 50], (n) => onSeedsFrom20000(tied("relu", n), untilConverged(n))),
  observe: (run) => ({ "most features in one direction": mostInOneDirection(run) }),
  expect: {
    nearlyAll: "two or more features in some direction",
    when: (o) => o["most features in one direction"] >= 2,
  },
  control: { name: "GELU", model: tied("gelu", 8) },
  figure: configurations(),
});

hypothesis("T2b a flat direction of the Hessian for every feature beyond the first", {
  row: "T2",
  role: "as printed",
  kind: "landscape",
  claim:
    "At a trained ReLU solution with ten features in 2D the Hessian has, besides the rotation, exactly one flat direction for every feature beyond the first in each direction, and no negative one.",
  operationalisation:
    "Trained points are first polished in float64 to a gradient norm of 1e-10; a curvature below 1e-6 of the largest is flat.",
  given: onSeedsFrom20000(tied("relu", 10), untilConverged(10)),
  observe: (run) => {
    const polished = landscape.polish(run.model, run.parameters, { tolerance: 1e-10 });
    const { symmetry, flat, negative } = landscape.classify(run.model, polished.parameters, 1e-6);
    const { directions } = geometry.directions(run.points, { minimumNorm: 0 });
    return {
      polished: polished.converged,
      symmetry,
      flat,
      negative,
      "one for each beyond the first": flat === run.points.length - directions.length,
    };
  },
  expect: {
    nearlyAll: "one flat direction for each feature beyond the first in its direction",
    when: (o) => o.polished && o.flat > 0 && o.negative === 0 && o["one for each beyond the first"],
  },
  control: { name: "GELU", model: tied("gelu", 10) },
});

hypothesis("T3 under GELU one feature a direction", {
  row: "T3",
  role: "as printed",
  claim: "In 2D every direction of a tied GELU model holds one feature, at 8 to 50 features; the others end at zero.",
  given: scope("n", [8, 10, 20, 50], (n) => onSeedsFrom20000(tied("gelu", n), untilConverged(n))),
  observe: (run) => {
    const { directions, unlearned } = geometry.directions(run.points);
    return {
      "most features in one direction": mostInOneDirection(run),
      "features at zero": unlearned.length,
      directions: directions.length,
    };
  },
  expect: {
    nearlyAll: "one feature in each direction",
    when: (o) => o["most features in one direction"] === 1,
  },
  control: { name: "ReLU", model: tied("relu", 8) },
  figure: configurations(),
});

/** Mean distance from 1 of the norms of the directions. */
const distanceFromUnit = (run: State) =>
  mean(geometry.directions(run.points).directions.map((d) => Math.abs(d.norm - 1)));

hypothesis("T4 GELU's norms are closer to 1", {
  row: "T4",
  role: "as printed",
  claim:
    "In 2D, with 10 to 50 features, the directions that a tied GELU model learns have norms closer to 1 than those that ReLU learns.",
  operationalisation:
    "Seed by seed: the mean of |‖direction‖ − 1|, where a direction's norm is √Σ‖wᵢ‖² over the features in it, which favours ReLU. From ten features on, where ReLU always learns the pentagon.",
  given: scope("n", [10, 20, 50], (n) => onSeedsFrom20000(tied("gelu", n), untilConverged(n))),
  versus: scope("n", [10, 20, 50], (n) => onSeedsFrom20000(tied("relu", n), untilConverged(n))),
  observe: (run, other) => ({ GELU: distanceFromUnit(run), ReLU: distanceFromUnit(other) }),
  expect: { nearlyAll: "GELU closer to 1", when: (o) => o.GELU < o.ReLU },
  control: { name: "GELU on both sides", versus: { model: tied("gelu", 10) } },
  figure: distributions(
    { GELU: (o) => o.GELU, ReLU: (o) => o.ReLU },
    { label: "mean of |‖direction‖ − 1|", control: false },
  ),
});
