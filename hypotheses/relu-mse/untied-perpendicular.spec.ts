import fc from "fast-check";
import {
  always,
  compose,
  cosine,
  dot,
  hypothesis,
  loss,
  often,
  type Point,
  pairs,
  type Run,
  reciprocalVectors,
  terms,
  verdictLine,
} from "../../src/index.ts";
import {
  type Activation,
  at,
  frozenPair,
  name,
  plus,
  section,
  size,
  times,
  untied,
  weights,
} from "./untied-setup.ts";

/**
 * Untied, no bias: where it is best to read two vectors, and whether training finds it (U7). vᵢ are written vectors, uⱼ
 * reading vectors; losses are summed over the n² outputs.
 */

const lossOf = (
  nonlinearity: Activation | "identity",
  written: readonly Point[],
  reading: readonly Point[],
) => {
  const model = untied(nonlinearity, written.length, { hidden: written[0]!.length });
  return terms(model) * loss(model, weights(written, reading));
};

/** Two unit vectors at an angle (degrees) in the first two of d dimensions, and what lies outside their plane. */
const twoVectors = (least: number, most: number) =>
  fc.record({
    angle: fc.integer({ min: least, max: most }),
    /** How far beyond perpendicular the reader is tilted. */
    tilt: fc.integer({ min: 0, max: 300 }).map((k) => k / 100),
    outside: fc.array(
      fc.integer({ min: -200, max: 200 }).map((k) => k / 100),
      { maxLength: 3 },
    ),
  });

/** Readers of both vectors that show nothing of the other: reciprocal ones, tilted away from the other, and out of the plane. */
function silent({ angle, tilt, outside }: { angle: number; tilt: number; outside: readonly number[] }) {
  const zeros = outside.map(() => 0);
  const written = [at(0), at(angle)].map((v) => [...v, ...zeros]);
  const reciprocal = reciprocalVectors([at(0), at(angle)]).map((u): Point => [...u, ...zeros]);
  const [a, b] = [reciprocal[0]!, reciprocal[1]!];
  const rest = [0, 0, ...outside];
  return {
    written,
    reciprocal,
    tilted: [plus(a, times(b, -tilt), rest), plus(b, times(a, -tilt), rest)],
  };
}

/** GELU shows 1 at this input. */
const geluOne = 1.144_450_718_352_878_7;

hypothesis("U7 reading perpendicular to the other is optimal", {
  claim:
    "Two unit vectors with v₁·v₂ > 0 are read without loss along u₁ ⟂ v₂ and u₂ ⟂ v₁; under ReLU these are the shortest of all lossless readers, and reading along v itself costs cos²θ/(1 + cos²θ) a feature at least.",
  section,
  reading:
    "Without nonlinearity lossless readers must show 0 of the other vector, so they are perpendicular to it. Under ReLU a negative product is as good, so 'optimal' means: lossless, and the shortest that is.",
  properties: {
    "read perpendicularly, nothing is lost: linear, ReLU and, 1.1445 times as long, GELU": fc.property(
      twoVectors(5, 89),
      (pair) => {
        const { written, reciprocal } = silent(pair);
        const longer = reciprocal.map((u) => times(u, geluOne));
        return (
          lossOf("identity", written, reciprocal) < 1e-20 &&
          lossOf("relu", written, reciprocal) < 1e-20 &&
          lossOf("gelu", written, longer) < 1e-12
        );
      },
    ),
    "under ReLU every other lossless reader is longer; the perpendicular one has length 1/sin θ": fc.property(
      twoVectors(5, 89).filter(({ tilt, outside }) => tilt > 0 || outside.some((x) => x !== 0)),
      (pair) => {
        const { written, reciprocal, tilted } = silent(pair);
        return (
          lossOf("relu", written, tilted) < 1e-15 &&
          tilted.every((u, k) => size(u) > size(reciprocal[k]!)) &&
          reciprocal.every((u) => Math.abs(size(u) * Math.sin((pair.angle * Math.PI) / 180) - 1) < 1e-9)
        );
      },
    ),
    "reading along v costs cos²θ/(1 + cos²θ) a feature at least": fc.property(
      twoVectors(0, 89),
      fc.integer({ min: 0, max: 200 }).map((k) => k / 100),
      ({ angle }, length) => {
        const written = [at(0), at(angle)];
        const square = Math.cos((angle * Math.PI) / 180) ** 2;
        const reading = written.map((v) => times(v, length));
        return lossOf("relu", written, reading) >= (2 * square) / (1 + square) - 1e-12;
      },
    ),
  },
  nearMiss: {
    "under ReLU only perpendicular readers are lossless": fc.property(
      twoVectors(5, 89).filter(({ tilt }) => tilt > 0),
      (pair) => {
        const { written, tilted } = silent(pair);
        return lossOf("relu", written, tilted) > 1e-12;
      },
    ),
    "the perpendicular readers are the shortest lossless ones for obtuse pairs too": fc.property(
      fc.integer({ min: 91, max: 175 }),
      (angle) => {
        const written = [at(0), at(angle)];
        const reciprocal = reciprocalVectors(written);
        return lossOf("relu", written, written) > 1e-12 || reciprocal.every((u) => size(u) <= 1);
      },
    ),
  },
  figure: () => {
    const drawn = (angle: number, reading: readonly Point[], caption: string) =>
      pairs({ written: [at(0), at(angle)], reading, power: 1, caption });
    return compose(
      {
        title: "Reading two vectors 60° apart",
        subtitle: "Readers perpendicular to the other vector show nothing of the other feature.",
      },
      [
        drawn(60, reciprocalVectors([at(0), at(60)]), "Perpendicular to the other: loss 0"),
        drawn(
          60,
          [at(0), at(60)].map((v) => times(v, 0.8)),
          "Along itself, at its best: loss 0.4",
        ),
        drawn(
          60,
          silent({ angle: 60, tilt: 0.5, outside: [] }).tilted,
          "Tilted further: loss 0 under ReLU, but longer",
        ),
      ],
    );
  },
});

