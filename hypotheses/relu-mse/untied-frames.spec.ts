import fc from "fast-check";
import {
  always,
  compose,
  deviationFromIdentity,
  distribution,
  dot,
  hypothesis,
  lowerBound,
  orthonormalDilation,
  outerSum,
  type Point,
  plane,
  proportions,
  type Run,
  recipe,
  upperBound,
  verdictLine,
} from "../../src/index.ts";
import { settle } from "./tied-setup.ts";
import {
  type Activation,
  at,
  drawPairs,
  fresh,
  name,
  nearPentagon,
  plus,
  section,
  size,
  tied,
  times,
  untied,
} from "./untied-setup.ts";

/**
 * Tight frames (U9): whether what is learned resolves the identity, as the elements of a quantum measurement do. wᵢ is the column
 * of a tied embedding; vᵢ and uᵢ are the written and the reading vector of an untied one.
 */

/** Orthonormal rows (d of them, n long) from integer ones, by Gram and Schmidt; undefined where they depend on one another. */
function orthonormalRows(rows: readonly Point[]): Point[] | undefined {
  const out: Point[] = [];
  for (const row of rows) {
    let rest = row;
    for (let pass = 0; pass < 2; pass++)
      for (const axis of out) rest = plus(rest, times(axis, -dot(axis, rest)));
    if (size(rest) < 0.5) return undefined;
    out.push(times(rest, 1 / size(rest)));
  }
  return out;
}

/** n vectors of ℝᵈ with Σ wᵢwᵢᵀ = a·I. */
const tightFrames = fc
  .record({
    d: fc.integer({ min: 1, max: 4 }),
    extra: fc.integer({ min: 0, max: 6 }),
    bound: fc.integer({ min: 1, max: 40 }),
  })
  .chain(({ d, extra, bound }) =>
    fc
      .array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: d + extra, maxLength: d + extra }), {
        minLength: d,
        maxLength: d,
      })
      .filter((rows) => orthonormalRows(rows) !== undefined)
      .map((rows) => {
        const axes = orthonormalRows(rows)!;
        const frame = axes[0]!.map((_, i) => axes.map((axis) => axis[i]! * Math.sqrt(bound / 10)));
        return { frame, bound: bound / 10 };
      }),
  );

const isBasis = (basis: readonly Point[]) =>
  basis.every((b, i) => basis.every((c, j) => Math.abs(dot(b, c) - (i === j ? 1 : 0)) < 1e-9));

hypothesis("U9 tight frames are shadows of orthonormal bases", {
  claim:
    "Vectors with Σwᵢwᵢᵀ = a·I are, divided by √a, the projections of an orthonormal basis of ℝⁿ onto d coordinates, and every such projection has Σwᵢwᵢᵀ = I (Naimark).",
  section,
  properties: {
    "every tight frame extends to an orthonormal basis with its vectors, over √a, as first coordinates":
      fc.property(tightFrames, ({ frame, bound }) => {
        const basis = orthonormalDilation(frame);
        return (
          isBasis(basis) &&
          frame.every((w, i) => w.every((x, k) => Math.abs(basis[i]![k]! * Math.sqrt(bound) - x) < 1e-9))
        );
      }),
    "the projection of every orthonormal basis is a tight frame": fc.property(
      tightFrames,
      fc.integer({ min: 1, max: 3 }),
      ({ frame }, d) => {
        const basis = orthonormalDilation(frame);
        const shadow = basis.map((b) => b.slice(0, Math.min(d, b.length)));
        return outerSum(shadow).every((row, i) =>
          row.every((x, j) => Math.abs(x - (i === j ? 1 : 0)) < 1e-9),
        );
      },
    ),
  },
  nearMiss: {
    "every frame extends so, tight or not": fc.property(tightFrames, ({ frame }) =>
      isBasis(orthonormalDilation(frame.map((w, i) => (i === 0 ? times(w, 1.1) : w)))),
    ),
    "the projection of every basis of unit vectors is tight": fc.property(
      fc.integer({ min: 1, max: 44 }),
      (angle) =>
        deviationFromIdentity(
          outerSum(
            [
              [...at(0), 0],
              [...at(90 - angle), 0],
              [0, 0, 1],
            ].map((b) => b.slice(0, 2)),
          ),
        ) < 1e-9,
    ),
  },
});

