import { charts, geometry, hypothesis, models, type Run } from "../../src/index.ts";
import { seedsFrom20000 } from "../helpers.ts";
import { atLowRate } from "./low-rate-setup.ts";
import {
  bothSchemes,
  initialBias,
  initialOwnInputs,
  learned,
  noteSchedule,
  own,
  seedsBy,
  timeAtTheEnd,
  underBothSchemes,
  withEndBias,
} from "./setup.ts";

/**
 * Tied ReLU models with an end bias: which features are learned (B5), and what becomes of the biases of the others (B8). A
 * feature is learned where its own output, when it is active alone, is above 2/3.
 */

const underGelu = { name: "GELU", model: withEndBias(10, "torch", "gelu") };

function initiallyOff(run: Run) {
  const [bias, inputs] = [initialBias(run), initialOwnInputs(run)];
  const k = learned(run);
  return {
    "features learned": k.length,
    "of them with a bias of 0 or less at the start": k.filter((i) => bias[i]! <= 0).length,
    "of them off at the start": k.filter((i) => inputs[i]! <= 0).length,
  };
}

hypothesis("B5 learned features have a bias that is initialised above zero", {
  row: "B5",
  role: "as printed",
  claim: "The features that are learned are always ones whose end bias is initialised above zero.",
  operationalisation: `In a seed every feature that is learned at the end of the note's schedule was initialised with a positive bias; ten and twenty features. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({
    recipe: noteSchedule(n),
    seeds: seedsFrom20000(),
  })),
  endPoints: false,
  observe: initiallyOff,
  expect: {
    nearlyAll: "every learned feature's bias initialised above zero",
    when: (o) => o["of them with a bias of 0 or less at the start"] === 0,
  },
  control: underGelu,
  positiveControl: {
    name: "columns initialised a tenth as long, so that a feature is on only where its bias is positive",
    model: withEndBias(10, { scheme: "torch", gain: { weight0: 0.1 } }),
  },
  figure: ({ cells }) => learnedByInitialisation(cells[0]!.runs.slice(0, 60)),
});

hypothesis("B5b learned features are initially on", {
  row: "B5",
  role: "repaired",
  claim:
    "The features that are learned, of ten or of twenty, are always ones that are on at initialisation: ‖wᵢ‖² + bᵢ > 0.",
  operationalisation: `Not the bias alone has to be positive, but what reaches the feature's own output: a feature that is off gets no gradient from its own input. The note's schedule. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [10, 20], (n) => ({
    recipe: noteSchedule(n),
    seeds: seedsFrom20000(),
  })),
  endPoints: false,
  observe: initiallyOff,
  expect: {
    nearlyAll: "every learned feature on at initialisation",
    when: (o) => o["of them off at the start"] === 0,
  },
  control: underGelu,
  figure: ({ cells }) => learnedByInitialisation(cells[0]!.runs.slice(0, 60)),
});

/** Features whose own output is below 1/4 in the end, so that those that have merged are none of them. */
const unlearned = (run: Run) => own(run).flatMap((y, i) => (y < 0.25 ? [i] : []));

function biasesAndOutputs(run: Run) {
  const [initial, final] = [initialBias(run), run.outputBias!];
  const z = models.preactivations(run.model, run.parameters);
  const answers = (i: number) => z.some((row) => row[i]! > 0.01);
  const left = unlearned(run);
  const positive = left.filter((i) => initial[i]! > 0);
  return {
    unlearned: left.length,
    "of them started positive": positive.length,
    "of them changed sign": left.filter((i) => initial[i]! > 0 !== final[i]! > 0).length,
    "positive that fell silent": positive.filter((i) => !answers(i)).length,
    "negative that still answer": left.filter((i) => initial[i]! <= 0 && answers(i)).length,
  };
}

const atTheEnd = `A feature is sent to zero where its own output ends below 1/4. At the low rate, to an end: time ${timeAtTheEnd(10).toLocaleString("en")} with ten features, ${timeAtTheEnd(20).toLocaleString("en")} with twenty (rate/n² × step). ${bothSchemes}`;

hypothesis("B8 features that are sent to zero keep the sign of their bias", {
  row: "B8",
  role: "as printed",
  kind: "dynamics",
  claim:
    "How a feature that is sent to zero behaves depends on the sign with which its bias is initialised: a positive bias stays positive, a negative one negative.",
  operationalisation: `In more than half of the seeds every feature that is sent to zero ends with a bias of the sign with which it was initialised. The size of a bias is not asked for: negative ones do move. ${atTheEnd}`,
  given: atLowRate(),
  endPoints: false,
  observe: biasesAndOutputs,
  expect: {
    most: "every bias of a feature sent to zero with the sign it had at initialisation",
    when: (o) => o["of them changed sign"] === 0,
  },
  control: underGelu,
  figure: ({ cells }) => biasesOfUnlearned(cells[3]!.runs.slice(0, 12)),
});

hypothesis("B8b only features initialised with a positive bias keep a faint output", {
  row: "B8",
  role: "as printed",
  kind: "dynamics",
  claim:
    "A feature that is sent to zero keeps a faint output where its bias is initialised positive, and has none where it is initialised negative.",
  operationalisation: `In more than half of the seeds, among the features that are sent to zero, every one with a positive initial bias has an output above 0.01 for some input, and none with a negative one has. Where all features that started positive are learned, as in most seeds of ten features, only the second half asks anything. ${atTheEnd}`,
  given: atLowRate(),
  endPoints: false,
  observe: biasesAndOutputs,
  expect: {
    most: "a faint output of every feature initialised positive, none of those initialised negative",
    when: (o) => o["positive that fell silent"] === 0 && o["negative that still answer"] === 0,
  },
  control: underGelu,
  figure: ({ cells, control }) => {
    const positive = "all that started positive still answer";
    const negative = "all that started negative are silent";
    return seedsBy("share of seeds", [...cells, control], [positive, negative, "both"], (o) => {
      const [kept, silent] = [o["positive that fell silent"] === 0, o["negative that still answer"] === 0];
      return [kept && positive, silent && negative, kept && silent && "both"];
    });
  },
});

/** The features of some runs by their squared norm and end bias at initialisation. */
function learnedByInitialisation(runs: readonly Run[]) {
  const features = (areLearned: boolean) =>
    runs.flatMap((run) => {
      const { points, outputBias } = run.checkpoints[0]!;
      const all = points.map((p, i) => ({ x: geometry.dot(p, p), y: outputBias![i]! }));
      return all.filter((_, i) => learned(run).includes(i) === areLearned);
    });
  return charts.series({
    x: "squared norm at the start",
    y: "end bias at the start",
    width: 640,
    series: [
      { label: "learned", points: features(true) },
      { label: "not learned", points: features(false) },
    ],
    references: [
      { label: "‖w‖² + b = 0", at: (x) => -x },
      { label: "b = 0", at: () => 0 },
    ],
  });
}

/** The end biases of unlearned features over training, apart by their initial sign. */
function biasesOfUnlearned(runs: readonly Run[]) {
  const curves = (positive: boolean) =>
    runs.flatMap((run) =>
      unlearned(run)
        .filter((i) => initialBias(run)[i]! > 0 === positive)
        .map((i) => run.checkpoints.map((state) => state.outputBias![i]!)),
    );
  return charts.trajectory({
    label: "end bias of a feature that is not learned",
    x: "log",
    steps: runs[0]!.checkpoints.map((state) => state.step),
    conditions: [
      { label: "started positive", runs: curves(true) },
      { label: "started negative", runs: curves(false) },
    ],
    levels: [{ value: 0, label: "0" }],
    width: 720,
  });
}
