import { fail, finite, InputError, oneOf, quote, wholeNumber } from "../util/check.ts";
import type { DataSet } from "./data/data.ts";

export const nonlinearities = ["identity", "relu", "gelu"] as const;
/** Applied to each output of a layer. `gelu` is the exact one, x·Φ(x), not the tanh approximation. */
export type Nonlinearity = (typeof nonlinearities)[number];

export const losses = ["mse", "cross-entropy"] as const;
/**
 * `mse`: mean squared error over all samples × outputs.
 * `cross-entropy`: softmax over the outputs, then the mean over samples of −Σ target · log p.
 */
export type Loss = (typeof losses)[number];

export const schemes = ["torch", "torch-tied-bias"] as const;
/**
 * Both draw what `nn.Linear` draws under `torch.manual_seed(seed)`, layer by layer, weight before bias.
 * They differ for a tied model with an output bias only:
 * - `torch`: the unembedding is drawn and thrown away, so the bias comes after it in the random stream,
 *   uniform in ±1/√hidden;
 * - `torch-tied-bias`: nothing is drawn for the unembedding, and the bias is uniform in ±1/√features.
 */
export type Scheme = (typeof schemes)[number];

/** The starting point of a run, a function of the seed. */
export interface Initialisation {
  readonly scheme: Scheme;
  /** Multiplies a parameter's start, drawn or given by `at` (noise included), by parameter name. */
  readonly gain?: Readonly<Record<string, number>>;
  /** Replaces what was drawn, by parameter name; row-major, in the shape that `layout` gives. */
  readonly at?: Readonly<Record<string, readonly number[]>>;
  /** Standard deviation of Gaussian noise added to the parameters named in `at`, from a stream of its own. */
  readonly noise?: number;
}

/** One dense layer: y = nonlinearity(W x + b), W of shape [sizes[i+1] × sizes[i]]. */
export interface Layer {
  readonly nonlinearity: Nonlinearity;
  readonly bias: boolean;
}

/**
 * A toy model: a chain of dense layers with a loss on a fixed data set (one full batch).
 * Plain data, so that it can be hashed, printed and sent to a worker or a GPU.
 */
export interface Model {
  /** [features, …, outputs]; layer i maps sizes[i] to sizes[i + 1]. */
  readonly sizes: readonly number[];
  readonly layers: readonly Layer[];
  /** The last layer's weight is the transpose of the first's. */
  readonly tied: boolean;
  /** Every column of the first weight is projected to norm 1 before each forward pass. */
  readonly unitNorm: boolean;
  /** Initial value of a learned factor that multiplies the output after the nonlinearity; null: no such factor. */
  readonly scale: number | null;
  /** Names of parameters (see `layout`) that training leaves as they started. */
  readonly frozen: readonly string[];
  readonly loss: Loss;
  readonly data: DataSet;
  readonly initialisation: Initialisation;
}

/** A named block of the flat parameter vector: `rows × cols`, row-major, from `offset`. */
export interface Slot {
  readonly name: string;
  readonly kind: "weight" | "bias" | "scale";
  readonly layer: number;
  readonly rows: number;
  readonly cols: number;
  readonly offset: number;
  readonly frozen: boolean;
}

/**
 * Where each parameter lies in the flat vector: weight0, bias0, weight1, bias1, …, scale; absent ones
 * (a bias the layer lacks, the last weight of a tied model) take no room. In a two-layer model weight0 is the
 * embedding [hidden × features], weight1 the unembedding [features × hidden].
 */
export function layout(model: Model): Layout {
  const known = layouts.get(model);
  if (known) return known;
  const slots: Slot[] = [];
  let offset = 0;
  const add = (name: string, kind: Slot["kind"], layer: number, rows: number, cols: number) => {
    slots.push({ name, kind, layer, rows, cols, offset, frozen: model.frozen.includes(name) });
    offset += rows * cols;
  };
  const last = model.layers.length - 1;
  model.layers.forEach((layer, i) => {
    const inputs = model.sizes[i] as number;
    const outputs = model.sizes[i + 1] as number;
    if (!(model.tied && i === last)) add(`weight${i}`, "weight", i, outputs, inputs);
    if (layer.bias) add(`bias${i}`, "bias", i, outputs, 1);
  });
  if (model.scale !== null) add("scale", "scale", last, 1, 1);
  const found = { slots, size: offset, slot: (name: string) => slots.find((slot) => slot.name === name) };
  layouts.set(model, found);
  return found;
}

