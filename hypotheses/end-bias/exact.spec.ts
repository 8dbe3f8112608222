import { geometry, hypothesis, openQuestion, type Run, solutions } from "../../src/index.ts";
import { exactly, median, overRuns, seedsFrom20000, shareWithin, summedLoss } from "../helpers.ts";
import {
  bothSchemes,
  columnsWithBias,
  examples,
  initialBias,
  initialOwnInputs,
  learned,
  newer,
  noteSchedule,
  older,
  outputs,
  type Scheme,
  seedsBy,
  seedsByNumber,
  withEndBias,
} from "./setup.ts";

/** Tied ReLU models with an end bias: whether what is learned is an exact algorithm, at a high rate and at others (B4). */

const squaredNorm = (p: readonly number[]) => geometry.dot(p, p);

type Schedule = Parameters<typeof noteSchedule>[1];
/** Ten features on the note's schedule: 30,000 steps at a rate of up to 2, with 12 checkpoints, unless given otherwise. */
const tenFeatures = (scheme: Scheme, seeds: readonly number[], schedule?: Schedule) => ({
  model: withEndBias(10, scheme),
  recipe: noteSchedule(10, schedule),
  seeds,
});
const seed200 = (scheme: Scheme, schedule?: Schedule) =>
  tenFeatures(scheme, [200], { steps: 10_000, checkpoints: 40, ...schedule });

openQuestion("B4 the note's own run, seed 200", {
  row: "B4",
  role: "answer",
  question:
    "Does the note's own run (ten features, seed 200, rate up to 2) end in the exact algorithm for five features, with the theoretical magnitudes?",
  operationalisation: `One run, because the claim names one seed; B4b asks the same of many. The same initial weights as PyTorch draws; 10,000 steps of the note's schedule. The theory is the lossless pentagon: squared norms 1/(1 − cos 72°) = 1.4472, biases 1 − 1.4472. Intervals span the learned features. ${bothSchemes}`,
  given: {
    [older]: seed200("torch"),
    [newer]: seed200("torch-tied-bias"),
    "older code, rate up to 0.1": seed200("torch", { max: 0.1 }),
    "older code, rate up to 0.1, 250,000 steps": seed200("torch", { max: 0.1, steps: 250_000 }),
  },
  measure: (populations) => {
    const [run, other] = [populations[older]!.runs[0]!, populations[newer]!.runs[0]!];
    const k = learned(run);
    const theory = solutions.losslessSquaredRadius(5);
    const worst = Math.max(...k.map((i) => Math.abs(squaredNorm(run.points[i]!) / theory - 1)));
    const negative = k.filter((i) => initialBias(run)[i]! <= 0);
    return {
      answer: `Under the older initialisation scheme yes: features ${k.join(", ")} are learned, with squared norms within ${worst.toExponential(1)} of 1.4472 and loss ${summedLoss(run).toFixed(4)}, though the bias of ${negative.length === 1 ? `feature ${negative[0]} is` : `${negative.length} of them is`} initialised below zero. Under the newer one no: ${learned(other).length} learned, loss ${summedLoss(other).toFixed(2)}.`,
      values: Object.fromEntries(
        Object.entries(populations).flatMap(([name, { runs }]) =>
          Object.entries(magnitudes(runs[0]!)).map(([quantity, value]) => [`${name}: ${quantity}`, value]),
        ),
      ),
    };
  },
  figure: (populations) =>
    [older, newer].map((name) => {
      const run = populations[name]!.runs[0]!;
      const caption = `${name}: ${learned(run).length} learned, loss ${summedLoss(run).toFixed(3)}`;
      return besideLosslessPentagon(run, caption);
    }),
});

