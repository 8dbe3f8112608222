import fc from "fast-check";
import {
  type ComplexPoints,
  complexGram,
  complexLoss,
  compose,
  descendComplex,
  gradient,
  hypothesis,
  loss,
  plane,
  polyhedron,
  polyhedronDrawing,
  series,
  terms,
} from "../../src/index.ts";
import { fresh, medianOf, section, summed, tied, tiedCondition } from "./untied-setup.ts";

/**
 * Complex weights (U10): a tied model W ∈ ℂ^{d×n} has overlaps G = W†W, and the note leaves open how a complex output meets ReLU.
 * Three readings: ReLU of the real part; the squared modulus |G|², as Born's rule has it; the modulus |G|. A vector of ℂᵈ is
 * written as 2d real numbers, real parts first. Losses are summed over the n² outputs.
 */
const coordinate = fc.integer({ min: -150, max: 150 }).map((k) => k / 100);
const configurations = fc
  .record({ n: fc.integer({ min: 1, max: 7 }), d: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, d }) =>
    fc.array(fc.array(coordinate, { minLength: 2 * d, maxLength: 2 * d }), { minLength: n, maxLength: n }),
  );

/** weight0 of the real model, [2d × n] row-major. */
const flat = (points: ComplexPoints) =>
  Float64Array.from(points[0]!.flatMap((_, row) => points.map((p) => p[row]!)));

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a), Math.abs(b));

/** The least loss of squared moduli: n − d(d + 1)/2. */
const bornBound = (n: number, d: number) => n - (d * (d + 1)) / 2;

/** Four vectors of ℂ² with all |⟨ψᵢ, ψⱼ⟩|² = ⅓ (a SIC), of squared norm `square`, and one at zero. */
const sic = (square: number): ComplexPoints => [
  [Math.sqrt(square), 0, 0, 0],
  ...[0, 1, 2].map((k) => {
    const [a, b] = [Math.sqrt(square / 3), Math.sqrt((2 * square) / 3)];
    const phase = (2 * Math.PI * k) / 3;
    return [a, b * Math.cos(phase), 0, b * Math.sin(phase)];
  }),
  [0, 0, 0, 0],
];

hypothesis("U10a what complex weights can and cannot do", {
  claim:
    "With ReLU of the real part a complex model in ℂᵈ is the real model in ℝ²ᵈ, weight for weight; with squared moduli no loss is below n − d(d + 1)/2, with moduli none below n − d, the linear model's.",
  section,
  reading:
    "Real part: Re⟨w, w′⟩ is the dot product of the vectors' real and imaginary parts. Squared moduli: Σ|G_ij|⁴ ≥ 2(Σ‖wᵢ‖⁴)²/(d(d + 1)) (Welch's bound of second order). Moduli: ‖|G|‖ = ‖G‖, and G has rank d.",
  properties: {
    "real part: the loss and gradient of the real tied ReLU model with 2d hidden dimensions": fc.property(
      configurations,
      (points) => {
        const model = tied("relu", points.length, { hidden: points[0]!.length });
        const real = gradient(model, flat(points));
        const complex = complexLoss(points, "relu of the real part");
        const expected = flat(complex.gradient);
        return (
          near(complex.loss, terms(model) * real.loss) &&
          real.gradient.every((g, k) => near(terms(model) * g, expected[k]!))
        );
      },
    ),
    "squared moduli: at least n − d(d + 1)/2": fc.property(
      configurations,
      (points) =>
        complexLoss(points, "squared modulus").loss >= bornBound(points.length, points[0]!.length / 2) - 1e-9,
    ),
    "squared moduli: four equiangular vectors in ℂ² with ‖w‖⁴ = ¾ reach n − 3": () =>
      near(complexLoss(sic(Math.sqrt(3) / 2), "squared modulus").loss, bornBound(5, 2)),
    "moduli: at least n − d": fc.property(
      configurations,
      (points) => complexLoss(points, "modulus").loss >= points.length - points[0]!.length / 2 - 1e-9,
    ),
  },
  nearMiss: {
    "real part: the real tied ReLU model with d hidden dimensions": fc.property(configurations, (points) => {
      const real = points.map((p) => p.slice(0, p.length / 2));
      const model = tied("relu", points.length, { hidden: real[0]!.length });
      return near(complexLoss(points, "relu of the real part").loss, terms(model) * loss(model, flat(real)));
    }),
    "squared moduli: the equiangular vectors reach n − d², one feature for each Hermitian degree of freedom":
      () => complexLoss(sic(Math.sqrt(3) / 2), "squared modulus").loss < 5 - 4 + 1e-9,
    "squared moduli: never below n − d, as for moduli": () =>
      complexLoss(sic(Math.sqrt(3) / 2), "squared modulus").loss > 5 - 2 - 1e-9,
  },
});

