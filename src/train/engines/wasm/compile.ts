import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digest, readKept, writeKept } from "../../../util/kept.ts";

const sources = fileURLToPath(new URL("./kernel/", import.meta.url));
const cache = fileURLToPath(new URL("../../../../.cache/kernel/", import.meta.url));
const options = ["-O3", "--enable", "simd", "--runtime", "stub", "--disableWarning", "112"];

/**
 * The compiled kernel. Compiling takes a second or two, so the result is kept on disk under a hash of the sources, the
 * compiler's version and its options; a file that is not what was written there is compiled again.
 */
export async function compileKernel(directory = cache): Promise<WebAssembly.Module> {
  return new WebAssembly.Module(await kernelBinary(directory));
}

/** The kernel's file, to be compiled elsewhere. */
export async function kernelBinary(directory = cache): Promise<Uint8Array<ArrayBuffer>> {
  const files = readdirSync(sources)
    .filter((name) => name.endsWith(".ts"))
    .sort();
  const texts = new Map(files.map((name) => [name, readFileSync(join(sources, name), "utf8")]));
  const { version } = createRequire(import.meta.url)("assemblyscript/package.json") as { version: string };
  const key = digest(JSON.stringify([[...texts], version, options])).toString("hex");
  const path = join(directory, `${key.slice(0, 32)}.wasm`);
  const kept = readKept(path);
  if (kept) return kept;
  const binary = await compile(texts);
  try {
    writeKept(path, binary);
  } catch {
    // On a full disk or in a read-only checkout it is compiled again next time, which takes a second.
  }
  return binary;
}

/** What we use of the compiler. Its own types declare AssemblyScript's globals for the whole project. */
interface Compiler {
  main(
    argv: readonly string[],
    files: {
      readFile(name: string): string | null;
      writeFile(name: string, contents: string | Uint8Array<ArrayBuffer>): void;
      listFiles(): string[];
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
}

async function compile(texts: ReadonlyMap<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const name: string = "assemblyscript/asc";
  const { default: asc } = (await import(/* @vite-ignore */ name)) as { default: Compiler };
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(["index.ts", "--outFile", "kernel.wasm", ...options], {
    readFile: (file) => texts.get(file) ?? null,
    writeFile: (_, contents) => {
      if (typeof contents !== "string") binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`the training kernel does not compile: ${error?.message}\n${stderr}`);
  return binary;
}
