import { autoencoder, distributions, hypothesis, models, type Run, recipe } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { withHiddenLayer } from "./setup.ts";

/** Toy models that find a task trivial (W1): one-hot data under softmax. */

const softmaxAlone = (features: number) => autoencoder({ features, hidden: 2, tied: false, loss: "cross-entropy" });
const untiedSquaredError = (features: number) =>
  autoencoder({ features, hidden: 2, tied: false, nonlinearity: "relu", loss: "mse" });

/** The highest rate is stated per n under softmax and per n² under squared error. A tenth of it at either end. */
const peakRate = (max: number) => ({ initial: max / 10, max, final: max / 10, warmup: 0.05 });
const softmaxIn2D = (features: number) => recipe({ steps: 5000, rate: peakRate(0.1 * features) });
const softmaxOnLine = (features: number) => recipe({ steps: 10_000, rate: peakRate(0.05 * features) });
const squaredError = (features: number) => recipe({ steps: 5000, rate: peakRate(0.02 * features ** 2) });

/** A feature is recovered when its own answer is the largest and above one half: a probability under softmax, else an output. */
const recovery = (run: Run) => ({
  "features recovered": models.recovered(run.model, run.parameters, 0.5).length,
  features: run.model.sizes[0]!,
});
type Recovery = ReturnType<typeof recovery>;

const sharesRecovered = distributions<Recovery>(
  { "": (o) => o["features recovered"] / o.features },
  { label: "share of the features recovered", domain: [0, 1], width: 720 },
);

const allRecovered = {
  inAtLeast: 0.8,
  that: "all features recovered",
  when: (o: Recovery) => o["features recovered"] === o.features,
};

hypothesis("W1 with a hidden layer and softmax superposition is trivial", {
  row: "W1",
  role: "as printed",
  claim:
    "With a hidden layer after the bottleneck and softmax, a model recovers all of 10 or 20 features in two dimensions, and all of 10 on a line.",
  operationalisation:
    "Trivial is: every feature recovered, in at least 80 % of the seeds. 32 neurons after the bottleneck; on the line they have biases (without, a line has two rays only). The control has squared error in place of the softmax.",
  given: {
    "20 features in 2D": onSeedsFrom20000(withHiddenLayer("cross-entropy", 20), softmaxIn2D(20)),
    "10 features in 2D": onSeedsFrom20000(withHiddenLayer("cross-entropy", 10), softmaxIn2D(10)),
    "10 features on a line": onSeedsFrom20000(
      withHiddenLayer("cross-entropy", 10, { bottleneck: 1, biases: true }),
      softmaxOnLine(10),
    ),
  },
  endPoints: false,
  observe: recovery,
  expect: allRecovered,
  control: {
    name: "20 features, squared error",
    ...onSeedsFrom20000(withHiddenLayer("mse", 20), squaredError(20)),
  },
  figure: sharesRecovered,
});

hypothesis("W1b it is the softmax that makes it easy, not the hidden layer", {
  row: "W1",
  role: "supporting",
  claim:
    "In two dimensions an untied model under softmax recovers all of 10 or 20 features without any hidden layer; without the softmax it does not.",
  operationalisation:
    "As W1, for the untied two-layer model under cross-entropy. The control has squared error and a ReLU in place of the softmax. (Nor does a hidden layer help there: W1's control.)",
  given: {
    "20 features in 2D": onSeedsFrom20000(softmaxAlone(20), softmaxIn2D(20)),
    "10 features in 2D": onSeedsFrom20000(softmaxAlone(10), softmaxIn2D(10)),
  },
  endPoints: false,
  observe: recovery,
  expect: allRecovered,
  control: { name: "20 features, squared error", ...onSeedsFrom20000(untiedSquaredError(20), squaredError(20)) },
  figure: sharesRecovered,
});
