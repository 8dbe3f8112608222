import { autoencoder, charts, type models, openQuestion, type Run, recipe } from "../../src/index.ts";
import { byLabel, medianWithin, onSeedsFrom20000, shareWithin, summedLoss } from "../helpers.ts";
import { withHiddenLayer } from "./setup.ts";

/** Which toy models find their task unrealistically easy, and which hard: the loss reached against the one attainable (W1c). */

const n = 10;
const squared = (options = {}) =>
  autoencoder({ features: n, hidden: 2, loss: "mse", nonlinearity: "relu", ...options });
const entropy = (options = {}) => autoencoder({ features: n, hidden: 2, loss: "cross-entropy", ...options });

/** The pentagon's closed form (T9). */
const pentagon = n - 5 / (1 + 2 * Math.cos((2 * Math.PI) / 5) ** 2);

/**
 * With the least summed loss, where it is known: 0 on a circle with the right bias (B1) or as its radius grows (C1), and 0 for
 * the hidden layer, because it is reached; of the tied ReLU model the least known.
 */
interface Task {
  readonly name: string;
  readonly model: models.Model;
  readonly least?: number;
}
const tasks: readonly Task[] = [
  { name: "tied ReLU", model: squared(), least: pentagon },
  { name: "tied GELU", model: squared({ nonlinearity: "gelu" }) },
  { name: "untied ReLU", model: squared({ tied: false }) },
  { name: "untied GELU", model: squared({ tied: false, nonlinearity: "gelu" }) },
  { name: "untied ReLU, hidden bias", model: squared({ tied: false, hiddenBias: true }) },
  { name: "tied ReLU, end bias", model: squared({ outputBias: true }), least: 0 },
  { name: "untied ReLU, end bias", model: squared({ tied: false, outputBias: true }), least: 0 },
  {
    name: "untied ReLU, both biases",
    model: squared({ tied: false, hiddenBias: true, outputBias: true }),
    least: 0,
  },
  {
    name: "tied ReLU, end bias, unit norms and scale",
    model: squared({ outputBias: true, unitNorm: true, scale: 1 }),
    least: 0,
  },
  { name: "hidden layer of 32, squared error", model: withHiddenLayer("mse", n), least: 0 },
  { name: "tied softmax", model: entropy(), least: 0 },
  { name: "untied softmax", model: entropy({ tied: false }), least: 0 },
  { name: "tied softmax, end bias", model: entropy({ outputBias: true }), least: 0 },
  { name: "untied softmax, end bias", model: entropy({ tied: false, outputBias: true }), least: 0 },
  { name: "hidden layer of 32, softmax", model: withHiddenLayer("cross-entropy", n), least: 0 },
];
const known = tasks.filter(({ least }) => least !== undefined);

/** The summed loss of a model that knows nothing: all outputs 0, or all labels as likely. */
const nothing = ({ model }: Task) => (model.loss === "mse" ? n : n * Math.log(n));
/** As shares of that; what is below a millionth is rounding. */
const reached = (task: Task, runs: readonly Run[]) =>
  runs.map((run) => Math.max(1e-6, summedLoss(run) / nothing(task)));
/** Whether at most 1 % of what there is to gain over a model that knows nothing is missing. */
const attained = (task: Task, runs: readonly Run[]) => {
  const least = task.least! / nothing(task);
  return reached(task, runs).map((loss) => loss - least < 0.01 * (1 - least));
};

openQuestion("W1c which tasks are unrealistically easy or hard", {
  row: "W1",
  role: "supporting",
  question: "Which of the note's toy models reach the loss that they could attain, and in what share of seeds?",
  operationalisation:
    "Ten features in two dimensions, the note's schedule for 30,000 steps, 128 seeds each. Losses are shares of that of a model that knows nothing (a summed loss of n, or n ln n under softmax). The least is 0 where a construction has it (B1, C1, C14b) or training reaches it, that of the pentagon for the tied ReLU model (T9); for the others it is not known, and only the loss is given. Attained: at most 1 % of what there is to gain is missing. Medians and shares have exact bounds at 1e-4.",
  given: byLabel(
    tasks,
    ({ name }) => name,
    ({ model }) =>
      onSeedsFrom20000(
        model,
        recipe({ steps: 30_000, rate: { initial: 0.005, max: 2, final: 0.1, warmup: 0.05 } }),
        128,
      ),
  ),
  measure: (populations) => {
    const runsOf = ({ name }: Task) => populations[name]!.runs;
    const shares = byLabel(
      known,
      ({ name }) => name,
      (task) => {
        const found = attained(task, runsOf(task));
        return shareWithin(found.filter(Boolean).length, found.length);
      },
    );
    const named = (holds: (share: number) => boolean) =>
      Object.entries(shares)
        .filter(([, { value }]) => holds(value))
        .map(([name, { value }]) => `${name} (${Math.round(100 * value)} %)`)
        .join("; ") || "none";
    return {
      answer: `The least loss known is attained in most seeds (share) by: ${named((share) => share > 0.5)}. It is not by: ${named((share) => share <= 0.5)}.`,
      values: {
        ...Object.fromEntries(Object.entries(shares).map(([name, share]) => [`attained, ${name}`, share])),
        ...byLabel(
          tasks,
          ({ name }) => `loss over that of knowing nothing, ${name}`,
          (task) => medianWithin(reached(task, runsOf(task))),
        ),
      },
    };
  },
  figure: (populations, { values }) => ({
    columns: 2,
    panels: [
      charts.proportions({
        label: "seeds that attain the least loss known",
        categories: known.map(({ name }) => name),
        conditions: [
          {
            label: "seeds",
            seeds: 128,
            of: byLabel(
              known,
              ({ name }) => name,
              ({ name }) => {
                const { value, low, high } = values[`attained, ${name}`]!;
                return { count: Math.round(128 * value), interval: [low, high] as const };
              },
            ),
          },
        ],
        width: 560,
      }),
      charts.distribution({
        label: "summed loss over that of a model that knows nothing",
        conditions: tasks.map((task) => ({
          label: `${task.name} (least ${task.least === undefined ? "not known" : Number((task.least / nothing(task)).toFixed(2))})`,
          values: reached(task, populations[task.name]!.runs),
        })),
        domain: [0, 1],
        width: 620,
      }),
    ],
  }),
});
