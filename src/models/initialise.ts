import { createNormal, createTorchUniform, uniformAround } from "../util/torch-random.ts";
import { layout, type Model, type Slot } from "./model.ts";

/**
 * The starting parameters of a seed, in the order of `layout`, each a float32 value:
 * `nn.Linear`'s default (weight and bias uniform in ±1/√fan-in) for each layer in turn, then what the
 * model's `initialisation` changes of it.
 */
export function initialise(model: Model, seed: number): Float32Array {
  const { slots, size, slot: slotOf } = layout(model);
  const { scheme, gain = {}, at = {}, noise = 0 } = model.initialisation;
  const parameters = new Float32Array(size);
  const uniform = createTorchUniform(seed);
  const draw = (slot: Slot | undefined, count: number, bound: number) => {
    for (let i = 0; i < count; i++) {
      const value = uniformAround(uniform, bound);
      if (slot) parameters[slot.offset + i] = value;
    }
  };
  const last = model.layers.length - 1;
  model.layers.forEach((layer, i) => {
    const inputs = model.sizes[i] as number;
    const outputs = model.sizes[i + 1] as number;
    const untouched = model.tied && i === last && scheme === "torch-tied-bias";
    // PyTorch gets the weight's bound through kaiming_uniform_(a=√5): as a float32 the same for every fan-in to 100,000.
    const bound = 1 / Math.sqrt(untouched ? (model.sizes[0] as number) : inputs);
    if (!untouched) draw(slotOf(`weight${i}`), inputs * outputs, bound);
    if (layer.bias) draw(slotOf(`bias${i}`), outputs, bound);
  });
  if (model.scale !== null) parameters[size - 1] = model.scale;
  const normal = createNormal(seed);
  for (const slot of slots) {
    const values = at[slot.name];
    const factor = gain[slot.name] ?? 1;
    for (let i = 0; i < slot.rows * slot.cols; i++) {
      const k = slot.offset + i;
      if (values) parameters[k] = (values[i] as number) + (noise > 0 ? noise * normal() : 0);
      parameters[k] = (parameters[k] as number) * factor;
    }
  }
  return parameters;
}
