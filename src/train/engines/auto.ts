import { hardwareAdapter } from "./webgpu/adapter.ts";

/** Handed on in the environment, so that every thread and process of a run makes the same choice and only the first one looks. */
const variable = "HYPOTHESES_AUTO";
let looking: Promise<string | null> | undefined;

/**
 * webgpu where there is a hardware adapter for it, else wasm; never a software adapter, which is slower than wasm. `look`
 * gives the adapter's name or null; the default asks drivers in a process of its own, about 0.1 s where there are none.
 */
export async function chooseAutomatically(look = hardwareAdapter) {
  const settled = parse(process.env[variable]);
  if (settled) return settled;
  looking ??= look();
  try {
    const adapter = await looking;
    const words = adapter === null ? "wasm: no hardware WebGPU adapter" : "webgpu: there is a hardware WebGPU adapter";
    process.env[variable] = words;
    return parse(words)!;
  } finally {
    looking = undefined;
  }
}

/** What "auto" comes to on a machine, and why. */
function parse(words: string | undefined): { name: "webgpu" | "wasm"; why: string } | null {
  const [, name, why] = /^(webgpu|wasm): (.*)$/.exec(words ?? "") ?? [];
  return name === "webgpu" || name === "wasm" ? { name, why: `auto: ${why}` } : null;
}
