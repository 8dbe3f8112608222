import type { Engine } from "../../train/engine.ts";
import { createWasmEngine } from "../../train/engines/wasm/engine.ts";

/** train/engines/registry.ts: a page has the embedded engine, whose bits are the same everywhere. */
export type EngineName = "wasm";
export type EngineChoice = EngineName;
export const engineChoices: readonly EngineChoice[] = ["wasm"];

let engine: Engine | undefined;
export const defaultEngine = (): EngineChoice => "wasm";
export const chooseEngine = async (name: EngineChoice): Promise<{ name: EngineName; why?: string }> => ({ name });
export const openEngine = async (): Promise<Engine> => {
  engine ??= createWasmEngine();
  return engine;
};
export async function closeEngines(): Promise<void> {
  await engine?.close();
  engine = undefined;
}
