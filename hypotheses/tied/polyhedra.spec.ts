import { configurations, geometry, hypothesis, type State, scope } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { tied, untilConverged } from "./setup.ts";

/** Tied, no bias, three hidden dimensions: the polyhedron at the end of training, under ReLU (T10) and GELU (T11). */

/** The polyhedron whose vertices are the directions, by name; "unstable" when their number depends on the tolerance. */
function shape(run: State): string {
  const vectors = geometry.directions(run.points).directions.map((d) => d.vector);
  return geometry.polyhedron(vectors).name + (geometry.stableCount(run.points).stable ? "" : ", unstable");
}

hypothesis("T10 tied ReLU in 3D always learns the nine-vertex shape, at every n", {
  row: "T10",
  role: "as printed",
  claim:
    "In 3D a tied ReLU model always learns the same nine-vertex polyhedron, the tricapped trigonal prism, whatever the number of features from 9 on.",
  given: scope("n", [9, 10, 12, 20, 40], (n) => onSeedsFrom20000(tied("relu", n, 3), untilConverged(n, 12_000))),
  observe: shape,
  expect: { nearlyAll: "tricapped trigonal prism" },
  control: { name: "GELU", model: tied("gelu", 9, 3) },
  figure: configurations({ columns: 4 }),
});

hypothesis("T10b tied ReLU in 3D always learns the nine-vertex shape, from twenty features on", {
  row: "T10",
  role: "repaired",
  claim: "In 3D a tied ReLU model with twenty features or more always learns the tricapped trigonal prism.",
  operationalisation:
    "With 9 to 12 features a shape with eight vertices is too frequent for “always” (T10), so the claim is repaired to n ≥ 20.",
  given: scope("n", [20, 40], (n) => onSeedsFrom20000(tied("relu", n, 3), untilConverged(n, 12_000))),
  observe: shape,
  expect: { nearlyAll: "tricapped trigonal prism" },
  control: { name: "GELU", model: tied("gelu", 20, 3) },
  figure: configurations(),
});

const amongOthers = "“Among others” is at least one seed in twenty, for some number of features from 9 to 20.";

hypothesis("T11 under GELU in 3D, square antiprisms", {
  row: "T11",
  role: "as printed",
  claim: "In 3D a tied GELU model learns square antiprisms, among other shapes.",
  operationalisation: amongOthers,
  given: scope("n", [20, 12, 9], (n) => onSeedsFrom20000(tied("gelu", n, 3), untilConverged(n, 12_000))),
  holdsIn: "some cell",
  observe: shape,
  expect: { inAtLeast: 0.05, that: "square antiprism" },
  control: { name: "ReLU", model: tied("relu", 20, 3) },
  figure: configurations({ columns: 4 }),
});

hypothesis("T11b under GELU in 3D, pentagonal bipyramids", {
  row: "T11",
  role: "as printed",
  claim: "In 3D a tied GELU model learns pentagonal bipyramids, among other shapes.",
  operationalisation: amongOthers,
  given: scope("n", [20, 12, 9], (n) => onSeedsFrom20000(tied("gelu", n, 3), untilConverged(n, 12_000))),
  holdsIn: "some cell",
  observe: shape,
  expect: { inAtLeast: 0.05, that: "pentagonal bipyramid" },
  control: { name: "ReLU", model: tied("relu", 20, 3) },
  figure: configurations({ columns: 4 }),
});
