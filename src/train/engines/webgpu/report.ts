import type { Model } from "../../../models/model.ts";
import type { Recipe } from "../../recipe.ts";
import { compileKernel } from "../wasm/compile.ts";
import { BASE, planMemory } from "../wasm/plan.ts";

/** The mean loss and the gradient norm of the summed loss, in float64, of each of some seeds. */
export type Reporter = (
  /** [seeds × size], in the order of `layout`. */
  parameters: Float32Array,
  /** Which of the seeds. */
  wanted: readonly number[],
) => { readonly loss: number; readonly gradientNorm: number }[];

/** Seeds that the wasm kernel looks at together. */
const LANES = 4;

/**
 * WGSL has no float64, so what is reported of float32 parameters is computed on the processor, by the wasm kernel: a
 * few µs a seed where n = 40, and to the bit what the wasm engine would report of them.
 */
export async function createReporter(model: Model, recipe: Recipe): Promise<Reporter> {
  const layout = planMemory(model, recipe);
  const { exports } = new WebAssembly.Instance(await compileKernel());
  const kernel = exports as { memory: WebAssembly.Memory; report(plan: number, group: number): void };
  const { size, order, groups } = layout;
  const missing = groups + size * LANES * 4 - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / 65536));
  new Uint8Array(kernel.memory.buffer).set(layout.image, BASE);
  const group = new Float32Array(kernel.memory.buffer, groups, size * LANES);
  const report = new Float64Array(kernel.memory.buffer, layout.report, 2 * LANES);
  return (parameters, wanted) =>
    wanted.map((_, i) => {
      const lane = i % LANES;
      if (lane === 0) {
        for (let l = 0; l < LANES; l++) {
          // Spare lanes repeat the first seed.
          const start = (wanted[i + l] ?? wanted[i]!) * size;
          for (let k = 0; k < size; k++) group[order[k]! * LANES + l] = parameters[start + k]!;
        }
        kernel.report(BASE, groups);
      }
      return {
        loss: report[lane]! / layout.terms,
        gradientNorm: layout.factor * Math.sqrt(report[LANES + lane]!),
      };
    });
}
