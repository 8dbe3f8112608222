import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { InputError, quote } from "../../../util/check.ts";
import { dawnPath, openDawn } from "./dawn.ts";

/** The part of GPUAdapterInfo that tells adapters apart. */
export interface Info {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter: boolean;
}

/** For people: the device, and its driver where that says more. */
export function nameOf({ vendor, architecture, device, description }: Info): string {
  const name = device || architecture || vendor || "unnamed adapter";
  return description && description !== name ? `${name} (${description})` : name;
}

/** Whether an adapter computes on the processor: as it says itself, or by the names of the drivers that do. */
export function isSoftware(info: Info): boolean {
  return info.isFallbackAdapter || /llvmpipe|lavapipe|swiftshader|softpipe|basic render/i.test(nameOf(info));
}

/**
 * The adapter to train on: a graphics card's, or one that computes on the processor only if `software` is asked for.
 * Throws InputError if there is none.
 */
export async function findAdapter({ software }: { readonly software: boolean }): Promise<GPUAdapter> {
  const gpu = await openDawn();
  const adapter = (await gpu.requestAdapter({ powerPreference: "high-performance" })) ?? (await gpu.requestAdapter());
  if (!adapter)
    throw new InputError(
      'the engine "webgpu" found no adapter; expected a graphics card with a Vulkan (or Metal, Direct3D 12) driver and its loader (libvulkan1)',
    );
  if (isSoftware(adapter.info) && !software)
    throw new InputError(
      `the engine "webgpu" found only the software adapter ${quote(nameOf(adapter.info))}; expected a graphics card's, or HYPOTHESES_WEBGPU=software to train on this one`,
    );
  return adapter;
}

/**
 * The name of the graphics card that the engine would train on, or null if there is none; never a software adapter.
 * Asked in a process of its own, because drivers and their loader talk to the terminal and may crash. About 0.3 s.
 */
export function hardwareAdapter(): Promise<string | null> {
  found ??= probe();
  return found;
}
let found: Promise<string | null> | undefined;

async function probe(): Promise<string | null> {
  const path = dawnPath();
  if (path === null) return null;
  const script = `
    const { create } = await import(${JSON.stringify(pathToFileURL(path).href)});
    globalThis.gpu = create([]);
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" }) ?? await gpu.requestAdapter();
    if (adapter) {
      const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
      console.log("adapter " + JSON.stringify({ vendor, architecture, device, description, isFallbackAdapter }));
    }`;
  const output = await new Promise<string>((resolve) => {
    const options = { timeout: 30_000, env: { ...process.env, NODE_OPTIONS: "" } };
    execFile(process.execPath, ["--input-type=module", "-e", script], options, (_, stdout) => resolve(stdout));
  });
  const line = /^adapter (.*)$/m.exec(output);
  if (!line) return null;
  const info = JSON.parse(line[1]!) as Info;
  return isSoftware(info) ? null : nameOf(info);
}
