import { configurations, hypothesis, scope } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { shape, tied, untilConverged } from "./setup.ts";

/**
 * Tied, no bias, two hidden dimensions: which ends are minima (T1g, T1h). Descent without noise also stops on a kink of the
 * ReLU, from where a small step to the side would lower the loss.
 */

const threeSmallPushes = { noise: 0.001, rounds: 3 };
const pushed = "Three times, Gaussian noise of 0.001 is added to every weight of an end, and training goes on.";

const disturbed = (nonlinearity: "relu" | "gelu", n: number) => ({
  ...onSeedsFrom20000(tied(nonlinearity, n), untilConverged(n)),
  disturbed: threeSmallPushes,
});

hypothesis("T1g with a little noise models in 2D learn a pentagon, at every n", {
  row: "T1",
  role: "repaired",
  claim:
    "In 2D a tied ReLU model with 5 to 50 features ends in a regular pentagon when its ends are disturbed a little and trained on: ReLU's squares are no minima.",
  operationalisation: `${pushed} A pentagon is five directions with equal angles (to 0.01 rad) and equal norms (to 1 %). The control is not disturbed: four in ten seeds with five features stay on a square.`,
  given: scope("n", [5, 6, 8, 10, 20, 50], (n) => disturbed("relu", n)),
  observe: shape,
  expect: { nearlyAll: "regular 5-gon" },
  control: { name: "not disturbed, n = 5", disturbed: undefined },
  figure: configurations({ columns: 4 }),
});

hypothesis("T1h GELU's polygons withstand a little noise", {
  row: "T1",
  role: "supporting",
  claim:
    "In 2D tied GELU models with 5, 8 or 50 features end in the same polygon again, square or pentagon, when they are disturbed a little and trained on.",
  operationalisation: `${pushed} The control is ReLU with five features, whose squares do not withstand it.`,
  given: scope("n", [5, 8, 50], (n) => disturbed("gelu", n)),
  versus: scope("n", [5, 8, 50], (n) => onSeedsFrom20000(tied("gelu", n), untilConverged(n))),
  observe: (run, other) => ({ "polygon at first": shape(other), "polygon at the end": shape(run) }),
  expect: { nearlyAll: "the same polygon", when: (o) => o["polygon at first"] === o["polygon at the end"] },
  control: { name: "ReLU, n = 5", model: tied("relu", 5), versus: { model: tied("relu", 5) } },
});