interface Layout {
  readonly slots: readonly Slot[];
  /** Length of the flat vector. */
  readonly size: number;
  /** The slot of that name, if there is one. */
  readonly slot: (name: string) => Slot | undefined;
}

/** Asked for with every view of every run, and the same as long as the model is. */
const layouts = new WeakMap<Model, Layout>();

/** Checks a description and returns it; throws InputError on the first thing that is wrong. */
export function validate(model: Model): Model {
  const { sizes, layers, data } = model;
  if (layers.length < 1 || sizes.length !== layers.length + 1)
    fail("layers", layers.length, `one fewer than the ${sizes.length} sizes`);
  sizes.forEach((s, i) => {
    const what = i === 0 ? "features" : sizes.length === 3 && i === 1 ? "hidden" : `sizes[${i}]`;
    wholeNumber(what, s, 1);
  });
  for (const layer of layers) oneOf("nonlinearity", layer.nonlinearity, nonlinearities);
  oneOf("loss", model.loss, losses);
  const last = layers.length - 1;
  if (model.tied && (last < 1 || sizes[0] !== sizes[last + 1] || sizes[1] !== sizes[last]))
    fail("sizes of a tied model", sizes, "a last layer with the shape of the first one transposed");
  if (model.loss === "cross-entropy" && layers[last]!.nonlinearity !== "identity")
    fail(
      "nonlinearity of the last layer",
      layers[last]!.nonlinearity,
      '"identity" under cross-entropy, whose softmax takes its place',
    );
  if (model.scale !== null) float32("scale", model.scale);
  if (data.inputs.length === 0) fail("data", data.name, "at least one sample");
  if (data.inputs.length !== data.targets.length)
    fail("targets", data.targets.length, `one for each of the ${data.inputs.length} inputs`);
  for (const [rows, what, width] of [
    [data.inputs, "inputs", sizes[0]],
    [data.targets, "targets", sizes[last + 1]],
  ] as const) {
    for (const row of rows) {
      if (row.length !== width) fail(`${what} of data "${data.name}"`, row, `${width} numbers a sample`);
      for (const x of row) float32(`${what} of data "${data.name}"`, x);
    }
  }
  const { slots, slot: slotOf } = layout(model);
  const names = slots.map((s) => s.name);
  const known = (what: string, name: string) => {
    if (!names.includes(name)) fail(what, name, `one of ${names.join(", ")}`);
  };
  for (const name of model.frozen) known("frozen parameter", name);
  if (slots.every((s) => s.frozen)) fail("frozen", model.frozen, "at least one parameter left to train");
  if (model.unitNorm && model.frozen.includes("weight0"))
    fail("frozen", model.frozen, "no weight0 when its columns are kept at norm 1");
  const { scheme, gain = {}, at = {}, noise = 0 } = model.initialisation;
  oneOf("initialisation", scheme, schemes);
  for (const [name, g] of Object.entries(gain)) {
    known("gain", name);
    float32(`gain of ${name}`, g);
  }
  for (const [name, values] of Object.entries(at)) {
    known("starting value", name);
    const slot = slotOf(name) as Slot;
    if (values.length !== slot.rows * slot.cols)
      throw new InputError(
        `invalid starting value of ${name}: ${values.length} numbers (${quote(values)}); expected ${slot.rows} × ${slot.cols}`,
      );
    for (const x of values) float32(`starting value of ${name}`, x);
  }
  finite("noise", noise, 0);
  return model;
}

/** Most engines train in float32. What it cannot hold would diverge at once, and be blamed on the learning rate. */
function float32(what: string, value: unknown): void {
  if (!Number.isFinite(Math.fround(finite(what, value)))) fail(what, value, "a number that float32 can hold");
}
