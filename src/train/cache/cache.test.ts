import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { autoencoder } from "../../models/autoencoder.ts";
import type { Trajectory } from "../engine.ts";
import { recipe } from "../recipe.ts";
import { blockKeys, cacheDirectory, prune, RunCache } from "./cache.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cache-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

const block: Trajectory[] = [
  {
    seed: 3,
    status: "stopped",
    end: { step: 5, loss: 0.5, gradientNorm: 0.1, parameters: Float32Array.of(1, 2) },
    checkpoints: [],
  },
];

describe("the directory", () => {
  test("is the option, else the variable, else .cache/runs in the repository", () => {
    vi.stubEnv("HYPOTHESES_CACHE", "");
    expect(cacheDirectory(undefined)).toBe(resolve(import.meta.dirname, "../../../.cache/runs"));
    vi.stubEnv("HYPOTHESES_CACHE", "/elsewhere");
    expect(cacheDirectory(undefined)).toBe("/elsewhere");
    expect(cacheDirectory("/given")).toBe("/given");
  });
  test("is none for null and for off", () => {
    expect(cacheDirectory(null)).toBeNull();
    vi.stubEnv("HYPOTHESES_CACHE", "off");
    expect(cacheDirectory(undefined)).toBeNull();
  });
});

describe("the key of a block", () => {
  const model = autoencoder({ features: 3, hidden: 2, loss: "mse" });
  const training = recipe({ steps: 10, rate: 1 });
  const key = (
    change: Partial<{ engine: string; model: object; recipe: object; seeds: number[]; source: string }> = {},
  ) =>
    blockKeys(
      change.engine ?? "reference",
      { ...model, ...change.model },
      { ...training, ...change.recipe },
      [change.seeds ?? [0, 1]],
      change.source ?? "source",
    )[0]!;

  test("depends on everything that decides the result", () => {
    const keys = [
      key(),
      key({ engine: "wasm" }),
      key({ model: { unitNorm: true } }),
      key({ recipe: { steps: 11 } }),
      key({ seeds: [0, 1, 2] }),
      key({ source: "other source" }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
  test("does not depend on the order of properties", () => {
    const { tied, sizes, ...rest } = model;
    expect(blockKeys("reference", { ...rest, sizes, tied }, training, [[0, 1]], "source")[0]).toBe(key());
  });
  test("is each block's own, whatever blocks come with it", () => {
    expect(blockKeys("reference", model, training, [[9], [0, 1]], "source")[1]).toBe(key());
  });
});

describe("the cache", () => {
  test("gives back what was written, in a directory made when needed", () => {
    const cache = new RunCache(join(directory, "deep", "runs"));
    expect(cache.read("a")).toBe("absent");
    cache.write("a", block);
    expect(cache.read("a")).toEqual(block);
    expect(readdirSync(join(directory, "deep", "runs"))).toEqual(["a.run"]);
  });

  test("reports a damaged entry, and takes a new one in its place", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const cache = new RunCache(directory);
    cache.write("a", block);
    writeFileSync(cache.path("a"), readFileSync(cache.path("a")).subarray(0, 40));
    expect(cache.read("a")).toBe("corrupted");
    expect(warn.mock.calls).toEqual([[expect.stringContaining("a.run is damaged")]]);
    cache.write("a", block);
    expect(cache.read("a")).toEqual(block);
  });

  test("an entry under another's name is damaged", () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const cache = new RunCache(directory);
    cache.write("a", block);
    writeFileSync(cache.path("b"), readFileSync(cache.path("a")));
    expect(cache.read("b")).toBe("corrupted");
  });

  test("goes on where nothing can be written or read, and says of each block that it is not kept", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const file = join(directory, "file");
    writeFileSync(file, "");
    const cache = new RunCache(file);
    expect(cache.write("a", block)).toBe(false);
    expect(cache.write("b", block)).toBe(false);
    expect(cache.read("a")).toBe("absent");
    expect(warn).not.toHaveBeenCalled();
    expect(new RunCache(directory).write("a", block)).toBe(true);
  });

  test("warns where an entry is there and cannot be read", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const cache = new RunCache(directory);
    mkdirSync(cache.path("a"));
    expect(cache.read("a")).toBe("absent");
    expect(warn.mock.calls).toEqual([[expect.stringContaining("cannot be read")]]);
  });
});

describe("pruning", () => {
  const hour = 3_600_000;
  const file = (name: string, age: number) => {
    const path = join(directory, name);
    writeFileSync(path, "x".repeat(100));
    utimesSync(path, (Date.now() - age) / 1000, (Date.now() - age) / 1000);
  };
  const left = () => readdirSync(directory).sort();

  test("removes what was read longest ago until the limit is kept", () => {
    file("old.run", 3 * hour);
    file("older.run", 4 * hour);
    file("new.run", hour);
    prune(directory, 300);
    expect(left()).toEqual(["new.run", "old.run", "older.run"]);
    prune(directory, 299);
    expect(left()).toEqual(["new.run", "old.run"]);
    prune(directory, 100);
    expect(left()).toEqual(["new.run"]);
  });

  test("removes what killed writers left, not what is being written, nor anything else", () => {
    file(".a.run.1.tmp", 2 * hour);
    file(".b.run.2.tmp", hour / 2);
    file("notes.txt", 100 * hour);
    mkdirSync(join(directory, "folder.run"));
    prune(directory, 0);
    expect(left()).toEqual([".b.run.2.tmp", "folder.run", "notes.txt"]);
  });

  test("a read entry counts as new", () => {
    const cache = new RunCache(directory);
    cache.write("a", block);
    utimesSync(cache.path("a"), 1, 1);
    file("b.run", hour);
    cache.read("a");
    prune(directory, 150 + readFileSync(cache.path("a")).length - 100);
    expect(left()).toEqual(["a.run"]);
  });

  test("happens when a process first opens a cache, not again", () => {
    file(".a.run.1.tmp", 2 * hour);
    new RunCache(directory);
    expect(left()).toEqual([]);
    file(".b.run.1.tmp", 2 * hour);
    new RunCache(directory);
    expect(left()).toEqual([".b.run.1.tmp"]);
  });

  test("takes a writer for killed after an hour, not before", () => {
    file(".a.run.1.tmp", 0);
    utimesSync(join(directory, ".a.run.1.tmp"), 1000, 1000);
    prune(directory, 0, 1000_000 + hour);
    expect(left()).toEqual([".a.run.1.tmp"]);
    prune(directory, 0, 1000_000 + hour + 1);
    expect(left()).toEqual([]);
  });

  test("passes over what is gone by the time that it is looked at", () => {
    symlinkSync(join(directory, "nowhere"), join(directory, "gone.run"));
    file("old.run", hour);
    prune(directory, 0);
    expect(left()).toEqual(["gone.run"]);
  });
});