const perpendicular = (run: Run) => {
  const [v, u] = [run.points, run.unembedding];
  return {
    "largest |cosine| with the other": Math.max(
      Math.abs(cosine(u[0]!, v[1]!)),
      Math.abs(cosine(u[1]!, v[0]!)),
    ),
    "least shown of a feature": Math.min(dot(u[0]!, v[0]!), dot(u[1]!, v[1]!)),
  };
};
type Perpendicular = ReturnType<typeof perpendicular>;

const isPerpendicular = (o: Perpendicular) =>
  o["largest |cosine| with the other"] < 0.01 && o["least shown of a feature"] > 0.5;

const both =
  "Both readers within 0.01 (cosine) of perpendicular to the other written vector, and both features shown at more than one half before the nonlinearity.";
const draw = (run: Run, caption: string) =>
  pairs({ written: run.points, reading: run.unembedding, power: 1, caption });

hypothesis("U7a training finds perpendicular readers from any start", {
  claim:
    "With two written vectors fixed 60° apart, training an ordinary start of the readers usually ends in perpendicular ones.",
  section,
  reading: `${both} More than half of the seeds. A ReLU row starts dead, for good, with probability one half, so both live in a quarter of the seeds.`,
  given: { ReLU: frozenPair("relu", 60, false), GELU: frozenPair("gelu", 60, false) },
  observe: perpendicular,
  expect: often(isPerpendicular, "both readers perpendicular to the other"),
  control: { name: "ReLU, 120° apart, from v", model: frozenPair("relu", 120, true).model },
  figure: (result) =>
    compose(
      {
        title: "Readers trained from PyTorch's start, written vectors fixed",
        subtitle: verdictLine(result),
        columns: 3,
      },
      [...result.cells, result.control].map((o) => {
        const index = Math.max(0, o.satisfied.indexOf(true));
        const run = o.ensemble.runs[index]!;
        return draw(run, `${o.label}: ${o.words}; seed ${run.seed}`);
      }),
    ),
});

const angles = [45, 60, 75] as const;

hypothesis("U7b training finds perpendicular readers when it starts from the written vectors", {
  claim:
    "With two written vectors fixed at an acute angle, training that starts with each reader along its own vector always ends with perpendicular ones, under ReLU, GELU and without a nonlinearity.",
  section,
  reading: `${both} All start near two vectors 45°, 60° or 75° apart, with noise of 0.05. So no row is dead.`,
  given: Object.fromEntries(
    (["relu", "gelu", "identity"] as const).flatMap((a) =>
      angles.map((angle) => [
        `${a === "identity" ? "linear" : name[a]}, ${angle}°`,
        frozenPair(a, angle, true),
      ]),
    ),
  ),
  observe: perpendicular,
  expect: always(isPerpendicular, "both readers perpendicular to the other"),
  control: { name: "ReLU, 120° apart", model: frozenPair("relu", 120, true).model },
  figure: (result) =>
    compose(
      { title: "Readers that start along the written vectors", subtitle: verdictLine(result), columns: 3 },
      [
        ...["ReLU, 45°", "GELU, 60°"].map((label) =>
          draw(result.cells.find((o) => o.label === label)!.ensemble.runs[0]!, label),
        ),
        draw(result.control.ensemble.runs[0]!, result.control.label),
      ],
    ),
});
