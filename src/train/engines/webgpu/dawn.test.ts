import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { dawnPath, firstLine } from "./dawn.ts";

afterEach(() => {
  vi.doUnmock("webgpu");
  vi.doUnmock("node:module");
  vi.resetModules();
});

const key = Symbol.for("superposition-hypotheses.dawn");

/** dawn.ts anew, with nothing kept from before. */
async function load() {
  const all = globalThis as typeof globalThis & { [key: symbol]: unknown };
  const kept = all[key];
  all[key] = undefined;
  vi.resetModules();
  return { dawn: await import("./dawn.ts"), restore: () => (all[key] = kept) };
}

test("Dawn is created once, and told not to clamp indices", async () => {
  const create = vi.fn((_options: string[]) => ({}));
  vi.doMock("webgpu", () => ({ create }));
  const { dawn, restore } = await load();
  try {
    expect(await dawn.openDawn()).toBe(await dawn.openDawn());
    expect(create.mock.calls).toEqual([[["enable-dawn-features=disable_robustness"]]]);
  } finally {
    restore();
  }
});

test("where the package does not load, the error says why and how to install it", async () => {
  vi.doMock("webgpu", () => {
    throw new Error("no binary for this platform\nand more");
  });
  const { dawn, restore } = await load();
  try {
    const failure = dawn.openDawn().catch((error: Error) => error);
    expect(await failure).toMatchObject({ name: "InputError" });
    expect(((await failure) as Error).message).toMatch(
      /^the engine "webgpu" needs the optional package webgpu, which does not load \(.+\); run: npm install webgpu$/,
    );
  } finally {
    restore();
  }
});

test("knows where the package lies, or that it lies nowhere", async () => {
  expect(dawnPath()?.includes(join("node_modules", "webgpu"))).toBe(
    existsSync("node_modules/webgpu") ? true : undefined,
  );
  vi.doMock("node:module", () => ({
    createRequire: () => ({
      resolve: (name: string) => {
        throw new Error(name);
      },
    }),
  }));
  const { dawn, restore } = await load();
  restore();
  expect(dawn.dawnPath()).toBeNull();
});

test("the first line of whatever was thrown", () => {
  expect(firstLine(new Error("  one \ntwo"))).toBe("one");
  expect(firstLine("three\nfour")).toBe("three");
});
