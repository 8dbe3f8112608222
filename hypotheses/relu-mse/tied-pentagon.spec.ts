import {
  always,
  autoencoder,
  configurations,
  directions,
  distributions,
  hypothesis,
  polygonRecovered,
  regularPolygon,
  type State,
  stableCount,
  terms,
} from "../../src/index.ts";
import { condition, over, section, tied } from "./tied-setup.ts";

/** Tied, no bias, two hidden dimensions: the polygon that training ends in (T1, T3b) and its loss (T9c). */

/**
 * "regular 5-gon": the directions (columns of norm above 0.01, joined when 1 − cos < 0.001) have equal gaps to 0.01 rad
 * and equal norms to 1 %, the norm of a direction being √Σ‖wᵢ‖² over its features. "unstable" is added when the count of
 * directions depends on the tolerance or the least norm within a factor of 3.
 */
function shape(run: State): string {
  const vectors = directions(run.points).directions.map((d) => d.vector);
  const { regular, k } = regularPolygon(vectors);
  const unstable = stableCount(run.points).stable ? "" : ", unstable";
  return `${regular ? "regular" : "irregular"} ${k}-gon${unstable}`;
}

const reading =
  "A pentagon is five directions with equal angles (to 0.01 rad) and equal norms (to 1 %); 'learn' is at least 95 % of seeds.";

hypothesis("T1 models in 2D learn a pentagon, at every n", {
  claim: "In 2D a tied ReLU model learns a regular pentagon, whatever the number of features from 5 to 50.",
  section,
  reading,
  given: over([5, 6, 8, 10, 20, 50], (n) => condition("relu", n)),
  headline: "every",
  observe: shape,
  expect: always("regular 5-gon"),
  control: { name: "no nonlinearity", model: autoencoder({ features: 5, hidden: 2, loss: "mse" }) },
  figure: configurations("Tied ReLU in two dimensions, by number of features", { columns: 4 }),
});

hypothesis("T1b models in 2D learn a pentagon, from eight features on", {
  claim: "In 2D a tied ReLU model with eight features or more learns a regular pentagon.",
  section,
  reading: `${reading} Five and six features get stuck on a square too often for 'always' (T1), so the claim is repaired to n ≥ 8.`,
  given: over([8, 10, 20, 50], (n) => condition("relu", n)),
  observe: shape,
  expect: always("regular 5-gon"),
  control: { name: "no nonlinearity", model: autoencoder({ features: 8, hidden: 2, loss: "mse" }) },
  figure: configurations("Tied ReLU in two dimensions: a pentagon from eight features on", { columns: 3 }),
});

hypothesis("T9c trained polygons have the exact loss", {
  claim:
    "The polygons that training ends in meet the exact loss n − k/(1 + c_k) of their k directions to a millionth.",
  section,
  given: over([8, 10, 20, 50], (n) => condition("relu", n, { count: 256 })),
  observe: (run) => {
    const k = directions(run.points).directions.length;
    const exact = run.points.length - polygonRecovered(k);
    return { directions: k, "relative error": Math.abs(terms(run.model) * run.loss - exact) / exact };
  },
  expect: always(
    (o: { "relative error": number }) => o["relative error"] < 1e-6,
    "within 1e-6 of the exact loss",
  ),
  control: { name: "GELU", model: tied("gelu", 8) },
  figure: distributions(
    "Trained loss against its closed form",
    { "relative error": (o) => Math.max(o["relative error"], 1e-16) },
    {
      label: "relative difference from n − k/(1 + c_k)",
      kind: "log",
      marks: [{ value: 1e-6, label: "a millionth" }],
    },
  ),
});

hypothesis("T3b under GELU a pentagon, at every n", {
  claim: "In 2D a tied GELU model learns a regular pentagon, whatever the number of features from 5 to 50.",
  section,
  reading,
  given: over([5, 6, 8, 10, 20, 50], (n) => condition("gelu", n)),
  observe: shape,
  expect: always("regular 5-gon"),
  control: { name: "no nonlinearity", model: autoencoder({ features: 5, hidden: 2, loss: "mse" }) },
  witness: "regular 5-gon",
  figure: configurations("Tied GELU in two dimensions, by number of features", { columns: 4 }),
});
