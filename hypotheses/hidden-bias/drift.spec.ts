import { geometry, hypothesis, type Run, type State, scope, shapes } from "../../src/index.ts";
import { overTraining } from "../helpers.ts";
import { at, biasLength, hiddenBiasHeld, length, meanOf, tiedInstead, withHiddenBias } from "./setup.ts";

/** A bias a in the hidden layer, no end bias: whether it goes to zero (H1) or drifts, with the columns' centre (H2b, H2c). */

const biasLengths = (run: Run) => ({
  "hidden bias at the start": biasLength(run.checkpoints[0]!),
  "hidden bias in the end": biasLength(run),
});

hypothesis("H1 untied: the hidden bias goes to zero", {
  row: "H1",
  role: "as printed",
  claim: "With a hidden bias only, and untied matrices, the bias goes to zero, under ReLU and GELU.",
  operationalisation:
    "Zero is ‖a‖ < 0.01. Untied models drift slowly, so the claim is tested at the end of the budget: 20,000 steps, 6,000 under GELU. The positive control is the same model, tied.",
  given: {
    "ReLU, n = 5": at({ n: 5, tied: false, rate: 0.003, steps: 20_000 }),
    "ReLU, n = 10": at({ n: 10, tied: false, rate: 0.003, steps: 20_000 }),
    "GELU, n = 10": at({ n: 10, nonlinearity: "gelu", tied: false, rate: 0.003, steps: 6000 }),
  },
  endPoints: false,
  observe: biasLengths,
  expect: { nearlyAll: "‖a‖ < 0.01 at the end of training", when: (o) => o["hidden bias in the end"] < 0.01 },
  control: hiddenBiasHeld(5),
  positiveControl: tiedInstead(5),
  figure: ({ cells, positiveControl }) => [cells[1]!, positiveControl!].map(biasOverTime),
});

hypothesis("H1b tied: the hidden bias goes to zero", {
  row: "H1",
  role: "repaired",
  claim: "With a hidden bias only, and tied matrices, the bias goes to zero, under ReLU and GELU.",
  operationalisation: "Zero is ‖a‖ < 0.01 at the end of training.",
  given: {
    "ReLU, n = 5": at({ n: 5, rate: 0.02, steps: 8000 }),
    "ReLU, n = 10": at({ n: 10, rate: 0.02, steps: 8000 }),
    "ReLU, n = 20": at({ n: 20, rate: 0.01, steps: 8000 }),
    "GELU, n = 5": at({ n: 5, nonlinearity: "gelu", rate: 0.02, steps: 3000 }),
    "GELU, n = 10": at({ n: 10, nonlinearity: "gelu", rate: 0.02, steps: 3000 }),
  },
  endPoints: false,
  observe: biasLengths,
  expect: { nearlyAll: "‖a‖ < 0.01 at the end of training", when: (o) => o["hidden bias in the end"] < 0.01 },
  control: { ...at({ n: 10, tied: false, rate: 0.003, steps: 20_000 }), name: "untied, n = 10" },
  figure: ({ cells, control }) => [cells[1]!, control].map(biasOverTime),
});

const difference = (a: readonly number[], b: readonly number[]) => a.map((x, k) => x - b[k]!);
/** a − Σᵢ wᵢ, which every step leaves as it is (H2e). */
const conserved = ({ hiddenBias, points }: State) =>
  hiddenBias!.map((x, k) => x - points.reduce((sum, p) => sum + p[k]!, 0));

function drift(run: Run) {
  const [start, bias] = [run.checkpoints[0]!, run.hiddenBias!];
  const centrePlusBias = meanOf(run.points).map((x, k) => x + bias[k]!);
  return {
    "bias in the end": length(bias),
    "bias moved by": length(difference(bias, start.hiddenBias!)),
    "centre of the columns plus bias, over bias": length(centrePlusBias) / length(bias),
    "conserved sum moved by": length(difference(conserved(run), conserved(start))),
  };
}

hypothesis("H2b untied: the hidden bias drifts", {
  row: "H2",
  role: "supporting",
  claim: "Untied ReLU models with ten or twenty features end with a hidden bias that has moved and is not zero.",
  operationalisation: "At the end of training ‖a‖ > 0.1, and a is more than 0.1 away from where it was initialised.",
  given: scope("n", [10, 20], (n) => at({ n, tied: false, rate: 0.003, steps: 20_000 })),
  endPoints: false,
  observe: drift,
  expect: {
    nearlyAll: "a bias that drifted",
    when: (o) => o["bias in the end"] > 0.1 && o["bias moved by"] > 0.1,
  },
  control: { ...at({ n: 10, rate: 0.02, steps: 8000 }), name: "tied, n = 10" },
  figure: ({ cells }) => cells[0]!.runs.slice(0, 3).map((run) => columnsAndBias(run)),
});

/** Columns pᵢ + (1, 0) and the bias (−1, 0), pᵢ a pentagon; the unembedding reads along the pᵢ, and does not train. */
const nearShiftedPentagon = (() => {
  const pentagon = geometry.polygon(5, 0.9);
  const weight0 = [...pentagon.map(([x]) => x! + 1), ...pentagon.map(([, y]) => y!)];
  const initialisation = {
    scheme: "torch",
    at: { weight0, bias0: [-1, 0], weight1: pentagon.flat() },
    noise: 0.05,
  } as const;
  return { ...withHiddenBias(5, { tied: false }), frozen: ["weight1"], initialisation };
})();

hypothesis("H2c untied: the centre of the columns ends opposite the hidden bias", {
  row: "H2",
  role: "supporting",
  claim: "In trained untied models the centre of the columns has drifted to (x, y) and the bias to (−x, −y).",
  operationalisation:
    "The mean of the columns plus the bias is shorter than a tenth of the bias. Training conserves C = a − Σ wᵢ (H2e), so that the mean is (a − C)/n instead. The positive control is initialised where the note says, with noise of 0.05 on every weight: it stays there.",
  given: scope("n", [5, 10, 20], (n) => at({ n, tied: false, rate: 0.003, steps: 20_000 })),
  endPoints: false,
  observe: drift,
  expect: {
    nearlyAll: "the centre opposite the bias",
    when: (o) => o["centre of the columns plus bias, over bias"] < 0.1,
  },
  control: hiddenBiasHeld(5),
  positiveControl: {
    name: "initialised near a pentagon shifted by (1, 0), its unembedding held",
    model: nearShiftedPentagon,
  },
  figure: ({ cells, positiveControl }) => [
    ...cells[0]!.runs.slice(0, 3).map((run) => columnsAndBias(run)),
    columnsAndBias(positiveControl!.runs[0]!, "positive control"),
  ],
});

const biasOverTime = ({ label, runs }: { label: string; runs: readonly Run[] }) =>
  overTraining(runs.slice(0, 40), (state) => Math.max(1e-6, biasLength(state)), {
    caption: label,
    label: "‖a‖",
    seeds: "seeds",
    y: "log",
    levels: [{ value: 0.01, label: "zero, as asked" }],
    width: 400,
    height: 300,
  });

const columnsAndBias = (run: Run, of = "untied") =>
  shapes.plane({
    caption: `${of}, seed ${run.seed}`,
    points: run.points,
    label: "column wᵢ",
    second: {
      points: [run.hiddenBias!.map((x) => -x), meanOf(run.points)],
      label: "−a, and the centre of the columns",
    },
    hull: false,
    width: 260,
  });
