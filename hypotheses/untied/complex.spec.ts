import fc from "fast-check";
import { charts, exactClaim, geometry, openQuestion, range, shapes, solutions } from "../../src/index.ts";
import { close, hundredths, listOf, medianWithin, onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { annealed, asColumns, summedObjective, tied } from "./setup.ts";

/**
 * Complex weights (U10): a tied model W ∈ ℂ^{d×n} has overlaps G = W†W, and the note leaves open how a complex output meets
 * ReLU. Three outputs are tried: ReLU of the real part; the squared modulus |G|², as Born's rule has it; the modulus |G|. A
 * vector of ℂᵈ is written as 2d real numbers, real parts first.
 */
const rates = { "squared modulus": 0.02, modulus: 0.005 };

/** Ten features, by gradient descent in float64: real and imaginary parts start uniform in ±1/√n; rates are on the summed loss. */
function descend(output: keyof typeof rates, hidden: number, seed: number) {
  const budget = { rate: rates[output], steps: 6000, tolerance: 1e-4 };
  return solutions.descendComplex({ features: 10, hidden, output, seed, ...budget });
}

const label = (output: string, hidden: number) => `summed loss, ${output}, ℂ${hidden === 1 ? "¹" : "²"}`;

openQuestion("U10 what a tied model with complex weights learns", {
  row: "U10",
  role: "answer",
  question: "What does a tied model with complex weights learn in ℂ¹ and ℂ²?",
  operationalisation:
    "Ten features, one-hot data, squared error. ReLU of the real part is exactly the real model in ℝ² and ℝ⁴ (U10a), so that is trained (256 seeds, median with exact bounds). Under squared moduli and moduli the loss is descended in float64 from 24 seeds each; intervals there are the least and the largest.",
  given: {
    "ReLU of the real part, ℂ¹": onSeedsFrom20000(tied("relu", 10), annealed(10, 3000), 256),
    "ReLU of the real part, ℂ²": onSeedsFrom20000(tied("relu", 10, { hidden: 4 }), annealed(10, 5000), 256),
  },
  measure: (populations) => {
    const trained = Object.entries(populations).map(([name, { runs }]) => [
      `summed loss, ${name}`,
      medianWithin(runs.map(summedLoss), 1e-7),
    ]);
    const descended = (["squared modulus", "modulus"] as const).flatMap((output) =>
      [1, 2].map((hidden) => {
        const losses = range(1000, 1024).map((seed) => descend(output, hidden, seed).loss);
        losses.sort((a, b) => a - b);
        return [label(output, hidden), { value: losses[12]!, low: losses[0]!, high: losses.at(-1)! }];
      }),
    );
    const values = Object.fromEntries([...trained, ...descended]);
    const both = (output: string) =>
      [1, 2].map((hidden) => values[label(output, hidden)]!.value.toFixed(2)).join(" and ");
    return {
      answer: `With ReLU of the real part the polygons and polytopes of ℝ² and ℝ⁴ (loss ${both("ReLU of the real part")}, n = 10). With squared moduli weighted projective 2-designs at the bound n − d(d + 1)/2 (${both("squared modulus")}). With moduli tight frames no better than linear, n − d (${both("modulus")}). ReLU of the real part has the least loss, so phases bring no gain.`,
      values,
    };
  },
  figure: (populations, { values }) => {
    const { points } = descend("squared modulus", 2, 1000);
    const vertices = points.filter((p) => Math.hypot(...p) > 0.3).map(blochVector);
    return [
      shapes.plane({
        points: populations["ReLU of the real part, ℂ¹"]!.runs[0]!.points,
        combined: true,
        caption: "ReLU of the real part, ℂ¹: the real plane",
      }),
      shapes.polyhedron({
        caption: "Squared modulus, ℂ²: directions on the Bloch sphere",
        vertices,
        faces: geometry.polyhedron(vertices).faces,
      }),
      charts.series({
        x: "complex dimensions d",
        y: "n − summed loss, n = 10",
        width: 400,
        series: ["ReLU of the real part", "squared modulus", "modulus"].map((output) => ({
          label: output,
          points: [1, 2].map((d) => ({ x: d, y: 10 - values[label(output, d)]!.value })),
        })),
        references: [
          { label: "d(d + 1)/2", at: (d) => (d * (d + 1)) / 2 },
          { label: "d", at: (d) => d },
        ],
      }),
    ];
  },
});

/** One to seven vectors of ℂᵈ, d = 1 to 3. */
const complexVectors = fc
  .record({ n: fc.integer({ min: 1, max: 7 }), d: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, d }) => listOf(listOf(hundredths(-150, 150), 2 * d), n));

