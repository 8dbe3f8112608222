import type { Engine } from "../../engine.ts";
import { createTfjsCudaEngine, createTfjsEngine } from "../tfjs/engine.ts";
import { createWasmEngine } from "../wasm/engine.ts";
import { createWebgpuEngine } from "../webgpu/engine.ts";
import { unavailable as webgpuUnavailable } from "../webgpu/testing/available.ts";

/** An engine under test against the reference, and how much is asked of it. */
export interface Subject {
  readonly name: string;
  open(): Promise<Engine>;
  /** Why it cannot run here; null where it can. */
  unavailable(): Promise<string | null>;
  /**
   * Largest difference from the reference, of a number relative to itself where it is above 1: of gradients, and of what
   * 200 steps lead to.
   */
  readonly tolerance: number;
  /** Models drawn at random by each property. */
  readonly randomModels: number;
  /** Some thousand times slower than wasm: whole hypotheses only of the smallest kind. */
  readonly plainJavaScript?: boolean;
}

/** The engine cannot be opened, in its own words. */
async function refusal(open: () => Promise<Engine>): Promise<string | null> {
  try {
    await (await open()).close();
    return null;
  } catch (error) {
    return (error as Error).message.split("\n", 1)[0]!;
  }
}

/** Every engine but the reference. On webgpu in software each new model costs a compilation, on tfjs each operation a call. */
export const subjects: readonly Subject[] = [
  {
    name: "wasm",
    open: async () => createWasmEngine({ threads: 2 }),
    unavailable: async () => null,
    tolerance: 1e-5,
    randomModels: 100,
  },
  {
    name: "webgpu",
    // In software, too: it is the same kernel.
    open: () => createWebgpuEngine({ software: true }),
    unavailable: webgpuUnavailable,
    tolerance: 1e-4,
    randomModels: 12,
  },
  {
    name: "tfjs",
    open: createTfjsEngine,
    unavailable: async () => null,
    tolerance: 1e-4,
    randomModels: 50,
    plainJavaScript: true,
  },
  {
    name: "tfjs-cuda",
    open: createTfjsCudaEngine,
    unavailable: () => refusal(createTfjsCudaEngine),
    tolerance: 1e-4,
    randomModels: 25,
  },
];