const tiedFrame = (a: Activation, hidden: number, features: number, count: number) => ({
  model: tied(a, features, { hidden }),
  recipe: settle(features, hidden === 2 ? 8000 : 12_000),
  seeds: fresh(count),
});

const deviation = (run: Run) => deviationFromIdentity(outerSum(run.points));

hypothesis("U9a the pentagon and the nine-vertex shape are tight frames", {
  claim:
    "What tied ReLU models learn with twenty features, the pentagon in 2D and the nine-vertex shape in 3D, is always a tight frame.",
  section,
  reading:
    "Σwᵢwᵢᵀ differs from a multiple of the identity by less than a thousandth of its size (Frobenius norm).",
  given: { "2D": tiedFrame("relu", 2, 20, 512), "3D": tiedFrame("relu", 3, 20, 512) },
  observe: deviation,
  expect: always((o: number) => o < 1e-3, "a tight frame"),
  control: { name: "GELU, 3D", ...tiedFrame("gelu", 3, 20, 512) },
  figure: (result) =>
    compose({ title: "Distance of Σwᵢwᵢᵀ from a multiple of the identity", subtitle: verdictLine(result) }, [
      distribution({
        label: "‖A − (tr A/d)·I‖ / ‖A‖",
        kind: "log",
        conditions: [...result.cells, result.control].map((o) => ({
          label: o.label,
          values: o.values.map((x) => Math.max(1e-9, x!)),
        })),
        marks: [{ value: 1e-3, label: "tight" }],
        width: 640,
      }),
    ]),
});

const frames = [
  [2, 5],
  [2, 10],
  [3, 7],
  [3, 9],
  [3, 20],
  [4, 20],
  [5, 20],
] as const;
const frameCells = (["relu", "gelu"] as const).flatMap((a) => frames.map(([d, n]) => ({ a, d, n })));
const frameLabel = (a: Activation, d: number, n: number) => `${name[a]}, d = ${d}, n = ${n}`;

hypothesis("U9b which learned configurations are tight frames", {
  question: "How often are the configurations that tied models learn tight frames?",
  section,
  reading:
    "The share of 256 seeds in which Σwᵢwᵢᵀ differs from a multiple of the identity by less than a thousandth of its size, with exact bounds; a tegum sum of tight frames (a pentagon and a perpendicular axis) is not tight unless their bounds agree.",
  given: Object.fromEntries(frameCells.map(({ a, d, n }) => [frameLabel(a, d, n), tiedFrame(a, d, n, 256)])),
  measure: (ensembles) => {
    const share = (label: string) => {
      const { runs } = ensembles[label]!;
      const count = runs.filter((run) => deviation(run) < 1e-3).length;
      const [low, high] = [lowerBound(count, runs.length, 1e-7), upperBound(count, runs.length, 1e-7)];
      return { value: count / runs.length, low, high };
    };
    const values = Object.fromEntries(Object.keys(ensembles).map((label) => [label, share(label)]));
    const percent = (a: Activation, d: number, n: number) =>
      `${(100 * values[frameLabel(a, d, n)]!.value).toFixed(1)} %`;
    const flat = frameCells
      .filter(({ d }) => d === 2)
      .map(({ a, d, n }) => values[frameLabel(a, d, n)]!.value);
    return {
      answer: `In 2D in ${(100 * Math.min(...flat)).toFixed(1)} % of seeds or more; beyond that it depends on the shape. ReLU with 20 features: ${percent("relu", 3, 20)} in 3D, ${percent("relu", 4, 20)} in 4D, ${percent("relu", 5, 20)} in 5D; GELU: ${percent("gelu", 3, 20)}, ${percent("gelu", 4, 20)}, ${percent("gelu", 5, 20)}. Tightness is what some optima happen to have, not what training seeks.`,
      values,
    };
  },
  figure: (ensembles, { answer, values }) =>
    compose({ title: "Tight frames among learned configurations", subtitle: answer }, [
      proportions({
        label: "Σwᵢwᵢᵀ ∝ I",
        categories: frames.map(([d, n]) => `d = ${d}, n = ${n}`),
        conditions: (["relu", "gelu"] as const).map((a) => ({
          label: name[a],
          seeds: 256,
          of: Object.fromEntries(
            frames.map(([d, n]) => {
              const { runs } = ensembles[frameLabel(a, d, n)]!;
              const { low, high } = values[frameLabel(a, d, n)]!;
              const count = runs.filter((run) => deviation(run) < 1e-3).length;
              return [`d = ${d}, n = ${n}`, { count, interval: [low, high] as const }];
            }),
          ),
        })),
        width: 640,
      }),
    ]),
});