const features = 10;
/** Real and imaginary parts start uniform in ±1/√n; the rate is on the summed loss. */
const outputs = {
  "squared modulus": { rate: 0.02, steps: 6000, tolerance: 1e-4 },
  modulus: { rate: 0.005, steps: 6000, tolerance: 1e-4 },
} as const;

let memo: Record<string, ReturnType<typeof descendComplex>[]> | undefined;

/** 24 float64 descents for each output and dimension, the same in every run. */
function descents(): Record<string, ReturnType<typeof descendComplex>[]> {
  memo ??= Object.fromEntries(
    (["squared modulus", "modulus"] as const).flatMap((output) =>
      [1, 2].map((hidden) => [
        `${output}, ℂ${hidden === 1 ? "¹" : "²"}`,
        fresh(24).map((seed) => descendComplex({ features, hidden, output, seed, ...outputs[output] })),
      ]),
    ),
  );
  return memo;
}

hypothesis("U10 what the tied model learns with complex weights", {
  question: "What does a tied model with complex weights learn in ℂ¹ and ℂ²?",
  section,
  reading:
    "Ten features, one-hot data, squared error. ReLU of the real part is exactly the real model in ℝ² and ℝ⁴ (U10a), so that is trained (256 seeds, median with exact bounds). Squared moduli and moduli are descended in float64 from 24 seeds each; intervals there are the least and the largest.",
  given: {
    "ReLU of the real part, ℂ¹": tiedCondition("relu", features, 2),
    "ReLU of the real part, ℂ²": tiedCondition("relu", features, 4),
  },
  measure: (ensembles) => {
    const own = Object.fromEntries(
      Object.entries(descents()).map(([label, runs]) => {
        const losses = runs.map((run) => run.loss).sort((a, b) => a - b);
        return [label, { value: losses[12]!, low: losses[0]!, high: losses.at(-1)! }];
      }),
    );
    const trained = Object.fromEntries(
      Object.entries(ensembles).map(([label, { runs }]) => [label, medianOf(runs.map(summed))]),
    );
    const values = Object.fromEntries(
      Object.entries({ ...trained, ...own }).map(([label, value]) => [`summed loss, ${label}`, value]),
    );
    const shown = (label: string) => values[`summed loss, ${label}`]!.value.toFixed(2);
    return {
      answer: `With ReLU of the real part the polygons and polytopes of ℝ² and ℝ⁴ (loss ${shown("ReLU of the real part, ℂ¹")} and ${shown("ReLU of the real part, ℂ²")}, n = 10); with squared moduli weighted projective 2-designs at the bound n − d(d + 1)/2 (${shown("squared modulus, ℂ¹")}, ${shown("squared modulus, ℂ²")}); with moduli tight frames no better than linear, n − d (${shown("modulus, ℂ¹")}, ${shown("modulus, ℂ²")}). Phases bring nothing that rectifying a sign does not beat.`,
      values,
    };
  },
  figure: (ensembles, { answer, values }) => {
    const labels = ["ReLU of the real part", "squared modulus", "modulus"];
    const real = ensembles["ReLU of the real part, ℂ¹"]!.runs[0]!;
    const born = descents()["squared modulus, ℂ²"]![0]!;
    const bloch = born.points.filter((p) => Math.hypot(...p) > 0.3).map(blochVector);
    return compose({ title: "Complex weights, three outputs", subtitle: answer, columns: 3 }, [
      plane({ points: real.points, combined: true, caption: "ReLU of the real part, ℂ¹: the real plane" }),
      polyhedronDrawing({
        caption: "Squared modulus, ℂ²: directions on the Bloch sphere",
        vertices: bloch,
        faces: polyhedron(bloch).faces,
      }),
      series({
        x: "complex dimensions d",
        y: "n − summed loss, n = 10",
        width: 400,
        series: labels.map((label) => ({
          label,
          points: [1, 2].map((d) => ({
            x: d,
            y: features - values[`summed loss, ${label}, ℂ${d === 1 ? "¹" : "²"}`]!.value,
          })),
        })),
        references: [
          { label: "d(d + 1)/2", at: (d) => (d * (d + 1)) / 2 },
          { label: "d", at: (d) => d },
        ],
      }),
    ]);
  },
});

/** The direction of a vector (a, b) of ℂ² on the Bloch sphere: (2 Re ā b, 2 Im ā b, |a|² − |b|²) over its squared norm. */
function blochVector(p: readonly number[]): number[] {
  const square = p.reduce((sum, x) => sum + x * x, 0);
  const first = [p[0]!, 0, p[2]!, 0];
  const second = [p[1]!, 0, p[3]!, 0];
  const { real, imaginary } = complexGram([first, second]);
  return [2 * real[0]![1]!, 2 * imaginary[0]![1]!, real[0]![0]! - real[1]![1]!].map((x) => x / square);
}