/** Four vectors of ℂ² with ‖w‖⁴ = ¾ and all |⟨ψᵢ, ψⱼ⟩|² = ⅓ of the directions ψ (a SIC), and one at zero. */
function equiangular(): solutions.ComplexPoints {
  const square = Math.sqrt(3) / 2;
  const [a, b] = [Math.sqrt(square / 3), Math.sqrt((2 * square) / 3)];
  const phases = [0, 1, 2].map((k) => (2 * Math.PI * k) / 3);
  return [
    [Math.sqrt(square), 0, 0, 0],
    ...phases.map((phase) => [a, b * Math.cos(phase), 0, b * Math.sin(phase)]),
    [0, 0, 0, 0],
  ];
}

/** The summed loss of the tied real ReLU model with these vectors, and its gradient. */
const realModel = (points: solutions.ComplexPoints) =>
  summedObjective(tied("relu", points.length, { hidden: points[0]!.length }), Float64Array.from(asColumns(points)));

exactClaim("U10a what complex weights can and cannot do", {
  row: "U10",
  role: "supporting",
  claim:
    "With ReLU of the real part a complex model in ℂᵈ is the real model in ℝ²ᵈ, weight for weight. With squared moduli no loss is below n − d(d + 1)/2. With moduli none is below n − d, the linear model's.",
  operationalisation:
    "Real part: Re⟨w, w′⟩ is the dot product of the vectors' real and imaginary parts. Squared moduli: Σ|G_ij|⁴ ≥ 2(Σ‖wᵢ‖⁴)²/(d(d + 1)) (Welch's bound of second order). Moduli: ‖|G|‖ = ‖G‖, and G has rank d.",
  properties: {
    "real part: the loss and gradient of the real tied ReLU model with 2d hidden dimensions": fc.property(
      complexVectors,
      (points) => {
        const real = realModel(points);
        const complex = solutions.complexLoss(points, "relu of the real part");
        const expected = asColumns(complex.gradient);
        return near(complex.loss, real.loss) && real.gradient.every((g, k) => near(g, expected[k]!));
      },
    ),
    "squared moduli: at least n − d(d + 1)/2": fc.property(complexVectors, (points) => {
      const [n, d] = [points.length, points[0]!.length / 2];
      return solutions.complexLoss(points, "squared modulus").loss >= n - (d * (d + 1)) / 2 - 1e-9;
    }),
    "squared moduli: four equiangular vectors in ℂ² with ‖w‖⁴ = ¾ reach n − 3": () =>
      near(solutions.complexLoss(equiangular(), "squared modulus").loss, 5 - 3),
    "moduli: at least n − d": fc.property(complexVectors, (points) => {
      const [n, d] = [points.length, points[0]!.length / 2];
      return solutions.complexLoss(points, "modulus").loss >= n - d - 1e-9;
    }),
  },
  nearMiss: {
    "real part: the real tied ReLU model with d hidden dimensions": fc.property(complexVectors, (points) => {
      const real = realModel(points.map((p) => p.slice(0, p.length / 2)));
      return near(solutions.complexLoss(points, "relu of the real part").loss, real.loss);
    }),
    "squared moduli: never below n − d, as for moduli": () =>
      solutions.complexLoss(equiangular(), "squared modulus").loss > 5 - 2 - 1e-9,
  },
});

const near = (a: number, b: number) => close(a, b, 1e-10 * Math.max(1, Math.abs(a), Math.abs(b)));

/** The direction of a vector (a, b) of ℂ² on the Bloch sphere: (2 Re ā b, 2 Im ā b, |a|² − |b|²) over its length. */
function blochVector(p: readonly number[]) {
  const [a, b, imaginaryA, imaginaryB] = p as [number, number, number, number];
  const vector = [
    2 * (a * b + imaginaryA * imaginaryB),
    2 * (a * imaginaryB - imaginaryA * b),
    a ** 2 + imaginaryA ** 2 - b ** 2 - imaginaryB ** 2,
  ];
  return vector.map((x) => x / Math.hypot(...vector));
}
