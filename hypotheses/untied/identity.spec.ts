import { charts, geometry, hypothesis, type Run, recipe, shapes } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { byCell, drawPairs } from "./observations.ts";
import { nearPentagon, offIdentity, untied } from "./setup.ts";

/**
 * Untied, no bias: whether Σuᵢvᵢᵀ over all features is a multiple of the identity, as the elements of a POVM sum to the
 * identity (U9).
 */
const sumOfProducts = (run: Run) => geometry.outerSum(run.unembedding, run.points);

hypothesis("U9c five untied features do not resolve the identity", {
  row: "U9",
  role: "answer",
  claim:
    "Of five features trained untied in 2D, Σuᵢvᵢᵀ is not a multiple of the identity, under ReLU and GELU: they are not like the elements of a POVM.",
  operationalisation:
    "‖A − (tr A/d)·I‖/‖A‖ above 0.05 for A = Σuᵢvᵢᵀ; multiples of the identity have 0. Weights are initialised near the tied pentagon, where A is a multiple of the identity but for the noise.",
  given: { ReLU: nearPentagon("relu"), GELU: nearPentagon("gelu") },
  endPoints: false,
  observe: (run) => geometry.deviationFromIdentity(sumOfProducts(run)),
  expect: { nearlyAll: "Σuᵢvᵢᵀ not a multiple of the identity", when: (relative) => relative > 0.05 },
  control: { name: "no nonlinearity, PyTorch's start", model: untied("identity", 5) },
  figure: (result) => {
    const run = result.cells[0]!.runs[0]!;
    return [
      drawPairs(run, `ReLU, seed ${run.seed}`),
      charts.distribution({
        label: "‖A − (tr A/d)·I‖ / ‖A‖ of A = Σuᵢvᵢᵀ",
        conditions: byCell(result, (relative) => relative),
        marks: [{ value: 0.05, label: "threshold" }],
        width: 520,
      }),
    ];
  },
});

const withoutNonlinearity = (n: number, d: number) =>
  onSeedsFrom20000(
    untied("identity", n, { hidden: d }),
    recipe({ steps: 8000, rate: 0.02 * n ** 2, convergence: { gradientNorm: 1e-5, every: 500 } }),
  );

hypothesis("U9d without a nonlinearity untied features resolve the identity", {
  row: "U9",
  role: "supporting",
  claim:
    "Without a nonlinearity trained written and reading vectors have Σuᵢvᵢᵀ = I, with five features in 2D and ten in 3D.",
  operationalisation:
    "The largest entry of Σuᵢvᵢᵀ − I is below a thousandth. At the optimum W_E W_U is the identity of the hidden space, because W_U W_E is a projection on as many dimensions.",
  given: { "n = 5, d = 2": withoutNonlinearity(5, 2), "n = 10, d = 3": withoutNonlinearity(10, 3) },
  observe: (run) => offIdentity(sumOfProducts(run)),
  expect: { nearlyAll: "Σuᵢvᵢᵀ = I", when: (largest) => largest < 1e-3 },
  control: { name: "ReLU", model: untied("relu", 5), recipe: recipe({ steps: 8000, rate: 0.02 * 25 }) },
  figure: (result) => {
    const run = result.cells[0]!.runs[0]!;
    return [
      shapes.plane({
        points: run.points,
        label: "written",
        second: { points: run.unembedding, label: "read" },
        hull: false,
        caption: "n = 5: Σuᵢvᵢᵀ = I",
      }),
      charts.distribution({
        label: "largest entry of Σuᵢvᵢᵀ − I",
        kind: "log",
        conditions: byCell(result, (largest) => Math.max(1e-9, largest)),
        marks: [{ value: 1e-3, label: "a thousandth" }],
        width: 520,
      }),
    ];
  },
});
