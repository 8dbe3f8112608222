import { oneOf } from "../../models/check.ts";
import type { Engine } from "../engine.ts";

/** Modules are imported on first use, so that an engine that is not asked for costs nothing. */
const openers = {
  reference: async (): Promise<Engine> => (await import("./reference.ts")).createReferenceEngine(),
  wasm: async (): Promise<Engine> => (await import("./wasm/engine.ts")).createWasmEngine(),
  webgpu: async (): Promise<Engine> => (await import("./webgpu/engine.ts")).createWebgpuEngine(),
  tfjs: async (): Promise<Engine> => (await import("./tfjs/engine.ts")).createTfjsEngine(),
};

export type EngineName = keyof typeof openers;
export const engineNames = Object.keys(openers) as EngineName[];

const pool = new Map<EngineName, Promise<Engine>>();

/** The engine in the variable HYPOTHESES_ENGINE, or wasm. */
export function defaultEngine(): EngineName {
  return oneOf("HYPOTHESES_ENGINE", process.env.HYPOTHESES_ENGINE || "wasm", engineNames);
}

/** This process's engine of that name, opened when it is first asked for and kept. */
export function openEngine(name: EngineName): Promise<Engine> {
  let engine = pool.get(name);
  if (!engine) {
    engine = openers[name]();
    pool.set(name, engine);
    // One that failed to open may be asked for again.
    engine.catch(() => pool.delete(name));
  }
  return engine;
}

/** Frees the threads and devices of all open engines. */
export async function closeEngines(): Promise<void> {
  const engines = [...pool.values()];
  pool.clear();
  for (const engine of engines) await (await engine).close();
}
