import fc from "fast-check";
import { charts, exactClaim, geometry, landscape, solutions } from "../../src/index.ts";
import { close, hundredths, indices, integers, listOf } from "../helpers.ts";
import { asColumns, lossOf, objectiveOf, untied, type Vectors } from "./setup.ts";

/** ReLU, no bias, two hidden dimensions: why untying helps. The best tied pentagon is a saddle of the untied loss (U2e). */

const N = solutions.polygonSquaredNorm(5);
const pentagon = geometry.polygon(5, Math.sqrt(N));
const root5 = Math.sqrt(5);
/** The curvature along the wave below: N (5 − √5 − √10), N = 4/(7 − √5). */
const downhill = (4 * (5 - root5 - Math.sqrt(10))) / (7 - root5);

const model = untied("relu", 5);
const flat = (written: Vectors, reading: Vectors) => Float64Array.from([...asColumns(written), ...reading.flat()]);
const hessian = landscape.hessian(model, flat(pentagon, pentagon));

/**
 * Moves of the corners, radially by P cos φᵢ and along the circle by Q sin φᵢ, with φᵢ = ωi + phase and ω = 72°.
 * `ratio` is Q/P.
 */
function wave(phase: number, ratio = (root5 - Math.sqrt(10)) / root5): Vectors {
  return indices(5).map((i) => {
    const angle = (2 * Math.PI * i) / 5;
    const [p, q] = [Math.cos(angle + phase), ratio * Math.sin(angle + phase)];
    return [p * Math.cos(angle) - q * Math.sin(angle), p * Math.sin(angle) + q * Math.cos(angle)];
  });
}
const negative = (vectors: Vectors) => vectors.map((v) => v.map((x) => -x));
const plus = (vectors: Vectors, moves: Vectors, by: number) =>
  vectors.map((v, i) => v.map((x, k) => x + by * moves[i]![k]!));

/** Whether the written corners moved along a wave, and the reading ones by `sign` times the same, is an eigenvector. */
function isEigenvector(moves: Vectors, sign: 1 | -1, curvature: number): boolean {
  const direction = flat(moves, sign === 1 ? moves : negative(moves));
  return hessian.to2DArray().every((row, k) => close(geometry.dot(row, [...direction]), curvature * direction[k]!));
}

/** Half the second derivative of the loss where every written corner moves by its a and every reading one by −a. */
const curvedBy = (moves: Vectors) => {
  const direction = [...flat(moves, negative(moves))];
  return hessian.to2DArray().reduce((sum, row, k) => sum + 0.5 * direction[k]! * geometry.dot(row, direction), 0);
};
/** 2(1 − N) Σ‖a‖² + Σ over neighbours i, j, both ways, of (aᵢ·vⱼ − vᵢ·aⱼ)² − 2N cos 72° aᵢ·aⱼ */
function partedBy(moves: Vectors, sign = -1): number {
  const overlap = N * Math.cos((2 * Math.PI) / 5);
  const pairs = indices(5).flatMap((i) => [(i + 1) % 5, (i + 4) % 5].map((j) => [i, j] as const));
  const own = moves.reduce((sum, a) => sum + 2 * (1 - N) * geometry.dot(a, a), 0);
  return pairs.reduce((sum, [i, j]) => {
    const [a, b, v, w] = [moves[i]!, moves[j]!, pentagon[i]!, pentagon[j]!];
    return sum + (geometry.dot(a, w) - geometry.dot(v, b)) ** 2 + sign * 2 * overlap * geometry.dot(a, b);
  }, own);
}
const anyMoves = listOf(listOf(hundredths(-100, 100), 2), 5);

const phases = integers(0, 360).map((degree) => (degree * Math.PI) / 180);
const eigenvalues = landscape.spectrum(hessian).values;

