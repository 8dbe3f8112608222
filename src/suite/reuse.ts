import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chooseAutomatically } from "../train/engines/auto.ts";
import { sha256 } from "../util/canonical.ts";
import { versionOf } from "../verification/reuse/packages.ts";
import type { ReuseOptions } from "../verification/reuse/reuse.ts";

/** Besides what is imported: the kernel's compiler, and the font of the figures. */
const packages = ["assemblyscript", "dejavu-fonts-ttf"];
/** Variables that decide what comes out. */
const variables = ["HYPOTHESES_SEED_SHIFT", "HYPOTHESES_WEBGPU"];

/**
 * How conclusions about toy models are reused: the engine, the kernel, seeds and Node's arithmetic decide what comes out. null
 * where HYPOTHESES_CACHE is off.
 */
export async function reuseConclusions(root: string): Promise<ReuseOptions | null> {
  const cache = process.env.HYPOTHESES_CACHE || join(root, ".cache/runs");
  if (cache === "off") return null;
  const asked = process.env.HYPOTHESES_ENGINE || "auto";
  const engine = asked === "auto" ? (await chooseAutomatically()).name : asked;
  const engines = join(root, "src/train/engines");
  return {
    directory: resolve(cache, "../conclusions"),
    environment: [
      engine,
      // The compiler may fold and order float64 arithmetic, and has its own functions.
      process.versions.v8,
      `${process.platform} ${process.arch}`,
      kernelSources(join(engines, "wasm")),
      ...packages.map((name) => versionOf(name, root)),
      ...variables.map((name) => process.env[name] ?? ""),
    ],
    apart: (file) => {
      const path = resolve(file);
      if (!path.startsWith(engines)) return false;
      const folder = path.slice(engines.length + 1).split(/[/\\.]/, 1)[0]!;
      return ["reference", "tfjs", "tfjs-cuda", "wasm", "webgpu"].includes(folder) && folder !== engine;
    },
  };
}

/** What the kernel is compiled from, and its threads run, without comments: no import reaches it. */
function kernelSources(folder: string): string {
  const kernel = join(folder, "kernel");
  const files = [
    ...readdirSync(kernel)
      .sort()
      .map((name) => join(kernel, name)),
    join(folder, "worker.mjs"),
  ];
  const code = (file: string) =>
    readFileSync(file, "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*\/\/.*$/gm, "")
      .replace(/\s+/g, " ");
  return sha256(...files.map(code));
}
