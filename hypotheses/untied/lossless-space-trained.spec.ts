import { distributions, hypothesis, type Run, scope, solutions } from "../../src/index.ts";
import { onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { annealed, asColumns, times, untied } from "./setup.ts";

/** Untied ReLU in three dimensions: whether training finds the solution without loss that U4b constructs (U4c, U4d). */

/** Initialised at the construction, every weight moved by Gaussian noise. Written and reading vectors share its scale. */
function nearLossless(features: number, noise: number) {
  const { written, reading } = solutions.liftedCircle(features);
  const scale = Math.sqrt(Math.hypot(...reading[0]!) / Math.hypot(...written[0]!));
  const at = {
    weight0: asColumns(written.map((v) => times(v, scale))),
    weight1: reading.flatMap((u) => times(u, 1 / scale)),
  };
  return untied("relu", features, { hidden: 3, initialisation: { scheme: "torch", at, noise } });
}

const loss = (run: Run) => ({ "summed loss": summedLoss(run) });
const figure = distributions<ReturnType<typeof loss>>(
  { "": (o) => Math.max(1e-12, o["summed loss"]) },
  { label: "summed loss", kind: "log", marks: [{ value: 1e-3, label: "lossless" }], width: 720 },
);

hypothesis("U4c from eight features on training does not find the lossless solution in space", {
  row: "U4",
  role: "answer",
  claim:
    "In 3D an untied ReLU model can reconstruct any number of features without loss; from PyTorch's initialisation training does not find that with 8, 10 or 20 features.",
  operationalisation:
    "Lossless is a summed loss below 0.001 after 20,000 steps (10,000 for twenty features). The control starts near the construction.",
  given: scope("n", [8, 10, 20], (n) => onSeedsFrom20000(untied("relu", n, { hidden: 3 }), annealed(n))),
  endPoints: false,
  observe: loss,
  expect: { nearlyAll: "not lossless", when: (o) => o["summed loss"] >= 1e-3 },
  control: { name: "started near it, noise 0.02", model: nearLossless(8, 0.02) },
  figure,
});

hypothesis("U4d started near the lossless solution in space training ends in it", {
  row: "U4",
  role: "supporting",
  claim:
    "In 3D an untied ReLU model with 5, 8 or 10 features that is initialised at the lossless solution, every weight moved by noise of 0.05, ends without loss.",
  operationalisation:
    "As U4c. Written and reading vectors are scaled to the same length, which changes no output. The control starts as PyTorch does.",
  given: scope("n", [5, 8, 10], (n) => onSeedsFrom20000(nearLossless(n, 0.05), annealed(n, 10_000))),
  endPoints: false,
  observe: loss,
  expect: { nearlyAll: "lossless", when: (o) => o["summed loss"] < 1e-3 },
  control: { name: "PyTorch's initialisation, n = 10", model: untied("relu", 10, { hidden: 3 }), recipe: annealed(10) },
  figure,
});
