import { resolve } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { InputError } from "../../util/check.ts";
import { hashSources } from "../cache/source-hash.ts";
import { chooseEngine, closeEngines, defaultEngine, engineChoices, engineNames, openEngine } from "./registry.ts";

afterEach(() => vi.unstubAllEnvs());

describe("the choice of engine", () => {
  test("is auto, unless HYPOTHESES_ENGINE names another", () => {
    for (const unset of [undefined, ""]) {
      vi.stubEnv("HYPOTHESES_ENGINE", unset);
      expect(defaultEngine()).toBe("auto");
    }
    for (const choice of engineChoices) {
      vi.stubEnv("HYPOTHESES_ENGINE", choice);
      expect(defaultEngine()).toBe(choice);
    }
    vi.stubEnv("HYPOTHESES_ENGINE", "abacus");
    expect(defaultEngine).toThrow(
      new InputError(
        'invalid HYPOTHESES_ENGINE: "abacus"; expected "auto" or "wasm" or "webgpu" or "tfjs" or "tfjs-cuda" or "reference"',
      ),
    );
  });

  test("is the engine named, whether or not it runs here, and whatever auto would be", async () => {
    vi.stubEnv("HYPOTHESES_AUTO", "webgpu: a card");
    for (const name of engineNames) expect(await chooseEngine(name)).toEqual({ name });
    expect(await chooseEngine("auto")).toEqual({ name: "webgpu", why: "auto: a card" });
  });
});

describe("an engine", () => {
  test("is opened once, and again after it was closed", async () => {
    const first = await openEngine("reference");
    expect(first.name).toBe("reference");
    expect(await openEngine("reference")).toBe(first);
    await closeEngines();
    expect(await openEngine("reference")).not.toBe(first);
  });

  test("that failed to open may be asked for again", async () => {
    vi.stubEnv("HYPOTHESES_WEBGPU", "abacus");
    const failed = openEngine("webgpu");
    await expect(failed).rejects.toThrow("invalid HYPOTHESES_WEBGPU");
    const again = openEngine("webgpu");
    expect(again).not.toBe(failed);
    await expect(again).rejects.toThrow("invalid HYPOTHESES_WEBGPU");
  });

  test("is closed with all the others", async () => {
    const engine = await openEngine("reference");
    const close = vi.spyOn(engine, "close");
    await closeEngines();
    expect(close).toHaveBeenCalledTimes(1);
  });

  test("bears the name it is opened by", async () => {
    for (const name of ["wasm", "tfjs", "reference"] as const) expect((await openEngine(name)).name).toBe(name);
    await closeEngines();
  });

  test("is known to the run cache by sources of its own", () => {
    const hashes = [...engineNames, "abacus"].map((name) => hashSources(resolve("."), name));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
