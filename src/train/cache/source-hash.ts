import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { sha256 } from "../../util/canonical.ts";

/** Packages that take part in a computation: the random generator, the kernel's compiler, and what other engines run on. */
const packages = [
  "pure-rand",
  "assemblyscript",
  "webgpu",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-node-gpu",
];
const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
/** Tests and what serves only them; views and presentation of results; what editors and file managers leave behind. */
const apart = [/\.test\.ts$/, /(^|\/)(fixtures|testing)\//, /(^|\/)(progress|run)\.ts$/, /(^|\/)\.|~$/];

/** Relative imports, static and dynamic, and workers: `from "./x"`, `import("./x")`, `new URL("./x"`. */
const imports = /(?:from\s*|import\s*\(\s*|new URL\(\s*|^import\s*)"(\.{1,2}\/[^"]+)"/gm;

/**
 * SHA-256 of everything under `root` that computes a run on an engine: path and content of the engine's files, of those
 * that they import, however indirectly, and of the form in which runs are kept; and the versions of the packages. A
 * result kept under this hash was made by exactly this code; other engines, and constructions that models offer beside,
 * discard nothing.
 */
export function hashSources(root: string, engine: string): string {
  const files = new Set<string>();
  const visit = (path: string) => {
    if (files.has(path) || apart.some((pattern) => pattern.test(path))) return;
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    // A folder that is referred to is read from the disk: the kernel's sources, by all that compile it.
    if (stat?.isDirectory()) for (const name of readdirSync(join(root, path))) visit(posix.join(path, name));
    if (!stat?.isFile()) return;
    files.add(path);
    for (const [, specifier] of readFileSync(join(root, path), "utf8").matchAll(imports))
      visit(posix.join(posix.dirname(path), specifier!));
  };
  visit("src/train/cache/entry.ts");
  visit(`src/train/engines/${engine}.ts`);
  visit(`src/train/engines/${engine}`);
  const parts = [...files].sort().flatMap((path) => [path, readFileSync(join(root, path), "utf8")]);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    string,
    Record<string, string> | undefined
  >;
  for (const name of packages)
    parts.push(name, kinds.map((kind) => manifest[kind]?.[name]).find((version) => version) ?? "");
  // Where its native part is built `tfjs` is another library, with other bits.
  if (engine === "tfjs") parts.push(String(existsSync(join(root, "node_modules/@tensorflow/tfjs-node-gpu/lib"))));
  return sha256(...parts);
}
