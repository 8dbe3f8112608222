import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { compileKernel } from "./compile.ts";

/** Stands in for the compiler, which takes seconds; compile.test.ts has the real one. */
const main = vi.fn();
vi.doMock("assemblyscript/asc", () => ({ default: { main } }));
afterAll(() => vi.doUnmock("assemblyscript/asc"));

/** The shortest module: the format's name and version. */
const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
interface Files {
  readFile(name: string): string | null;
  writeFile(name: string, contents: string | Uint8Array): void;
  listFiles(): string[];
}

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "kernel-"));
  main.mockReset().mockImplementation(async (_: readonly string[], files: Files) => {
    files.writeFile("kernel.wasm", empty);
    // A text beside the binary, such as a map of the sources, is not the kernel.
    files.writeFile("kernel.map", "text");
    return { error: null, stderr: "" };
  });
});
afterEach(() => rmSync(directory, { recursive: true }));

test("the compiler is asked for one module from the kernel's sources and nothing else", async () => {
  await compileKernel(directory);
  const [argv, files] = main.mock.calls[0] as [string[], Files];
  expect(argv.slice(0, 2)).toEqual(["index.ts", "--outFile"]);
  expect(argv[2]).toMatch(/\.wasm$/);
  const kernel = join(import.meta.dirname, "kernel");
  for (const name of readdirSync(kernel).filter((name) => name.endsWith(".ts")))
    expect(files.readFile(name)).toBe(readFileSync(join(kernel, name), "utf8"));
  expect(files.readFile("missing.ts")).toBeNull();
  // It lies beside them, for editors.
  expect(files.readFile("tsconfig.json")).toBeNull();
  expect(files.listFiles()).toEqual([]);
});

test("what was compiled is kept, in a directory made when needed, and compiled again when damaged", async () => {
  const deep = join(directory, "deep", "kernel");
  expect(await compileKernel(deep)).toBeInstanceOf(WebAssembly.Module);
  expect(await compileKernel(deep)).toBeInstanceOf(WebAssembly.Module);
  expect(main).toHaveBeenCalledTimes(1);
  const [name] = readdirSync(deep);
  expect(name).toMatch(/^[0-9a-f]{32}\.wasm$/);
  const kept = readFileSync(join(deep, name!));
  // After the 32 bytes of its digest.
  expect(kept.subarray(32)).toEqual(Buffer.from(empty));
  for (const damaged of [kept.subarray(0, 39), Buffer.alloc(0), Buffer.concat([kept, kept])]) {
    writeFileSync(join(deep, name!), damaged);
    await compileKernel(deep);
    expect(readFileSync(join(deep, name!))).toEqual(kept);
  }
  expect(main).toHaveBeenCalledTimes(4);
});

test("a change of any source is compiled anew, beside what is kept", async () => {
  await compileKernel(directory);
  const sources = readdirSync(join(import.meta.dirname, "kernel")).filter((name) => name.endsWith(".ts"));
  for (const changed of sources) {
    vi.doMock("node:fs", async (load) => {
      const fs = await load<typeof import("node:fs")>();
      const read = (path: string, ...rest: []) =>
        path.endsWith(join("kernel", changed)) ? "// changed" : fs.readFileSync(path, ...rest);
      return { ...fs, readFileSync: read };
    });
    vi.resetModules();
    await (await import("./compile.ts")).compileKernel(directory);
  }
  vi.doUnmock("node:fs");
  vi.resetModules();
  expect(main).toHaveBeenCalledTimes(1 + sources.length);
  expect(readdirSync(directory)).toHaveLength(1 + sources.length);
});

test("what does not compile is an error that says why, and nothing is kept", async () => {
  main.mockResolvedValueOnce({ error: new Error("2 errors"), stderr: "no such type" });
  await expect(compileKernel(directory)).rejects.toThrow(/does not compile: 2 errors\nno such type/);
  main.mockImplementationOnce(async (_: readonly string[], files: Files) => {
    files.writeFile("kernel.wasm", empty);
    return { error: new Error("half done"), stderr: "" };
  });
  await expect(compileKernel(directory)).rejects.toThrow("half done");
  main.mockResolvedValueOnce({ error: null, stderr: "silence" });
  await expect(compileKernel(directory)).rejects.toThrow("silence");
  expect(readdirSync(directory)).toEqual([]);
});

test("where nothing can be kept it is compiled all the same", async () => {
  const file = join(directory, "file");
  writeFileSync(file, "");
  expect(await compileKernel(join(file, "kernel"))).toBeInstanceOf(WebAssembly.Module);
});
