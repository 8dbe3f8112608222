import fc from "fast-check";
import { charts, exactClaim, geometry, hypothesis, type Run } from "../../src/index.ts";
import { close, hundredths, named } from "../helpers.ts";
import { atAngle, frozenPair, lossOf, norm, radians, times, type Vectors } from "./setup.ts";

/** Untied, no bias: where it is best to read two written vectors, and whether training finds it (U7). */

/**
 * Two unit vectors at an angle (degrees) in the first two of d dimensions, and readers that show nothing of the other one:
 * the perpendicular ones, and ones that are tilted further away from the other and out of the plane.
 */
function losslessReaders(angle: number, tilt: number, outside: readonly number[]) {
  const inSpace = (v: geometry.Point) => [...v, ...outside.map(() => 0)];
  const written = [atAngle(0), atAngle(angle)];
  const perpendicular = geometry.reciprocalVectors(written).map(inSpace);
  const tilted = perpendicular.map((u, k) => {
    const other = perpendicular[1 - k]!;
    return [0, 0, ...outside].map((x, axis) => x + u[axis]! - tilt * other[axis]!);
  });
  return { angle, written: written.map(inSpace), perpendicular, tilted };
}

/** At an acute angle, and with tilted readers that differ from the perpendicular ones. */
const acutePairs = fc
  .tuple(fc.integer({ min: 5, max: 89 }), hundredths(0, 300), fc.array(hundredths(-200, 200), { maxLength: 3 }))
  .filter(([, tilt, outside]) => tilt > 0 || outside.some((x) => x !== 0))
  .map((pair) => losslessReaders(...pair));

/** GELU shows 1 at this input. */
const geluOne = 1.144_450_718_352_878_7;

exactClaim("U7 reading perpendicular to the other written vector is optimal", {
  row: "U7",
  role: "as printed",
  claim:
    "Two unit vectors with v₁·v₂ > 0 are read without loss along u₁ ⟂ v₂ and u₂ ⟂ v₁. Under ReLU these are the shortest of all lossless reading vectors, and reading along v itself costs at least cos²θ/(1 + cos²θ) a feature.",
  operationalisation:
    "Without a nonlinearity lossless reading vectors must show 0 of the other written vector, so they are perpendicular to it. Under ReLU a negative product is as good, so “optimal” means: lossless, and the shortest that is.",
  properties: {
    "read perpendicularly, nothing is lost: linear, ReLU and, 1.1445 times as long, GELU": fc.property(
      acutePairs,
      ({ written, perpendicular }) =>
        lossOf("identity", written, perpendicular) < 1e-20 &&
        lossOf("relu", written, perpendicular) < 1e-20 &&
        lossOf(
          "gelu",
          written,
          perpendicular.map((u) => times(u, geluOne)),
        ) < 1e-12,
    ),
    "under ReLU every other lossless reader is longer; the perpendicular one has length 1/sin θ": fc.property(
      acutePairs,
      ({ angle, written, perpendicular, tilted }) =>
        lossOf("relu", written, tilted) < 1e-15 &&
        tilted.every((u, k) => norm(u) > norm(perpendicular[k]!)) &&
        perpendicular.every((u) => close(norm(u) * Math.sin(radians(angle)), 1)),
    ),
    "reading along v costs cos²θ/(1 + cos²θ) a feature at least": fc.property(
      fc.integer({ min: 0, max: 89 }),
      hundredths(0, 200),
      (angle, length) => {
        const written = [atAngle(0), atAngle(angle)];
        const square = Math.cos(radians(angle)) ** 2;
        const reading = written.map((v) => times(v, length));
        return lossOf("relu", written, reading) >= (2 * square) / (1 + square) - 1e-12;
      },
    ),
  },
  nearMiss: {
    // There vectors of length 1 along the written ones are lossless.
    "the perpendicular readers are the shortest lossless ones for obtuse pairs too": fc.property(
      fc.integer({ min: 91, max: 175 }),
      (angle) => {
        const written = [atAngle(0), atAngle(angle)];
        const perpendicular = geometry.reciprocalVectors(written);
        return lossOf("relu", written, written) > 1e-12 || perpendicular.every((u) => norm(u) <= 1);
      },
    ),
  },
  figure: () => {
    const { written, perpendicular, tilted } = losslessReaders(60, 0.5, []);
    const along = written.map((v) => times(v, 0.8));
    return [
      drawPair(written, perpendicular, "Perpendicular to the other: loss 0"),
      drawPair(written, along, "Along itself, at its best: loss 0.4"),
      drawPair(written, tilted, "Tilted further: loss 0 under ReLU, but longer"),
    ];
  },
});

