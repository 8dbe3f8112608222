import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, rolldown } from "rolldown";
import { kernelBinary } from "../train/engines/wasm/compile.ts";
import type { Scripts } from "../verification/atlas/scripts.ts";
import { specFiles } from "../verification/report/completeness.ts";

const here = dirname(fileURLToPath(import.meta.url));
const source = resolve(here, "..");

/** What stands in the page for a module of Node's, a package, or a file of ours that needs one: by its name, or from `src`. */
const standIns: Readonly<Record<string, string>> = {
  "node:crypto": "crypto",
  "node:os": "os",
  "node:worker_threads": "threads",
  canvas: "canvas",
  "figures/canvas/encode-once.ts": "encode-once",
  "figures/canvas/fonts.ts": "fonts",
  "train/cache/cache.ts": "cache",
  "train/engines/registry.ts": "registry",
  "train/engines/wasm/compile.ts": "compile",
};

/** In the order in which they apply. */
const styles = ["page.css", "watch/watch.css", "try/try.css"];

/** The scripts with which a page runs the hypotheses of the suite at `root`. */
export async function pageScripts(root: string): Promise<Scripts> {
  const kernel = Buffer.from(await kernelBinary()).toString("base64");
  const thread = await script(join(source, "train/engines/wasm/worker.mjs"), {
    standIns: { "node:worker_threads": "thread" },
    virtual: { kernel: `export default ${JSON.stringify(kernel)};` },
  });
  const loaders = specFiles(root).map(
    (file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(join(root, file))})`,
  );
  const worker = await script(join(here, "worker.ts"), {
    standIns,
    virtual: {
      thread: `export default ${JSON.stringify(thread)};`,
      specs: `export const specs = { ${loaders.join(", ")} };`,
    },
  });
  const page = await script(join(here, "page.ts"), { standIns, virtual: {} });
  const style = styles.map((file) => readFileSync(join(here, file), "utf8")).join("\n");
  return { page, worker, style };
}

interface Parts {
  readonly standIns: Readonly<Record<string, string>>;
  readonly virtual: Readonly<Record<string, string>>;
}

/** One script that needs no other. */
async function script(input: string, { standIns, virtual }: Parts): Promise<string> {
  const build = await rolldown({
    input,
    platform: "browser",
    logLevel: "silent",
    plugins: [replacing(standIns, virtual)],
    transform: { define: { "process.env.HYPOTHESES_SEED_SHIFT": '""', "import.meta.url": '"file:///"' } },
  });
  try {
    const { output } = await build.generate({ format: "iife", minify: true, codeSplitting: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}

function replacing(standIns: Parts["standIns"], virtual: Parts["virtual"]): Plugin {
  const standIn = (name: string) => join(here, "stand-ins", `${standIns[name]}.ts`);
  const replaced = new Map(
    Object.keys(standIns).flatMap((name) => (name.endsWith(".ts") ? [[join(source, name), standIn(name)]] : [])),
  );
  const hypothesis = join(source, "suite/hypothesis.ts");
  return {
    name: "page",
    async resolveId(id, importer, options) {
      if (id.startsWith("virtual:")) return `\0${id}`;
      if (Object.hasOwn(standIns, id)) return standIn(id);
      const found = id.startsWith("node:") ? null : await this.resolve(id, importer, { ...options, skipSelf: true });
      if (!found || found.external) return `\0absent:${id}`;
      return found.id === hypothesis ? join(here, "hypothesis.ts") : (replaced.get(found.id) ?? found);
    },
    load(id) {
      if (id.startsWith("\0virtual:")) return virtual[id.slice("\0virtual:".length)] ?? null;
      if (!id.startsWith("\0absent:")) return null;
      // As CommonJS, so that any name can be imported from it; it fails when the spec file that needs it is read.
      const needed = id.slice("\0absent:".length);
      return `module.exports = {}; throw new Error(${JSON.stringify(`it needs ${needed}, which a browser does not have`)});`;
    },
  };
}
