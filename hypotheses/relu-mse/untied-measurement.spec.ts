import fc from "fast-check";
import {
  always,
  angleBetween,
  compose,
  cosine,
  distribution,
  frameSpectrum,
  gradient,
  hypothesis,
  loss,
  often,
  outerSum,
  type Point,
  pairs,
  prettyGoodVectors,
  type Run,
  recipe,
  reciprocalVectors,
  terms,
  verdictLine,
} from "../../src/index.ts";
import {
  type Activation,
  at,
  condition,
  degrees,
  dot,
  fresh,
  mean,
  medianOf,
  name,
  nearPentagon,
  plus,
  section,
  size,
  times,
  untied,
} from "./untied-setup.ts";

/**
 * Untied, no bias: where it is best to read, and how far the analogy to quantum measurement goes (U7, U8). Written vectors vᵢ
 * stand for states, reading vectors uⱼ for measurements; losses are summed over the n² outputs.
 */
/** weight0 [d × n] then weight1 [n × d]. */
const weights = (written: readonly Point[], reading: readonly Point[]) =>
  Float64Array.from([...written[0]!.flatMap((_, row) => written.map((v) => v[row]!)), ...reading.flat()]);

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

/** Two written vectors that stay as they are; `near`: reading starts near them (noise 0.05 on all), else as PyTorch has it. */
function frozenPair(nonlinearity: Activation | "identity", angle: number, near: boolean) {
  const vectors = [at(0), at(angle)];
  const weight0 = [0, 1].flatMap((row) => vectors.map((v) => v[row]!));
  const start = near ? { at: { weight0, weight1: vectors.flat() }, noise: 0.05 } : { at: { weight0 } };
  return {
    model: untied(nonlinearity, 2, { frozen: ["weight0"], initialisation: { scheme: "torch", ...start } }),
    recipe: recipe({ steps: 6000, rate: 0.4, convergence: { gradientNorm: 1e-5, every: 500 } }),
    seeds: fresh(256),
  };
}

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

/** Integer vectors that span, and are no multiples of one another. */
const spanning = fc
  .record({ d: fc.integer({ min: 2, max: 4 }), extra: fc.integer({ min: 0, max: 4 }) })
  .chain(({ d, extra }) =>
    fc.array(
      fc.array(
        fc.integer({ min: -9, max: 9 }).map((k) => k / 5),
        { minLength: d, maxLength: d },
      ),
      { minLength: d + extra, maxLength: d + extra },
    ),
  )
  .filter((vectors) => frameSpectrum(vectors)[0]! > 0.1);

/** Largest gradient of the summed loss by the unembedding. */
function steepest(
  nonlinearity: Activation | "identity",
  written: readonly Point[],
  reading: readonly Point[],
): number {
  const model = untied(nonlinearity, written.length, { hidden: written[0]!.length });
  const g = gradient(model, weights(written, reading)).gradient.slice(written.length * written[0]!.length);
  return terms(model) * Math.max(...g.map(Math.abs));
}

hypothesis("U8b reciprocal vectors are the best linear readers, pretty-good ones are not", {
  claim:
    "Without a nonlinearity the best readers are the reciprocal (dual-frame) vectors S⁻¹vᵢ, S = Σvᵢvᵢᵀ, for any number of vectors, and Σuᵢvᵢᵀ is then the identity; the pretty-good ones S^−½vᵢ are 45° − θ/2 away for two unit vectors θ apart.",
  section,
  reading:
    "The loss is convex in the readers, so they are best where the gradient by the unembedding vanishes.",
  properties: {
    "at the reciprocal vectors the linear loss has no gradient by the unembedding": fc.property(
      spanning,
      (v) => steepest("identity", v, reciprocalVectors(v)) < 1e-9,
    ),
    "Σuᵢvᵢᵀ = I: the readers resolve the identity as the elements of a POVM do": fc.property(spanning, (v) =>
      outerSum(reciprocalVectors(v), v).every((row, i) =>
        row.every((x, j) => Math.abs(x - (i === j ? 1 : 0)) < 1e-9),
      ),
    ),
    "pretty-good vectors of two unit vectors: 45° − θ/2 from the reciprocal ones": fc.property(
      fc.integer({ min: 5, max: 89 }),
      (angle) => {
        const v = [at(0), at(angle)];
        const [p, u] = [prettyGoodVectors(v), reciprocalVectors(v)];
        return p.every((x, i) => Math.abs(degrees(angleBetween(x, u[i]!)) - (45 - angle / 2)) < 1e-5);
      },
    ),
  },
  nearMiss: {
    "the same gradient at the pretty-good vectors": fc.property(
      spanning,
      (v) => steepest("identity", v, prettyGoodVectors(v)) < 1e-9,
    ),
    "the same gradient under ReLU": fc.property(
      spanning,
      (v) => steepest("relu", v, reciprocalVectors(v)) < 1e-9,
    ),
  },
});

/** Five written vectors that stay near norm 1 at uneven angles (noise 0.1), readers that start near them. */
function frozenFive(nonlinearity: Activation | "identity") {
  const vectors = [0, 25, 70, 150, 250].map(at);
  const weight0 = [0, 1].flatMap((row) => vectors.map((v) => v[row]!));
  return {
    model: untied(nonlinearity, 5, {
      frozen: ["weight0"],
      initialisation: { scheme: "torch", at: { weight0, weight1: vectors.flat() }, noise: 0.1 },
    }),
    recipe: recipe({ steps: 20_000, rate: 0.05 * 25, convergence: { gradientNorm: 1e-6, every: 1000 } }),
    seeds: fresh(256),
  };
}

