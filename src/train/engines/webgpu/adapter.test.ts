import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { isSoftware, nameOf } from "./adapter.ts";

const info = { vendor: "", architecture: "", device: "", description: "", isFallbackAdapter: false };

test("names an adapter by what it tells", () => {
  const card = { ...info, vendor: "nvidia", architecture: "hopper", device: "NVIDIA H200" };
  expect(nameOf(card)).toBe("NVIDIA H200");
  expect(nameOf({ ...card, description: "NVIDIA: 570.1" })).toBe("NVIDIA H200 (NVIDIA: 570.1)");
  expect(nameOf({ ...card, description: "NVIDIA H200" })).toBe("NVIDIA H200");
  expect(nameOf({ ...info, vendor: "intel" })).toBe("intel");
  expect(nameOf(info)).toBe("unnamed adapter");
});

test("knows software adapters by their own word or by name", () => {
  expect(isSoftware({ ...info, device: "NVIDIA H200" })).toBe(false);
  expect(isSoftware({ ...info, device: "anything", isFallbackAdapter: true })).toBe(true);
  expect(isSoftware({ ...info, description: "llvmpipe: Mesa 25.0.7 (LLVM 19)" })).toBe(true);
  expect(isSoftware({ ...info, architecture: "swiftshader" })).toBe(true);
  expect(isSoftware({ ...info, device: "Microsoft Basic Render Driver" })).toBe(true);
});

test("without a driver there is no hardware, and asking for the engine is one clear error", async ({ skip }) => {
  await import("webgpu").catch(() => skip("the optional package webgpu is not installed"));
  const module = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)).replaceAll("\\", "/"));
  const script = `
    import { hardwareAdapter } from ${module("./adapter.ts")};
    import { createWebgpuEngine } from ${module("./engine.ts")};
    console.log(await hardwareAdapter());
    await createWebgpuEngine({ software: true }).catch((error) => console.log(error.stack));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", script],
    { env: { ...process.env, VK_DRIVER_FILES: "/nowhere.json", VK_ICD_FILENAMES: "/nowhere.json" } },
  );
  const [hardware, ...error] = stdout.trim().split("\n");
  expect(hardware).toBe("null");
  expect(error).toEqual([expect.stringMatching(/^InputError: .*"webgpu" found no adapter; expected a graphics card/)]);
});
