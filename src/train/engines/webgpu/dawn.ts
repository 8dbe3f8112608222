import { createRequire } from "node:module";
import { InputError } from "../../../util/check.ts";

/** What the package `webgpu` gives: Dawn, the implementation of WebGPU that Chromium uses. */
type Dawn = typeof import("webgpu");

/** Dawn's object must live as long as its devices: once it is collected, the process aborts. One for each thread. */
const kept = globalThis as typeof globalThis & { [key: symbol]: GPU | undefined };
const key = Symbol.for("superposition-hypotheses.dawn");

/**
 * Dawn's entry point, loaded when it is first needed. Throws InputError where the optional package `webgpu` is absent.
 * Shaders are our own and stay within their arrays, so the clamping of indices is switched off.
 */
export async function openDawn(): Promise<GPU> {
  kept[key] ??= (await loadDawn()).create(["enable-dawn-features=disable_robustness"]);
  return kept[key];
}

async function loadDawn(): Promise<Dawn> {
  try {
    return await import("webgpu");
  } catch (error) {
    throw new InputError(
      `the engine "webgpu" needs the optional package webgpu, which does not load (${firstLine(error)}); run: npm install webgpu`,
    );
  }
}

/** Where the package lies, or null: for a child process that probes for drivers. */
export function dawnPath(): string | null {
  try {
    return createRequire(import.meta.url).resolve("webgpu");
  } catch {
    return null;
  }
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!.trim();
}