function magnitudes(run: Run) {
  const k = learned(run);
  const inputs = initialOwnInputs(run);
  const across = (of: (feature: number) => number) => {
    const values = k.map(of);
    return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
  };
  return {
    "summed loss": exactly(summedLoss(run)),
    "features learned": exactly(k.length),
    "squared norms": across((i) => squaredNorm(run.points[i]!)),
    biases: across((i) => run.outputBias![i]!),
    "biases of the learned at the start": across((i) => initialBias(run)[i]!),
    "‖w‖² + b of the learned at the start": across((i) => inputs[i]!),
    "features on at the start": exactly(inputs.filter((z) => z > 0).length),
  };
}

/** How a run compares with the lossless circle of as many features as it learned. */
function exactness(run: Run) {
  const k = learned(run);
  const columns = k.map((i) => run.points[i]!);
  const ideal = k.length >= 2 ? solutions.losslessSquaredRadius(k.length) : Number.POSITIVE_INFINITY;
  const errors = outputs(run).flatMap((row, i) => row.map((y, j) => Math.abs(y - Number(i === j && k.includes(j)))));
  // Fewer than two have no circle, and are infinitely far from it.
  const off = (value: number, wanted: number) =>
    Number.isFinite(wanted) ? Math.abs(value - wanted) / Math.max(1, Math.abs(wanted)) : Number.POSITIVE_INFINITY;
  return {
    "features learned": k.length,
    "reconstructed exactly": Math.max(...errors) < 1e-3,
    "a regular polygon": geometry.regularPolygon(columns).regular,
    "squared norms off by": Math.max(0, ...columns.map((p) => Math.abs(squaredNorm(p) / ideal - 1))),
    "biases off by": Math.max(0, ...k.map((i) => off(run.outputBias![i]!, 1 - ideal))),
  };
}

const isTheoreticalPentagon = (o: ReturnType<typeof exactness>) =>
  o["features learned"] === 5 &&
  o["reconstructed exactly"] &&
  o["a regular polygon"] &&
  o["squared norms off by"] < 0.01 &&
  o["biases off by"] < 0.01;

const twentyFeatures = { name: "twenty features", model: withEndBias(20), recipe: noteSchedule(20) };

hypothesis("B4b the theoretical pentagon, across seeds", {
  row: "B4",
  role: "as printed",
  claim:
    "At a high rate the model learns the exact algorithm, with the theoretical magnitudes, for five of ten features.",
  operationalisation: `In more than half of the seeds five features are learned and reconstructed to 0.001, with every other output below 0.001; their columns are a regular pentagon (0.01 rad, 1 %); squared norms and biases are within 0.01 (relative, or absolute below 1) of the theory. 30,000 steps of the note's schedule, whose rate goes up to 2. ${bothSchemes}`,
  given: {
    [older]: tenFeatures("torch", seedsFrom20000()),
    [newer]: tenFeatures("torch-tied-bias", seedsFrom20000()),
  },
  endPoints: false,
  observe: exactness,
  expect: { most: "the theoretical pentagon", when: isTheoreticalPentagon },
  control: twentyFeatures,
  positiveControl: {
    name: "five biases start at 0, the others at −2, which switches those features off",
    model: withEndBias(10, { scheme: "torch", at: { bias1: [0, 0, 0, 0, 0, -2, -2, -2, -2, -2] } }),
  },
  figure: ({ cells }) => ({
    columns: 2,
    panels: examples(
      cells[0]!,
      {
        "exact, the theoretical pentagon": isTheoreticalPentagon,
        "exact, four features": (o) => o["reconstructed exactly"] && o["features learned"] === 4,
        "exact, six or more features": (o) => o["reconstructed exactly"] && o["features learned"] >= 6,
        "not exact": (o) => !o["reconstructed exactly"],
      },
      besideLosslessPentagon,
    ),
  }),
});