const both =
  "Both reading vectors are within 0.01 (cosine) of perpendicular to the other written vector, and each shows more than half of its feature before the nonlinearity.";

const perpendicular = ({ points: v, unembedding: u }: Run) => ({
  "largest |cosine| with the other": Math.max(
    Math.abs(geometry.cosine(u[0]!, v[1]!)),
    Math.abs(geometry.cosine(u[1]!, v[0]!)),
  ),
  "least shown of a feature": Math.min(geometry.dot(u[0]!, v[0]!), geometry.dot(u[1]!, v[1]!)),
});

hypothesis("U7a training finds perpendicular reading vectors from PyTorch's initialisation", {
  row: "U7",
  role: "supporting",
  claim:
    "With two written vectors fixed 60° apart, training the reading vectors from PyTorch's initialisation usually ends in perpendicular ones, under ReLU and GELU.",
  operationalisation: `${both} In more than half of the seeds. A ReLU reader is dead at initialisation, for good, with probability one half, so both live in a quarter of the seeds.`,
  given: { ReLU: frozenPair("relu", 60, "random"), GELU: frozenPair("gelu", 60, "random") },
  observe: perpendicular,
  expect: {
    most: "both reading vectors perpendicular to the other written vector",
    when: (o) => o["largest |cosine| with the other"] < 0.01 && o["least shown of a feature"] > 0.5,
  },
  control: { name: "ReLU, 120° apart, from v", model: frozenPair("relu", 120, "near").model },
  figure: ({ cells, control }) =>
    [...cells, control].map(({ label, runs, met, satisfied, of }) => {
      const run = runs[Math.max(0, met.indexOf(true))]!;
      return drawPair(run.points, run.unembedding, `${label}: ${satisfied} of ${of} seeds; seed ${run.seed}`);
    }),
});

hypothesis("U7b training finds perpendicular reading vectors initialised along the written ones", {
  row: "U7",
  role: "supporting",
  claim:
    "With two written vectors fixed 45°, 60° or 75° apart, training reading vectors that are initialised along their own written ones ends with perpendicular ones, under ReLU, GELU and without a nonlinearity.",
  operationalisation: `${both} All vectors are initialised near the two written ones (noise 0.05), so no reader is dead.`,
  given: Object.fromEntries(
    (["relu", "gelu", "identity"] as const).flatMap((nonlinearity) =>
      [45, 60, 75].map((angle) => [`${named[nonlinearity]}, ${angle}°`, frozenPair(nonlinearity, angle, "near")]),
    ),
  ),
  observe: perpendicular,
  expect: {
    nearlyAll: "both reading vectors perpendicular to the other written vector",
    when: (o) => o["largest |cosine| with the other"] < 0.01 && o["least shown of a feature"] > 0.5,
  },
  control: { name: "ReLU, 120° apart", model: frozenPair("relu", 120, "near").model },
  figure: ({ cells, control }) =>
    [...cells.filter(({ label }) => ["ReLU, 45°", "GELU, 60°"].includes(label)), control].map(
      ({ label, runs: [run] }) => drawPair(run!.points, run!.unembedding, label),
    ),
});

const drawPair = (written: Vectors, reading: Vectors, caption: string) =>
  charts.pairs({ written, reading, power: 1, caption });
