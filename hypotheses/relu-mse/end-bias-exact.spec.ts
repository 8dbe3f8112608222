import {
  compose,
  distribution,
  dot,
  hypothesis,
  losslessCircle,
  losslessSquaredRadius,
  often,
  ownPreactivations,
  plane,
  preactivations,
  proportions,
  quantile,
  type Run,
  regularPolygon,
  type State,
  satisfaction,
  verdictLine,
} from "../../src/index.ts";
import {
  asNoted,
  biased,
  fresh,
  learned,
  newer,
  noted,
  numberName,
  numbers,
  older,
  type Scheme,
  section,
  shareOf,
  summedLoss,
  tally,
} from "./end-bias-setup.ts";

/** Tied, end bias: whether what is learned is an exact algorithm, at a high rate and at others (B4). */

const pentagonSquare = losslessSquaredRadius(5);

/** How a run compares with the lossless circle of as many features as it learned. */
function exactness(run: State) {
  const { outputBias, points, model, parameters } = run;
  const k = learned(run);
  const z = preactivations(model, parameters);
  const y = z.map((row) => row.map((x) => Math.max(0, x)));
  const worst = (pairs: (readonly [number, number])[]) =>
    Math.max(0, ...pairs.map(([i, j]) => Math.abs(y[i]![j]! - Number(i === j && k.includes(j)))));
  const all = points.flatMap((_, i) => points.map((_, j) => [i, j] as const));
  const columns = k.map((i) => points[i]!);
  const squared = columns.map((p) => dot(p, p));
  const ideal = k.length >= 2 ? losslessSquaredRadius(k.length) : Number.POSITIVE_INFINITY;
  const off = (value: number, wanted: number) => Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
  return {
    "features learned": k.length,
    "reconstructed exactly": worst(all) < 1e-3,
    "a regular polygon": columns.length >= 3 && regularPolygon(columns).regular,
    "squared norms off by": Math.max(0, ...squared.map((s) => Math.abs(s / ideal - 1))),
    "biases off by": Math.max(0, ...k.map((i) => off(outputBias![i]!, 1 - ideal))),
  };
}

type Exactness = ReturnType<typeof exactness>;
const isTheory = (o: Exactness) =>
  o["reconstructed exactly"] &&
  o["a regular polygon"] &&
  o["squared norms off by"] < 0.01 &&
  o["biases off by"] < 0.01;

/** The columns turned so that the first learned one lies on the x axis, with the biases as colours. */
function picture(run: Run, caption: string) {
  const [first] = learned(run);
  const [x, y] = run.points[first ?? 0]!;
  const turn = Math.atan2(y!, x!);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return plane({
    caption,
    points: run.points.map(([a, b]) => [a! * c + b! * s, b! * c - a! * s]),
    values: { of: run.outputBias!, label: "end bias" },
    ghost: { points: losslessCircle(5).points, label: "lossless pentagon" },
    hull: false,
  });
}

const seed200 = (scheme: Scheme, max: number, steps: number) => ({
  model: biased(10, scheme),
  recipe: noted(steps, max, 40),
  seeds: [200],
});