hypothesis("B4c an exact algorithm for the features that are learned", {
  row: "B4",
  role: "repaired",
  claim:
    "At a high rate the model usually ends in an exact algorithm for however many of ten features it learns: those are reconstructed perfectly and every other output is 0.",
  operationalisation: `For every input each learned feature's own output is within 0.001 of 1 and every other output below 0.001, in more than half of the seeds. 30,000 steps of the note's schedule, whose rate goes up to 2. ${bothSchemes}`,
  given: {
    [older]: tenFeatures("torch", seedsFrom20000()),
    [newer]: tenFeatures("torch-tied-bias", seedsFrom20000()),
  },
  endPoints: false,
  observe: exactness,
  expect: { most: "learned features reconstructed exactly", when: (o) => o["reconstructed exactly"] },
  control: twentyFeatures,
  figure: ({ cells, control }) => [
    seedsByNumber("features learned, of the seeds that end exactly", cells, (o) =>
      o["reconstructed exactly"] ? o["features learned"] : null,
    ),
    seedsBy("share of seeds", [...cells, control], ["learned features exact"], (o) => [
      o["reconstructed exactly"] && "learned features exact",
    ]),
  ],
});

openQuestion("B4d whether a high rate or a long training makes the model exact", {
  row: "B4",
  role: "supporting",
  question:
    "Is it the high rate that makes the model exact, or only that a higher rate gets further in the same number of steps?",
  operationalisation:
    "The share of 256 seeds of ten features (64 where a run takes 120,000 steps) that end exactly, as in B4c, for three rates at the same number of steps and at the same product of rate and steps; and, among all seeds that learn five features exactly, the share whose squared norms are 1/(1 − cos 72°). The older initialisation scheme (end bias in ±1/√2); bounds exact at 1e-4.",
  given: {
    "rate 2, 30,000 steps": tenFeatures("torch", seedsFrom20000(256)),
    "rate 0.1, 30,000 steps": tenFeatures("torch", seedsFrom20000(256), { max: 0.1, checkpoints: 0 }),
    "rate 8, 7,500 steps": tenFeatures("torch", seedsFrom20000(256), { max: 8, steps: 7500, checkpoints: 0 }),
    "rate 0.5, 120,000 steps": tenFeatures("torch", seedsFrom20000(64), {
      max: 0.5,
      steps: 120_000,
      checkpoints: 0,
    }),
  },
  measure: (populations) => {
    const observed = Object.entries(populations).map(([name, { runs }]) => {
      const exact = runs.map(exactness).filter((o) => o["reconstructed exactly"]);
      return { name, exact, share: shareWithin(exact.length, runs.length) };
    });
    const five = observed.flatMap(({ exact }) => exact.filter((o) => o["features learned"] === 5));
    const theoretical = five.filter(isTheoreticalPentagon).length;
    const [high, low, higher, longer] = observed.map(({ share }) => `${Math.round(100 * share.value)} %`);
    return {
      answer: `Training time: at 30,000 steps ${high} of seeds end exactly at rate 2 and ${low} at rate 0.1, but at the same rate × steps it is ${higher} at rate 8 and ${longer} at rate 0.5. ${theoretical} of the ${five.length} seeds with five exact features are the theoretical pentagon to 1 %.`,
      values: {
        ...Object.fromEntries(observed.map(({ name, share }) => [`${name}: ends exactly`, share])),
        "five exact features that are the theoretical pentagon to 1 %": shareWithin(theoretical, five.length),
      },
    };
  },
  figure: (populations) =>
    overRuns(
      Object.entries(populations).map(([label, { runs }]) => ({ label, runs })),
      summedLoss,
      { label: "summed loss at the end (a whole number where the end is exact)", width: 720 },
    ),
});

/** The columns turned so that the first learned one lies on the x axis, with the biases as colours. */
function besideLosslessPentagon(run: Run, caption: string) {
  const [x, y] = run.points[learned(run)[0] ?? 0]!;
  const turn = Math.atan2(y!, x!);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return columnsWithBias(run, {
    caption,
    points: run.points.map(([a, b]) => [a! * c + b! * s, b! * c - a! * s]),
    ghost: { points: solutions.losslessCircle(5).points, label: "lossless pentagon" },
    hull: false,
  });
}
