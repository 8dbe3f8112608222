import { wholeNumber } from "../util/check.ts";
import { demandKnown } from "../util/names.ts";
import { type DataSet, oneHot } from "./data/data.ts";
import { type Initialisation, type Loss, type Model, type Nonlinearity, type Scheme, validate } from "./model.ts";

/** The two-layer model of the note: features → hidden → features. */
export interface AutoencoderOptions {
  readonly features: number;
  readonly hidden: number;
  readonly loss: Loss;
  /** Of the output; `identity` (the default) under cross-entropy. */
  readonly nonlinearity?: Nonlinearity;
  /** The unembedding is the embedding's transpose. Default true. */
  readonly tied?: boolean;
  readonly hiddenBias?: boolean;
  readonly outputBias?: boolean;
  /** Nonlinearity of the bottleneck itself. Default identity. */
  readonly hiddenNonlinearity?: Nonlinearity;
  readonly unitNorm?: boolean;
  readonly scale?: number | null;
  readonly frozen?: readonly string[];
  readonly data?: DataSet;
  readonly initialisation?: Scheme | Initialisation;
}

const fields = [
  ...["features", "hidden", "loss", "nonlinearity", "tied", "hiddenBias", "outputBias", "hiddenNonlinearity"],
  ...["unitNorm", "scale", "frozen", "data", "initialisation"],
];

export function autoencoder(options: AutoencoderOptions): Model {
  demandKnown("an autoencoder", options, fields);
  const { features, hidden, loss, initialisation = "torch" } = options;
  wholeNumber("features", features, 1);
  wholeNumber("hidden", hidden, 1);
  return validate({
    sizes: [features, hidden, features],
    layers: [
      { nonlinearity: options.hiddenNonlinearity ?? "identity", bias: options.hiddenBias ?? false },
      { nonlinearity: options.nonlinearity ?? "identity", bias: options.outputBias ?? false },
    ],
    tied: options.tied ?? true,
    unitNorm: options.unitNorm ?? false,
    scale: options.scale ?? null,
    frozen: options.frozen ?? [],
    loss,
    data: options.data ?? oneHot(features),
    initialisation: typeof initialisation === "string" ? { scheme: initialisation } : initialisation,
  });
}
