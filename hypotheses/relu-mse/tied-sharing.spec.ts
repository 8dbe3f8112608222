import {
  always,
  classify,
  configurations,
  directions,
  distributions,
  hypothesis,
  polish,
  type State,
} from "../../src/index.ts";
import { condition, over, section, tied } from "./tied-setup.ts";

/** Tied, no bias, two hidden dimensions: which features share a direction (T2, T3), and how long a direction is (T4). */

const crowd = (run: State) => Math.max(0, ...directions(run.points).directions.map((d) => d.members.length));

hypothesis("T2 several features share a direction", {
  claim: "Under ReLU several features come to share a direction.",
  section,
  given: over([8, 10, 20, 50], (n) => condition("relu", n, { count: 256 })),
  observe: (run) => ({ "most features in one direction": crowd(run) }),
  expect: always(
    (o: { "most features in one direction": number }) => o["most features in one direction"] >= 2,
    "two or more features in some direction",
  ),
  control: { name: "GELU", model: tied("gelu", 8) },
  figure: configurations("Features sharing directions under ReLU"),
});

hypothesis("T2b a flat direction of the Hessian for every feature that shares", {
  claim:
    "At a trained ReLU solution the Hessian has, besides the rotation, exactly one flat direction for every feature beyond the first in each direction, and no negative one.",
  section,
  kind: "landscape",
  reading:
    "Trained points are first polished in float64 to a gradient norm of 1e-10; a curvature below 1e-6 of the largest is flat.",
  given: condition("relu", 10, { count: 256 }),
  observe: (run) => {
    const polished = polish(run.model, run.parameters, { tolerance: 1e-10 });
    const { symmetry, flat, negative } = classify(run.model, polished.parameters, 1e-6);
    const shared = directions(run.points, { minimumNorm: 0 }).directions.reduce(
      (sum, d) => sum + d.members.length - 1,
      0,
    );
    return {
      polished: polished.converged,
      symmetry,
      flat,
      negative,
      "one for each feature that shares": flat === shared,
    };
  },
  expect: always(
    (o: { polished: boolean; flat: number; negative: number; "one for each feature that shares": boolean }) =>
      o.polished && o.flat > 0 && o.negative === 0 && o["one for each feature that shares"],
    "one flat direction for each feature that shares",
  ),
  control: { name: "GELU", model: tied("gelu", 10) },
});

hypothesis("T3 under GELU one feature a direction", {
  claim: "Under GELU every direction holds one feature; the others end at zero.",
  section,
  given: over([8, 10, 20, 50], (n) => condition("gelu", n, { count: 256 })),
  observe: (run) => {
    const found = directions(run.points);
    return {
      "most features in one direction": crowd(run),
      "features at zero": found.unlearned.length,
      directions: found.directions.length,
    };
  },
  expect: always(
    (o: { "most features in one direction": number }) => o["most features in one direction"] === 1,
    "one feature in each direction",
  ),
  control: { name: "ReLU", model: tied("relu", 8) },
  figure: configurations("One feature a direction under GELU"),
});

/** Mean distance from 1 of the norms of the directions learned. */
const offUnit = (run: State) => {
  const found = directions(run.points).directions;
  return found.reduce((sum, d) => sum + Math.abs(d.norm - 1), 0) / found.length;
};

hypothesis("T4 GELU's norms are closer to 1", {
  claim: "The directions GELU learns have norms closer to 1 than those ReLU learns.",
  section,
  reading:
    "Seed by seed: the mean of |‖direction‖ − 1|, where a direction's norm is √Σ‖wᵢ‖² over the features in it, which favours ReLU. From ten features on, where ReLU always learns the pentagon.",
  given: over([10, 20, 50], (n) => condition("gelu", n, { count: 512 })),
  versus: over([10, 20, 50], (n) => condition("relu", n, { count: 512 })),
  observe: (run, other) => ({ GELU: offUnit(run), ReLU: offUnit(other) }),
  expect: always((o: { GELU: number; ReLU: number }) => o.GELU < o.ReLU, "GELU closer to 1"),
  control: { name: "GELU on both sides", versus: { model: tied("gelu", 10) } },
  figure: distributions(
    "Distance of the norms from 1",
    { GELU: (o) => o.GELU, ReLU: (o) => o.ReLU },
    { label: "mean of |‖direction‖ − 1|", control: false },
  ),
});
