import { oneOf } from "../../util/check.ts";
import type { Engine } from "../engine.ts";
import { chooseAutomatically } from "./auto.ts";

/** Modules are imported on first use, so that an engine that is not asked for costs nothing. */
const openers = {
  wasm: async (): Promise<Engine> => (await import("./wasm/engine.ts")).createWasmEngine(),
  webgpu: async (): Promise<Engine> => (await import("./webgpu/engine.ts")).createWebgpuEngine(),
  tfjs: async (): Promise<Engine> => (await import("./tfjs/engine.ts")).createTfjsEngine(),
  "tfjs-cuda": async (): Promise<Engine> => (await import("./tfjs-cuda.ts")).createTfjsCudaEngine(),
  reference: async (): Promise<Engine> => (await import("./reference.ts")).createReferenceEngine(),
};

export type EngineName = keyof typeof openers;
export const engineNames = Object.keys(openers) as EngineName[];

/** What may be asked for: an engine by name, or the one that suits the machine. */
export type EngineChoice = "auto" | EngineName;
export const engineChoices: readonly EngineChoice[] = ["auto", ...engineNames];

const pool = new Map<EngineName, Promise<Engine>>();

/** What the variable HYPOTHESES_ENGINE asks for, or auto. */
export function defaultEngine(): EngineChoice {
  return oneOf("HYPOTHESES_ENGINE", process.env.HYPOTHESES_ENGINE || "auto", engineChoices);
}

/** The engine that a choice comes to on this machine, and why where it was not named. No engine is opened. */
export async function chooseEngine(choice: EngineChoice): Promise<{ name: EngineName; why?: string }> {
  return choice === "auto" ? chooseAutomatically() : { name: choice };
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
