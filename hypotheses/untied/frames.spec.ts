import fc from "fast-check";
import { charts, exactClaim, geometry, hypothesis, openQuestion, type Run } from "../../src/index.ts";
import { close, hundredths, ofEach, onSeedsFrom20000, shareWithin } from "../helpers.ts";
import { untilConverged } from "../tied/setup.ts";
import { byCell } from "./observations.ts";
import { atAngle, eachShape, offIdentity, spanningVectors, tied, times, type Vectors } from "./setup.ts";

/**
 * Tight frames (U9): vectors w with Σwᵢwᵢᵀ = a·I, and whether the embeddings of tied models are such. wᵢ is a column of the
 * embedding.
 */

/** Tight frames: S^−½vᵢ for vectors with S = Σvᵢvᵢᵀ has a = 1; multiplied by √a it has a. */
const tightFrames = fc.tuple(spanningVectors, hundredths(10, 400)).map(([vectors, bound]) => ({
  frame: geometry.prettyGoodVectors(vectors).map((w) => times(w, Math.sqrt(bound))),
  bound,
}));

const isBasis = (basis: Vectors) => offIdentity(basis.map((b) => basis.map((c) => geometry.dot(b, c)))) < 1e-9;

exactClaim("U9 tight frames are projections of orthonormal bases", {
  row: "U9",
  role: "as printed",
  claim:
    "Vectors with Σwᵢwᵢᵀ = a·I are, divided by √a, the projections of an orthonormal basis of ℝⁿ onto d coordinates, and every such projection has Σwᵢwᵢᵀ = I (Naimark).",
  properties: {
    "every tight frame extends to an orthonormal basis with its vectors, over √a, as first coordinates": fc.property(
      tightFrames,
      ({ frame, bound }) => {
        const basis = geometry.orthonormalDilation(frame);
        return isBasis(basis) && frame.every((w, i) => w.every((x, k) => close(basis[i]![k]! * Math.sqrt(bound), x)));
      },
    ),
    "the projection of every orthonormal basis is a tight frame": fc.property(
      tightFrames,
      fc.integer({ min: 1, max: 3 }),
      ({ frame }, d) => {
        const projection = geometry.orthonormalDilation(frame).map((b) => b.slice(0, d));
        return offIdentity(geometry.outerSum(projection)) < 1e-9;
      },
    ),
  },
  nearMiss: {
    "the projection of every basis of unit vectors is tight": fc.property(fc.integer({ min: 1, max: 44 }), (angle) => {
      // The basis: two vectors of the plane that is projected on, and one perpendicular to it.
      const projection = [atAngle(0), atAngle(90 - angle), [0, 0]];
      return geometry.deviationFromIdentity(geometry.outerSum(projection)) < 1e-9;
    }),
  },
});

/** How far Σwᵢwᵢᵀ is from a multiple of the identity, relative to its size (Frobenius norm). */
const deviation = (run: Run) => geometry.deviationFromIdentity(geometry.outerSum(run.points));

hypothesis("U9a the pentagon and the nine-vertex shape are tight frames", {
  row: "U9",
  role: "answer",
  claim:
    "What tied ReLU models with twenty features learn is a tight frame: the pentagon in 2D, the nine-vertex shape in 3D.",
  operationalisation:
    "Σwᵢwᵢᵀ differs from a multiple of the identity by less than a thousandth of its size (Frobenius norm).",
  given: {
    "2D": onSeedsFrom20000(tied("relu", 20), untilConverged(20)),
    "3D": onSeedsFrom20000(tied("relu", 20, { hidden: 3 }), untilConverged(20, 12_000)),
  },
  observe: deviation,
  expect: { nearlyAll: "a tight frame", when: (relative) => relative < 1e-3 },
  control: {
    name: "GELU, 3D",
    model: tied("gelu", 20, { hidden: 3 }),
    recipe: untilConverged(20, 12_000),
  },
  figure: (result) =>
    charts.distribution({
      label: "‖A − (tr A/d)·I‖ / ‖A‖",
      kind: "log",
      conditions: byCell(result, (relative) => Math.max(1e-9, relative)),
      marks: [{ value: 1e-3, label: "tight" }],
      width: 640,
    }),
});

openQuestion("U9b how often learned configurations are tight frames", {
  row: "U9",
  role: "answer",
  question: "How often are the configurations that tied models learn tight frames?",
  operationalisation:
    "The share of 256 seeds in which Σwᵢwᵢᵀ differs from a multiple of the identity by less than a thousandth of its size, with exact bounds. A tegum sum of tight frames (a pentagon and a perpendicular axis) is not tight unless their bounds agree.",
  given: eachShape({ 2: [5, 10], 3: [7, 9, 20], 4: [20], 5: [20] }, (nonlinearity, d, n) =>
    onSeedsFrom20000(tied(nonlinearity, n, { hidden: d }), untilConverged(n, d === 2 ? 8000 : 12_000), 256),
  ),
  measure: (populations) => {
    const values = ofEach(populations, (runs) =>
      shareWithin(runs.filter((run) => deviation(run) < 1e-3).length, runs.length, 1e-7),
    );
    const percent = (x: number) => `${(100 * x).toFixed(1)} %`;
    const twenty = (nonlinearity: string) =>
      [3, 4, 5].map((d) => `${percent(values[`${nonlinearity}, d = ${d}, n = 20`]!.value)} in ${d}D`).join(", ");
    const plane = Object.keys(values).filter((label) => label.includes("d = 2,"));
    return {
      answer: `In 2D in ${percent(Math.min(...plane.map((label) => values[label]!.value)))} of seeds or more. Beyond that it depends on the shape: with 20 features under ReLU ${twenty("ReLU")}, under GELU ${twenty("GELU")}. Some optima happen to be tight; training does not seek tightness.`,
      values,
    };
  },
  figure: (_, { values }) => {
    const categories = [...new Set(Object.keys(values).map((label) => label.replace(/^\w+, /, "")))];
    return charts.proportions({
      label: "Σwᵢwᵢᵀ ∝ I",
      categories,
      conditions: ["ReLU", "GELU"].map((nonlinearity) => ({
        label: nonlinearity,
        seeds: 256,
        of: Object.fromEntries(
          categories.map((category) => {
            const { value, low, high } = values[`${nonlinearity}, ${category}`]!;
            return [category, { count: 256 * value, interval: [low, high] as const }];
          }),
        ),
      })),
      width: 640,
    });
  },
});
