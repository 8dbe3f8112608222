import { fail } from "../util/check.ts";
import { demandKnown } from "../util/names.ts";
import { type DataSet, oneHot } from "./data/data.ts";
import { type Loss, type Model, type Nonlinearity, validate } from "./model.ts";

interface NetworkOptions {
  /** [inputs, …, outputs]. */
  readonly sizes: readonly number[];
  /** One a layer. */
  readonly nonlinearities: readonly Nonlinearity[];
  /** One a layer; none by default. */
  readonly biases?: readonly boolean[];
  readonly loss: Loss;
  /** One-hot in as many features as there are inputs, by default. */
  readonly data?: DataSet;
}

/** An untied chain of dense layers, started as PyTorch starts it. */
export function network(options: NetworkOptions): Model {
  demandKnown("a network", options, ["sizes", "nonlinearities", "biases", "loss", "data"]);
  const { sizes, nonlinearities, biases, loss, data } = options;
  const layers = sizes.length - 1;
  if (nonlinearities.length !== layers) fail("nonlinearities", nonlinearities, `one for each of ${layers} layers`);
  if (biases && biases.length !== layers) fail("biases", biases, `one for each of ${layers} layers`);
  return validate({
    sizes,
    layers: nonlinearities.map((nonlinearity, i) => ({ nonlinearity, bias: biases?.[i] ?? false })),
    tied: false,
    unitNorm: false,
    scale: null,
    frozen: [],
    loss,
    data: data ?? oneHot(sizes[0]!),
    initialisation: { scheme: "torch" },
  });
}
