import { layout, type Model, type Nonlinearity } from "../../../models/model.ts";
import { terms } from "../../../models/objective.ts";
import { type Recipe, rates } from "../../recipe.ts";

/** The kernel keeps its constants below this address; the plan, working room and groups of seeds lie above. */
export const BASE = 65536;

/** A model and recipe laid out for the kernel's memory; see `Plan` and `Layer` in kernel/plan.ts. */
export interface Layout {
  /** Bytes to be copied to BASE; the kernel's `Plan` comes first. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** Address at which `report` leaves its 8 numbers. */
  readonly report: number;
  /** Address of the first group of four seeds; each takes `size` × 16 bytes. */
  readonly groups: number;
  readonly size: number;
  /** Where the kernel keeps the k-th parameter of `layout`, [size]. */
  readonly order: Int32Array;
  /** The kernel's summed loss over this is the mean loss. */
  readonly terms: number;
  /** The gradient that a report measures times this is that of the summed loss. */
  readonly factor: number;
}

/** With more features than this, two numbers a pair, as softmax needs them, would outgrow a processor's cache. */
const MOST_PAIRED = 256;
/** Words of the kernel's `Plan` and `Layer`. */
const PLAN = 25;
const LAYER = 9;
const codes: Readonly<Record<Nonlinearity, number>> = { identity: 0, relu: 1, gelu: 2 };

export function planMemory(model: Model, recipe: Recipe): Layout {
  const { slots, size, slot } = layout(model);
  const memory = new Image(BASE);
  const offsetOf = (name: string) => {
    const found = slot(name);
    return found ? found.offset * 16 : -1;
  };
  const last = model.layers.length - 1;
  const vectors = (count: number) => memory.room(count * 16);
  const softmax = model.loss === "cross-entropy";
  const features = model.sizes[0] as number;
  const pairs = hasPairs(model) && !(softmax && features > MOST_PAIRED);
  const count = terms(model);
  const factor = softmax ? 1 : 2;
  // Under squared error a sweep over pairs without a bias accumulates a quarter of the gradient, see kernel/tied.ts.
  const accumulated = pairs && !softmax && !model.layers[1]?.bias ? 4 : factor;

  const plan = memory.reserve(PLAN);
  // Two sets under softmax, because kernel/softmax.ts takes two samples at a time.
  const sets = softmax ? [...model.layers, ...model.layers] : model.layers;
  const layers = memory.reserve(LAYER * sets.length);
  sets.forEach((layer, at) => {
    const i = at % model.layers.length;
    const outputs = model.sizes[i + 1] as number;
    const sums = vectors(outputs);
    const activations = layer.nonlinearity === "identity" ? sums : vectors(outputs);
    memory.write(layers + 4 * LAYER * at, [
      model.sizes[i] as number,
      outputs,
      codes[layer.nonlinearity],
      offsetOf(`weight${model.tied && i === last ? 0 : i}`),
      offsetOf(`bias${i}`),
      sums,
      activations,
      vectors(outputs),
      vectors(outputs),
    ]);
  });
  const { inputs, targets } = model.data;
  const mass = targets.map((row) => row.reduce((a, b) => a + b, 0));
  const trained = slots.filter((slot) => !slot.frozen);
  const report = memory.room(64);
  memory.write(plan, [
    size,
    inputs.length,
    model.layers.length,
    Number(pairs),
    Number(softmax),
    Number(model.unitNorm),
    offsetOf("scale"),
    memory.add(Int32Array.from(trained.flatMap((s) => [s.offset * 16, (s.offset + s.rows * s.cols) * 16]))),
    trained.length,
    layers,
    ...addSparse(memory, inputs),
    ...addSparse(memory, targets),
    memory.add(Float32Array.from(mass)),
    memory.add(Float64Array.from(mass)),
    memory.add(Float32Array.from(rates(recipe), (rate) => (rate * accumulated) / count)),
    vectors(size),
    vectors(size),
    report,
    // Five vectors for each feature and two for each pair, see kernel/tied-softmax.ts.
    pairs && softmax ? vectors(5 * features + features * (features - 1)) : 0,
  ]);
  return {
    image: memory.bytes(),
    report,
    groups: memory.room(0),
    size,
    order: kernelOrder(model),
    terms: count,
    factor,
  };
}

/** Stores a matrix by its entries that are not 0: where each row's begin, their columns, their values in both precisions. */
function addSparse(memory: Image, rows: readonly (readonly number[])[]): number[] {
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    row.forEach((x, column) => {
      if (x === 0) return;
      columns.push(column);
      values.push(x);
    });
    starts.push(values.length);
  }
  return [
    memory.add(Int32Array.from(starts)),
    memory.add(Int32Array.from(columns)),
    memory.add(Float32Array.from(values)),
    memory.add(Float64Array.from(values)),
  ];
}

/** weight0 by columns, all else as in `layout`. */
function kernelOrder(model: Model): Int32Array {
  const order = Int32Array.from({ length: layout(model).size }, (_, k) => k);
  const [features, outputs] = [model.sizes[0] as number, model.sizes[1] as number];
  for (let row = 0; row < outputs; row++)
    for (let column = 0; column < features; column++) order[row * features + column] = column * outputs + row;
  return order;
}

/** Whether output j of sample i is that of sample j but for the bias, so that a gradient can be summed over pairs of features. */
export function hasPairs(model: Model): boolean {
  const { inputs, targets } = model.data;
  const identity = (rows: readonly (readonly number[])[]) =>
    rows.length === model.sizes[0] && rows.every((row, i) => row.every((x, j) => x === Number(i === j)));
  return (
    model.layers.length === 2 &&
    model.tied &&
    model.scale === null &&
    model.layers[0]?.nonlinearity === "identity" &&
    !model.layers[0].bias &&
    identity(inputs) &&
    identity(targets)
  );
}

/** A growing image of memory from an address on; every part starts at a multiple of 16. */
class Image {
  private end: number;
  private readonly parts: { address: number; data: Uint8Array }[] = [];
  constructor(private readonly base: number) {
    this.end = base;
  }
  /** The address of so many bytes, their content left open. */
  room(bytes: number): number {
    const address = this.end;
    this.end += Math.ceil(bytes / 16) * 16;
    return address;
  }
  add(data: Int32Array | Float32Array | Float64Array): number {
    const address = this.room(data.byteLength);
    this.parts.push({ address, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
    return address;
  }
  reserve(words: number): number {
    return this.room(words * 4);
  }
  write(address: number, words: readonly number[]): void {
    this.parts.push({ address, data: new Uint8Array(Int32Array.from(words).buffer) });
  }
  bytes(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.end - this.base);
    for (const { address, data } of this.parts) out.set(data, address - this.base);
    return out;
  }
}
