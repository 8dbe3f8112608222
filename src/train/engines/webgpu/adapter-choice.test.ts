import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { InputError } from "../../../util/check.ts";
import type { Info } from "./adapter.ts";

/** Stands in for Dawn: in this process an object, in the one that probes a module of its own. */
const dawn = vi.hoisted(() => ({ path: null as string | null, gpu: null as unknown }));
vi.mock("./dawn.ts", () => ({ dawnPath: () => dawn.path, openDawn: async () => dawn.gpu }));
afterAll(() => vi.resetModules());

const card: Info = {
  vendor: "nvidia",
  architecture: "hopper",
  device: "NVIDIA H200",
  description: "",
  isFallbackAdapter: false,
};
const software: Info = { ...card, device: "SwiftShader Device", description: "Subzero" };

/** A fresh copy: what was found is kept for the life of the module. */
async function load() {
  vi.resetModules();
  return import("./adapter.ts");
}

afterEach(() => vi.unstubAllEnvs());

describe("the adapter to train on", () => {
  let asked: unknown[];
  const offer = (fast: Info | null, any: Info | null) => {
    asked = [];
    dawn.gpu = {
      requestAdapter: async (options?: { powerPreference?: string }) => {
        asked.push(options);
        const info = options?.powerPreference === "high-performance" ? fast : any;
        return info && { info };
      },
    };
  };

  test("is the fast one where there are two", async () => {
    const { findAdapter } = await load();
    offer(card, { ...card, device: "Intel UHD" });
    expect((await findAdapter({ software: false })).info).toBe(card);
    expect(asked).toEqual([{ powerPreference: "high-performance" }]);
  });

  test("is any, where none calls itself fast", async () => {
    const { findAdapter } = await load();
    offer(null, card);
    expect((await findAdapter({ software: false })).info).toBe(card);
  });

  test("computes on the processor only for those who ask for it; they may get a card", async () => {
    const { findAdapter } = await load();
    offer(software, null);
    expect((await findAdapter({ software: true })).info).toBe(software);
    await expect(findAdapter({ software: false })).rejects.toThrow(
      /only the software adapter "SwiftShader Device \(Subzero\)"; .*HYPOTHESES_WEBGPU=software/,
    );
    offer(card, null);
    expect((await findAdapter({ software: true })).info).toBe(card);
  });

  test("is missed with an error that says what is expected", async () => {
    const { findAdapter } = await load();
    offer(null, null);
    // By name: the module was loaded anew, and so was its InputError.
    await expect(findAdapter({ software: true })).rejects.toMatchObject({
      name: new InputError("").name,
      message: expect.stringMatching(/"webgpu" found no adapter; expected .*libvulkan1/),
    });
  });
});

describe("the probe for a graphics card, in a process of its own", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "adapter-"));
    dawn.path = join(folder, "dawn.mjs");
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** What create() of the package gives there, as source. */
  const pretend = (body: string) =>
    writeFile(dawn.path!, `export const create = () => ({ requestAdapter: async (options) => { ${body} } });`);

  test("names it, whatever else its driver prints", async () => {
    await pretend(`console.log("the adapter may be slow\\nadapter"); return { info: ${JSON.stringify(card)} };`);
    const { hardwareAdapter } = await load();
    expect(await hardwareAdapter()).toBe("NVIDIA H200");
  });

  test("looks once", async () => {
    await pretend(`return { info: ${JSON.stringify(card)} };`);
    const { hardwareAdapter } = await load();
    const first = hardwareAdapter();
    expect(hardwareAdapter()).toBe(first);
    await first;
  });

  test("asks for the fast one first", async () => {
    await pretend(`return options ? null : { info: ${JSON.stringify(card)} };`);
    expect(await (await load()).hardwareAdapter()).toBe("NVIDIA H200");
    await pretend(`return options?.powerPreference === "high-performance" ? { info: ${JSON.stringify(card)} } : null;`);
    expect(await (await load()).hardwareAdapter()).toBe("NVIDIA H200");
  });

  test("does not count an adapter that computes on the processor", async () => {
    await pretend(`return { info: ${JSON.stringify(software)} };`);
    expect(await (await load()).hardwareAdapter()).toBeNull();
  });

  test("finds none where there is none, where the driver dies, or where the package is absent", async () => {
    await pretend("return null;");
    expect(await (await load()).hardwareAdapter()).toBeNull();
    await pretend("process.kill(process.pid, 'SIGSEGV');");
    expect(await (await load()).hardwareAdapter()).toBeNull();
    dawn.path = null;
    expect(await (await load()).hardwareAdapter()).toBeNull();
  });

  test("has this process's environment, but not its options for Node", async () => {
    vi.stubEnv("ADAPTER_TEST", "here");
    vi.stubEnv("NODE_OPTIONS", "--title=wrong");
    await pretend(
      `return { info: { ...${JSON.stringify(card)}, device: [process.env.ADAPTER_TEST, process.title].join() } };`,
    );
    expect(await (await load()).hardwareAdapter()).toMatch(/^here,(?!wrong)/);
  });
});