const candidates = {
  "the written vector": (v: readonly Point[]) => v,
  "the pretty-good one": prettyGoodVectors,
  "the reciprocal one": reciprocalVectors,
};
type Candidate = keyof typeof candidates;

/** Mean cosine of the readers that show more than a tenth of their feature with what a theory would have them be. */
function likeness(run: Run, candidate: Candidate): number[] {
  const [v, u] = [run.points, run.unembedding];
  const ideal = candidates[candidate](v);
  const found = v.flatMap((p, i) => (dot(p, u[i]!) > 0.1 ? [cosine(u[i]!, ideal[i]!)] : []));
  return found.length > 0 ? [mean(found)] : [];
}

/** Of each reader but that of the longest written vector: how far (degrees) from perpendicular to some other written vector. */
function offSilence(run: Run): number {
  const [v, u] = [run.points, run.unembedding];
  const longest = v.reduce((best, p, i) => (size(p) > size(v[best]!) ? i : best), 0);
  const off = u.flatMap((row, j) =>
    j === longest
      ? []
      : [Math.min(...v.flatMap((p, i) => (i === j ? [] : [Math.abs(90 - degrees(angleBetween(row, p)))])))],
  );
  return Math.max(...off);
}

const quantum = {
  "two fixed vectors, 60°, ReLU": frozenPair("relu", 60, true),
  "five fixed vectors, linear": frozenFive("identity"),
  "five fixed vectors, ReLU": frozenFive("relu"),
  "five fixed vectors, GELU": frozenFive("gelu"),
  "five trained from the pentagon, ReLU": nearPentagon("relu"),
  "five trained from the pentagon, GELU": nearPentagon("gelu"),
  "ten trained in 2D, ReLU": condition("relu", 10),
  "ten trained in 3D, GELU": condition("gelu", 10, 3, 64),
};

hypothesis("U8 how deep the analogy to quantum measurement goes", {
  question:
    "Are trained reading vectors those of unambiguous discrimination (reciprocal vectors), of the pretty-good measurement, or neither?",
  section,
  reading:
    "Per seed the mean cosine of readers (those that show more than a tenth of their feature) with S⁻¹vᵢ, S^−½vᵢ and vᵢ, S = Σvᵢvᵢᵀ over all written vectors. The five fixed ones stand near 0°, 25°, 70°, 150° and 250°, and readers start near them. Medians with exact bounds over 256 seeds (64 in 3D). Unambiguous discrimination asks a reader to be silent for every other state; last, how far from perpendicular to some other written vector a reader of the five trained ones is at most, the longest vector's reader left aside.",
  given: quantum,
  measure: (ensembles) => {
    const values = {
      ...Object.fromEntries(
        Object.keys(quantum).flatMap((label) =>
          (Object.keys(candidates) as Candidate[]).map((candidate) => [
            `${label}: cosine with ${candidate}`,
            medianOf(ensembles[label]!.runs.flatMap((run) => likeness(run, candidate))),
          ]),
        ),
      ),
      ...Object.fromEntries(
        ["ReLU", "GELU"].map((a) => [
          `five trained from the pentagon, ${a}: degrees from perpendicular, at most`,
          medianOf(ensembles[`five trained from the pentagon, ${a}`]!.runs.map(offSilence)),
        ]),
      ),
    };
    const like = (label: string) =>
      (Object.keys(candidates) as Candidate[])
        .map((candidate) => values[`${label}: cosine with ${candidate}`]!.value.toFixed(2))
        .join(" / ");
    const off = (a: string) =>
      values[`five trained from the pentagon, ${a}: degrees from perpendicular, at most`]!.value.toFixed(1);
    return {
      answer: `Cosine with the written / pretty-good / reciprocal vector: two acute vectors ${like("two fixed vectors, 60°, ReLU")}, five fixed and a linear readout ${like("five fixed vectors, linear")}: the reciprocal vectors of unambiguous discrimination (with more vectors than dimensions, of least squares). Five fixed under ReLU ${like("five fixed vectors, ReLU")}, trained too ${like("five trained from the pentagon, ReLU")}: neither. What is left is one-sided: all readers but that of the longest vector end within ${off("ReLU")}° (ReLU) or ${off("GELU")}° (GELU) of perpendicular to another's written vector.`,
      values,
    };
  },
  figure: (ensembles, { answer }) =>
    compose(
      { title: "What trained readers are like", subtitle: answer, columns: 2 },
      [
        "five fixed vectors, linear",
        "five fixed vectors, ReLU",
        "five trained from the pentagon, ReLU",
        "five trained from the pentagon, GELU",
      ].map((label) =>
        distribution({
          caption: label,
          label: "mean cosine of a seed's readers",
          conditions: (Object.keys(candidates) as Candidate[]).map((candidate) => ({
            label: `with ${candidate}`,
            values: ensembles[label]!.runs.flatMap((run) => likeness(run, candidate)),
          })),
          domain: [0.4, 1],
          width: 460,
        }),
      ),
    ),
});