/** Σ uᵢvᵢᵀ over all features. */
const resolution = (run: Run) => outerSum(run.unembedding, run.points);

hypothesis("U9c five untied features do not resolve the identity", {
  claim:
    "Of five features trained untied in 2D, Σuᵢvᵢᵀ is not a multiple of the identity, as the elements of a POVM would sum to it, for ReLU and GELU.",
  section,
  reading:
    "‖A − (tr A/d)·I‖/‖A‖ above 0.05 for A = Σuᵢvᵢᵀ (a tight frame has 0, and the linear control). Training starts near the tied pentagon, where A is a multiple of the identity but for the noise.",
  given: { ReLU: nearPentagon("relu"), GELU: nearPentagon("gelu") },
  endPoints: false,
  observe: (run) => deviationFromIdentity(resolution(run)),
  expect: always((o: number) => o > 0.05, "Σuᵢvᵢᵀ not ∝ I"),
  control: { name: "no nonlinearity, PyTorch's start", model: untied("identity", 5) },
  figure: (result) => {
    const run = result.cells[0]!.ensemble.runs[0]!;
    return compose({ title: "Σuᵢvᵢᵀ of five features", subtitle: verdictLine(result), columns: 2 }, [
      drawPairs(run, `ReLU, seed ${run.seed}`),
      distribution({
        label: "‖A − (tr A/d)·I‖ / ‖A‖ of A = Σuᵢvᵢᵀ",
        conditions: [...result.cells, result.control].map((o) => ({
          label: o.label,
          values: o.values.map((x) => x!),
        })),
        marks: [{ value: 0.05, label: "threshold" }],
        width: 520,
      }),
    ]);
  },
});

hypothesis("U9d without a nonlinearity they resolve the identity", {
  claim: "Without a nonlinearity trained written and reading vectors always have Σuᵢvᵢᵀ = I.",
  section,
  reading:
    "Largest entry of Σuᵢvᵢᵀ − I below a thousandth; at the optimum W_E W_U is the identity of the hidden space, because W_U W_E is a projection on as many dimensions.",
  given: Object.fromEntries(
    (
      [
        [5, 2],
        [10, 3],
      ] as const
    ).map(([n, d]) => [
      `n = ${n}, d = ${d}`,
      {
        model: untied("identity", n, { hidden: d }),
        recipe: recipe({ steps: 8000, rate: 0.02 * n ** 2, convergence: { gradientNorm: 1e-5, every: 500 } }),
        seeds: fresh(256),
      },
    ]),
  ),
  observe: (run) =>
    Math.max(...resolution(run).flatMap((row, i) => row.map((x, j) => Math.abs(x - (i === j ? 1 : 0))))),
  expect: always((o: number) => o < 1e-3, "Σuᵢvᵢᵀ = I"),
  control: { name: "ReLU", model: untied("relu", 5), recipe: recipe({ steps: 8000, rate: 0.02 * 25 }) },
  figure: (result) => {
    const run = result.cells[0]!.ensemble.runs[0]!;
    return compose(
      { title: "A linear model's written and reading vectors", subtitle: verdictLine(result), columns: 2 },
      [
        plane({
          points: run.points,
          label: "written",
          second: { points: run.unembedding, label: "read" },
          hull: false,
          caption: "n = 5: Σuᵢvᵢᵀ = I",
        }),
        distribution({
          label: "largest entry of Σuᵢvᵢᵀ − I",
          kind: "log",
          conditions: [...result.cells, result.control].map((o) => ({
            label: o.label,
            values: o.values.map((x) => Math.max(1e-9, x!)),
          })),
          marks: [{ value: 1e-3, label: "a thousandth" }],
          width: 520,
        }),
      ],
    );
  },
});
