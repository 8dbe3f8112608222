import { layout, type Model, type Slot } from "../../../models/model.ts";
import { terms } from "../../../models/objective.ts";
import { InputError } from "../../../util/check.ts";
import { hasPairs } from "../wasm/plan.ts";
import { type Data, packData } from "./data.ts";
import { Vector } from "./shader/vector.ts";

/** What a device allows; names as in WebGPU's GPUSupportedLimits. */
export interface Limits {
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
}

/** An array in workgroup memory, or, if it is spilled, in the scratch buffer: so many vectors for each seed. */
export interface Shared {
  readonly name: string;
  readonly vector: Vector;
  readonly count: number;
  /** Place in the scratch buffer in chunks from the seed's start, or null: in workgroup memory. */
  readonly spilled: number | null;
}

/** A model laid out for a device. */
export interface Plan {
  readonly model: Model;
  readonly data: Data;
  /** Whether shader/pairs.ts applies; else shader/chain.ts. */
  readonly pairs: boolean;
  /** WGSL calls the threads of one seed a team, and one of them a lane. */
  readonly threadsPerSeed: number;
  readonly seedsPerGroup: number;
  readonly shared: ReadonlyMap<string, Shared>;
  /** Chunks of four float32 that each seed takes in the scratch buffer. */
  readonly scratch: number;
  /** The gradient that the shader accumulates times this is that of the summed loss. */
  readonly factor: number;
  /** The lowest layer with a parameter that trains: derivatives need not go further down. */
  readonly lowest: number;
  readonly slots: readonly Slot[];
  /** Parameters of a seed. */
  readonly size: number;
  readonly trains: (name: string) => boolean;
}

/** Lanes of a subgroup on most devices: workgroups should be multiples of it. */
const WARP = 32;
const MOST_LANES = 128;

/** Throws InputError if the device's workgroup memory cannot hold the model's parameters. */
export function planKernel(model: Model, limits: Limits): Plan {
  const { slots, size, slot } = layout(model);
  const trains = (name: string) => slot(name)?.frozen === false;
  const data = packData(model);
  const pairs = model.loss === "mse" && hasPairs(model);
  const last = model.layers.length - 1;
  const samples = model.data.inputs.length;
  const widest = Math.max(...model.sizes, Math.min(samples, WARP));
  const most = Math.min(MOST_LANES, limits.maxComputeInvocationsPerWorkgroup);
  const threadsPerSeed = Math.ceil(widest / Math.ceil(widest / most));

  const kept = [...parameterArrays(model, pairs), { name: "squares", vector: new Vector(1), count: threadsPerSeed }];
  const lowest = Math.min(...slots.filter((s) => !s.frozen).map((s) => s.layer));
  const perSample = pairs ? [] : sampleArrays(model, samples, last, lowest);
  const room = limits.maxComputeWorkgroupStorageSize - 64;
  const bytes = (arrays: readonly Room[]) =>
    arrays.reduce((sum, { vector, count }) => sum + Math.ceil((vector.bytes * count) / 16) * 16, 0);
  if (bytes(kept) > room)
    throw new InputError(
      `the model is too large for the engine "webgpu" on this device: its parameters take ${bytes(kept) + 64} bytes of workgroup memory (sizes ${model.sizes.join(", ")}); expected at most ${limits.maxComputeWorkgroupStorageSize}; train it with the engine "wasm"`,
    );
  // What does not fit beside the parameters, largest first.
  let scratch = 0;
  const spilled = new Map<string, number>();
  const inside = [...perSample].sort((a, b) => bytes([a]) - bytes([b]));
  while (bytes([...kept, ...inside]) > room) {
    const { name, vector, count } = inside.pop()!;
    spilled.set(name, scratch);
    scratch += vector.chunks * count;
  }
  const shared = new Map([...kept, ...perSample].map((a) => [a.name, { ...a, spilled: spilled.get(a.name) ?? null }]));
  const factor = model.loss === "cross-entropy" ? 1 : pairs && !model.layers[1]?.bias ? 4 : 2;
  return {
    model,
    data,
    pairs,
    threadsPerSeed,
    seedsPerGroup: seedsThatFit(threadsPerSeed, Math.floor(room / bytes([...kept, ...inside])), limits),
    shared,
    scratch,
    factor,
    lowest,
    slots,
    size,
    trains,
  };
}

/** The gradient accumulated by a shader, the mean over so many terms, as steps take it: the rate times this. */
export function rateFactor({ model, factor }: Plan): number {
  return factor / terms(model);
}

/** As few seeds as leave at most a tenth of the lanes idle, or the fullest. */
function seedsThatFit(threadsPerSeed: number, fit: number, limits: Limits): number {
  const most = Math.max(
    1,
    Math.min(fit, Math.floor(Math.min(256, limits.maxComputeInvocationsPerWorkgroup) / threadsPerSeed)),
  );
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  const busy = (count: number) => (count * threadsPerSeed) / (Math.ceil((count * threadsPerSeed) / WARP) * WARP);
  return counts.find((count) => busy(count) >= 0.9) ?? counts.reduce((a, b) => (busy(b) > busy(a) ? b : a));
}

type Room = Omit<Shared, "spilled">;

/**
 * weight0 by columns, further weights by rows, biases as one vector; but the last of several layers has a number for
 * each output, because its rows fall to different lanes.
 */
function parameterArrays(model: Model, pairs: boolean): Room[] {
  const last = model.layers.length - 1;
  // Pairs read one copy while they write the other.
  const copies = pairs ? 2 : 1;
  return layout(model).slots.map(({ name, kind, layer, rows, cols }) => {
    if (kind === "scale") return { name, vector: new Vector(1), count: 1 };
    if (kind === "weight" && layer === 0) return { name, vector: new Vector(rows), count: cols * copies };
    if (kind === "weight") return { name, vector: new Vector(cols), count: rows };
    if (layer === last && last > 0) return { name, vector: new Vector(1), count: rows * copies };
    return { name, vector: new Vector(rows), count: 1 };
  });
}

/** What the first phase of a step leaves for the second: see shader/chain.ts. */
function sampleArrays(model: Model, samples: number, last: number, lowest: number): Room[] {
  const hidden = model.layers.slice(0, Math.max(last, 1)).map((_, i) => new Vector(model.sizes[i + 1]!));
  const one = (name: string, size: number): Room => ({ name, vector: new Vector(size), count: samples });
  return [
    ...hidden.flatMap((vector, i) => [
      ...(i < last ? [{ name: `output${i}`, vector, count: samples }] : []),
      ...(i >= lowest ? [{ name: `delta${i}`, vector, count: samples }] : []),
    ]),
    ...(model.loss === "cross-entropy" && last > 0 ? [one("norm", 2)] : []),
    ...(model.scale === null ? [] : [one("scales", 1)]),
  ];
}