hypothesis("B4 the note's own run, seed 200", {
  question:
    "Does the note's own run (ten features, seed 200, rate up to 2) end in the exact algorithm for five features, with the theoretical magnitudes?",
  section,
  reading:
    "One run, because the claim is about one seed; B4b asks the same of many. The same initial weights as PyTorch draws, both versions; 10,000 steps of the note's schedule. The theory is the lossless pentagon: squared norms 1/(1 − cos 72°) = 1.4472, biases 1 − 1.4472. Intervals span the learned features.",
  given: {
    [older]: seed200("torch", 2, 10_000),
    [newer]: seed200("torch-tied-bias", 2, 10_000),
    "older code, rate up to 0.1": seed200("torch", 0.1, 10_000),
    "older code, rate up to 0.1, 250,000 steps": seed200("torch", 0.1, 250_000),
  },
  measure: (ensembles) => {
    const values = Object.entries(ensembles).flatMap(([name, { runs }]) => {
      const run = runs[0]!;
      const k = learned(run);
      const span = (numbers: readonly number[]) => ({
        value: quantile(numbers, 0.5),
        low: Math.min(...numbers),
        high: Math.max(...numbers),
      });
      const one = (value: number) => ({ value, low: value, high: value });
      const start = ownPreactivations(run.model, run.checkpoints[0]!.parameters);
      return [
        [`${name}: summed loss`, one(summedLoss(run))],
        [`${name}: features learned`, one(k.length)],
        [`${name}: squared norms`, span(k.map((i) => dot(run.points[i]!, run.points[i]!)))],
        [`${name}: biases`, span(k.map((i) => run.outputBias![i]!))],
        [
          `${name}: biases of the learned at the start`,
          span(k.map((i) => run.checkpoints[0]!.outputBias![i]!)),
        ],
        [`${name}: ‖w‖² + b of the learned at the start`, span(k.map((i) => start[i]!))],
        [`${name}: features on at the start`, one(start.filter((z) => z > 0).length)],
      ] as const;
    });
    const run = ensembles[older]!.runs[0]!;
    const k = learned(run);
    const squares = k.map((i) => dot(run.points[i]!, run.points[i]!));
    const worst = Math.max(...squares.map((s) => Math.abs(s / pentagonSquare - 1)));
    const negative = k.filter((i) => run.checkpoints[0]!.outputBias![i]! <= 0);
    const other = ensembles[newer]!.runs[0]!;
    return {
      answer: `In the older code yes: features ${k.join(", ")} are learned, with squared norms within ${worst.toExponential(1)} of 1.4472 and loss ${summedLoss(run).toFixed(4)}, though ${negative.length === 1 ? `feature ${negative[0]} starts` : `${negative.length} start`} with a negative bias. In the newer code no: ${learned(other).length} learned, loss ${summedLoss(other).toFixed(2)}.`,
      values: Object.fromEntries(values),
    };
  },
  figure: (ensembles, { answer }) =>
    compose({ title: "Seed 200: five features on the theoretical pentagon", subtitle: answer }, [
      ...[older, newer].map((name) => {
        const run = ensembles[name]!.runs[0]!;
        return picture(run, `${name}: ${learned(run).length} learned, loss ${summedLoss(run).toFixed(3)}`);
      }),
    ]),
});

const trainedTen = (scheme: Scheme) => asNoted(10, scheme);
const bothTen = { [older]: trainedTen("torch"), [newer]: trainedTen("torch-tied-bias") };
const notEnough = {
  name: "twenty features",
  model: biased(20),
  recipe: noted(15_000, 2, 12),
};

hypothesis("B4b the theoretical pentagon, across seeds", {
  claim:
    "At a high rate the model learns the exact algorithm, with the theoretical magnitudes, for five of ten features.",
  section,
  reading:
    "As printed, across seeds: in more than half of them five features are learned, reconstructed to 0.001 with all else silent, their columns a regular pentagon (0.01 rad, 1 %), squared norms and biases within 0.01 (relative, or absolute below 1) of the theory.",
  given: bothTen,
  endPoints: false,
  observe: exactness,
  expect: often((o: Exactness) => o["features learned"] === 5 && isTheory(o), "the theoretical pentagon"),
  control: notEnough,
  witness: {
    "features learned": 5,
    "reconstructed exactly": true,
    "a regular polygon": true,
    "squared norms off by": 1e-6,
    "biases off by": 1e-6,
  },
  figure: (result) => {
    const sample = result.cells[0]!;
    const kinds: [string, (o: Exactness) => boolean][] = [
      ["exact, the theoretical pentagon", (o) => o["features learned"] === 5 && isTheory(o)],
      ["exact, four features", (o) => o["reconstructed exactly"] && o["features learned"] === 4],
      ["exact, six or more features", (o) => o["reconstructed exactly"] && o["features learned"] >= 6],
      ["not exact", (o) => !o["reconstructed exactly"]],
    ];
    const panels = kinds.flatMap(([name, is]) => {
      const at = sample.values.findIndex((v) => v !== null && is(v));
      const share = sample.values.filter((v) => v !== null && is(v)).length;
      return at < 0
        ? []
        : [picture(sample.ensemble.runs[at]!, `${name}: ${share} of ${sample.values.length}`)];
    });
    return compose(
      { title: "What ten features end in (older code)", subtitle: verdictLine(result), columns: 2 },
      panels,
    );
  },
});