exactClaim("U2e the tied pentagon is a saddle of the untied loss", {
  row: "U2",
  role: "supporting",
  claim:
    "Untying helps because the best tied ReLU pentagon, a minimum among tied models, is a strict saddle once writing and reading may differ: the Hessian of the untied summed loss has the eigenvalue 4(5 − √5 − √10)/(7 − √5) = −0.3345, twice, and no other negative one.",
  operationalisation:
    "At a tied point the Hessian of the untied loss splits into moves that keep the two alike and moves that part them by equal and opposite amounts. The latter are waves round the pentagon; for one wave length they make a matrix of two rows, radial and tangential, N [5 − 2√5, √5; √5, 5]. The phase of the wave is free: twice.",
  properties: {
    "the pentagon is critical for the untied loss": () =>
      objectiveOf("relu", pentagon, pentagon).gradient.every((slope) => close(slope, 0)),
    "among tied models it is a minimum: no move that keeps the two alike is downhill": () => {
      const tiedModel = untied("relu", 5, { tied: true });
      return landscape.classify(tiedModel, Float64Array.from(asColumns(pentagon))).negative === 0;
    },
    "parted by any moves a and −a the loss curves by 2(1 − N) Σ‖a‖² + Σ (aᵢ·vⱼ − vᵢ·aⱼ)² − 2N cos 72° aᵢ·aⱼ over neighbours":
      fc.property(anyMoves, (moves) => close(curvedBy(moves), partedBy(moves))),
    "parted along a wave of one length the curvatures are N(5 − √5 ∓ √10), whatever the phase": fc.property(
      phases,
      (phase) =>
        isEigenvector(wave(phase), -1, downhill) &&
        isEigenvector(wave(phase, (root5 + Math.sqrt(10)) / root5), -1, N * (5 - root5 + Math.sqrt(10))),
    ),
    "the lower one is −0.3345, twice, and there is no other negative curvature": () =>
      close(downhill, -0.3345, 5e-5) &&
      close(eigenvalues[0]!, downhill) &&
      close(eigenvalues[1]!, downhill) &&
      eigenvalues[2]! > -1e-9,
    "a step of t along the wave lowers the loss by 0.1672 t²‖move‖² at leading order": fc.property(
      phases,
      integers(1, 50),
      (phase, k) => {
        const t = k / 10_000;
        const moves = wave(phase);
        const length = 2 * moves.flat().reduce((sum, x) => sum + x * x, 0);
        const lowered =
          lossOf("relu", pentagon, pentagon) - lossOf("relu", plus(pentagon, moves, t), plus(pentagon, moves, -t));
        return close(lowered / (t * t * length), -downhill / 2, 0.05);
      },
    ),
  },
  nearMiss: {
    "4(5 − √5 + √10)/(7 − √5) twice and lowest": () =>
      close(eigenvalues[0]!, (4 * (5 - root5 + Math.sqrt(10))) / (7 - root5)),
    "with + 2N cos 72° aᵢ·aⱼ": fc.property(anyMoves, (moves) => close(curvedBy(moves), partedBy(moves, 1))),
    "moved alike along the same wave": fc.property(phases, (phase) => isEigenvector(wave(phase), 1, downhill)),
    "the wave with the opposite tangential part": fc.property(phases, (phase) =>
      isEigenvector(wave(phase, (Math.sqrt(10) - root5) / root5), -1, downhill),
    ),
    "the tied square is a saddle, too": () => {
      const square = geometry.polygon(4);
      const four = untied("relu", 4);
      return landscape.spectrum(landscape.hessian(four, flat(square, square))).values[0]! < -1e-9;
    },
  },
  figure: () => {
    const moves = wave(0);
    const parted = (t: number) => ({ written: plus(pentagon, moves, t), reading: plus(pentagon, moves, -t) });
    const loss = (t: number) => lossOf("relu", parted(t).written, parted(t).reading);
    return [
      charts.pairs({ ...parted(0.25), power: 1, caption: "parted along the wave, t = 0.25" }),
      charts.series({
        caption: "along the wave",
        x: "t",
        y: "summed loss",
        width: 420,
        height: 320,
        series: [
          {
            label: "writing and reading parted",
            points: indices(21).map((k) => ({ x: (k - 10) / 20, y: loss((k - 10) / 20) })),
          },
        ],
        references: [{ label: "best tied pentagon", at: () => loss(0) }],
      }),
    ];
  },
});
