/** What the caller lays out in memory (src/train/engines/wasm/plan.ts); the fields in this order, 4 bytes each. */
@unmanaged
export class Plan {
  /** Numbers of parameters, samples, layers. */
  size: i32;
  samples: i32;
  layers: i32;
  /** Whether a sweep over pairs (tied.ts, tied-softmax.ts) applies. */
  pairs: i32;
  /** 1: cross-entropy; 0: mean squared error. */
  crossEntropy: i32;
  unitNorm: i32;
  /** Byte offset of the output scale among the parameters; −1: none. */
  scale: i32;
  /** Byte offsets [from, to) of the parameters that train: pairs of i32. */
  trained: usize;
  trainedCount: i32;
  /** The first of the layers' descriptions: under cross-entropy two sets, which differ in working room alone. */
  layer: usize;
  /** Inputs, sparse: entries of sample s are start[s] … start[s + 1] − 1; of each its column (i32) and value. */
  inputStart: usize;
  inputColumn: usize;
  inputs32: usize;
  inputs64: usize;
  /** Targets, in the same way, and the sum of each sample's. */
  targetStart: usize;
  targetColumn: usize;
  targets32: usize;
  targets64: usize;
  mass32: usize;
  mass64: usize;
  /** Step sizes, f32 [steps]: the learning rate times what turns the accumulated gradient into that of the mean loss. */
  rates: usize;
  /** Working room: a gradient, the parameters in float64, and what `report` writes. */
  gradient: usize;
  promoted: usize;
  report: usize;
  /** Working room of `tied-softmax.ts`. */
  room: usize;
}

/** One dense layer; addresses of vectors of v128, offsets of parameters in bytes. */
@unmanaged
export class Layer {
  inputs: i32;
  outputs: i32;
  nonlinearity: i32;
  /** Offset of the weight: [inputs × outputs] for the first layer, else (a tied last one too) [outputs × inputs]. */
  weight: i32;
  /** Offset of the bias; −1: none. */
  bias: i32;
  /** W x + b. */
  sums: usize;
  /** nonlinearity(sums); the same address where that is the identity. */
  activations: usize;
  /** The nonlinearity's derivative at `sums`; unused for the identity. */
  slopes: usize;
  /** The loss's derivative by `sums`. */
  deltas: usize;
}

export const LAYER_BYTES: usize = offsetof<Layer>();

@inline
export function layerAt(plan: Plan, index: i32): Layer {
  return changetype<Layer>(plan.layer + <usize>index * LAYER_BYTES);
}

@inline
export function inputBegin(plan: Plan, sample: i32): i32 {
  return load<i32>(plan.inputStart + (<usize>sample << 2));
}
@inline
export function inputEnd(plan: Plan, sample: i32): i32 {
  return load<i32>(plan.inputStart + (<usize>sample << 2), 4);
}
@inline
export function inputColumn(plan: Plan, entry: i32): usize {
  return load<u32>(plan.inputColumn + (<usize>entry << 2));
}
@inline
export function inputValue<T>(plan: Plan, entry: i32): v128 {
  return splatAt<T>(plan.inputs32, plan.inputs64, entry);
}
@inline
export function targetBegin(plan: Plan, sample: i32): i32 {
  return load<i32>(plan.targetStart + (<usize>sample << 2));
}
@inline
export function targetEnd(plan: Plan, sample: i32): i32 {
  return load<i32>(plan.targetStart + (<usize>sample << 2), 4);
}
@inline
export function targetColumn(plan: Plan, entry: i32): usize {
  return load<u32>(plan.targetColumn + (<usize>entry << 2));
}
@inline
export function targetValue<T>(plan: Plan, entry: i32): v128 {
  return splatAt<T>(plan.targets32, plan.targets64, entry);
}
@inline
export function mass<T>(plan: Plan, sample: i32): v128 {
  return splatAt<T>(plan.mass32, plan.mass64, sample);
}
@inline
function splatAt<T>(values32: usize, values64: usize, index: i32): v128 {
  return v128.load_splat<T>((sizeof<T>() == 4 ? values32 : values64) + <usize>index * sizeof<T>());
}

/** Values of Layer.nonlinearity. */
export const IDENTITY: i32 = 0;
export const RELU: i32 = 1;
export const GELU: i32 = 2;

/**
 * Sizes and nonlinearities as type parameters, so that the compiler makes a loop for each:
 * `offsetof<N>()`, the size of a class of N bytes, is a constant that selects code at compile time.
 */
@unmanaged
export class Any {}
@unmanaged
export class Two {
  a: u8;
  b: u8;
}
@unmanaged
export class Three {
  a: u8;
  b: u8;
  c: u8;
}
@unmanaged
export class Identity {}
@unmanaged
export class Relu {
  a: u8;
}
@unmanaged
export class Gelu {
  a: u8;
  b: u8;
}
/** Type parameters for "has a bias". */
@unmanaged
export class Plain {}
@unmanaged
export class Biased {
  a: u8;
}