hypothesis("B4c an exact algorithm for the features that are learned", {
  claim:
    "At a high rate the model often ends in an exact algorithm, for however many features: those that are learned are reconstructed perfectly and all else is silent.",
  section,
  reading:
    "The repaired claim: every learned feature's own output within 0.001 of 1 and every other output below 0.001, for every input, in more than half of the seeds, in both versions of the initialisation.",
  given: bothTen,
  endPoints: false,
  observe: exactness,
  expect: often((o: Exactness) => o["reconstructed exactly"], "learned features reconstructed exactly"),
  control: notEnough,
  figure: (result) =>
    compose({ title: "Exact for the features that are learned", subtitle: verdictLine(result) }, [
      proportions({
        label: "features learned, of the seeds that end exactly",
        categories: numbers,
        conditions: result.cells.map((o) => ({
          label: o.label,
          seeds: o.values.length,
          of: tally(
            numbers,
            o.values.filter((v) => v?.["reconstructed exactly"]),
            (v) => numberName(v["features learned"]),
          ),
        })),
      }),
      satisfaction(result),
    ]),
});

hypothesis("B4d a high rate is a long training", {
  question:
    "Is it the high rate that makes the ends exact, or only that a higher rate gets further in the same number of steps?",
  section,
  reading:
    "The share of 256 seeds (ten features, older code; 64 where a run takes 120,000 steps, whose bounds still lie above those of rate 0.1) that end exactly, as in B4c, for three rates at the same number of steps and at the same product of rate and steps; and, among all ends that learn five features exactly, how far the squared norms are from 1/(1 − cos 72°). Bounds exact at 1e-4.",
  given: {
    "rate 2, 30,000 steps": {
      model: biased(10),
      recipe: noted(30_000, 2, 12),
      seeds: fresh(512).slice(0, 256),
    },
    "rate 0.1, 30,000 steps": { model: biased(10), recipe: noted(30_000, 0.1), seeds: fresh(256) },
    "rate 8, 7,500 steps": { model: biased(10), recipe: noted(7500, 8), seeds: fresh(256) },
    "rate 0.5, 120,000 steps": { model: biased(10), recipe: noted(120_000, 0.5), seeds: fresh(64) },
  },
  measure: (ensembles) => {
    const ends = Object.entries(ensembles).map(([name, { runs }]) => [name, runs.map(exactness)] as const);
    const shares = ends.map(
      ([name, of]) =>
        [
          `${name}: ends exactly`,
          shareOf(of.filter((o) => o["reconstructed exactly"]).length, of.length),
        ] as const,
    );
    const five = ends.flatMap(([, of]) =>
      of.filter((o) => o["reconstructed exactly"] && o["features learned"] === 5),
    );
    const show = (i: number) => `${Math.round(100 * shares[i]![1].value)} %`;
    return {
      answer: `Training time: at 30,000 steps ${show(0)} of seeds end exactly at rate 2 and ${show(1)} at rate 0.1, but at the same rate × steps it is ${show(2)} at rate 8 and ${show(3)} at rate 0.5. ${five.filter(isTheory).length} of the ${five.length} ends with five exact features are the theoretical pentagon to 1 %.`,
      values: {
        ...Object.fromEntries(shares),
        "five exact features that are the theoretical pentagon to 1 %": shareOf(
          five.filter(isTheory).length,
          five.length,
        ),
      },
    };
  },
  figure: (ensembles, { answer }) =>
    compose({ title: "Ends of ten features, by rate and steps", subtitle: answer }, [
      distribution({
        label: "summed loss at the end (a whole number where the end is exact)",
        conditions: Object.entries(ensembles).map(([label, { runs }]) => ({
          label,
          values: runs.map(summedLoss),
        })),
        width: 720,
      }),
    ]),
});
