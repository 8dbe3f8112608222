import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { sha256 } from "./canonical.ts";

/** Packages that take part in the computation: the random generator, and the compiler of the kernel. */
const packages = ["pure-rand", "assemblyscript"];
/** Tests and what serves only them; views and presentation of results; what editors and file managers leave behind. */
const apart = [/\.test\.ts$/, /(^|\/)(fixtures|testing)\//, /(^|\/)(progress|run)\.ts$/, /(^|\/)\.|~$/];

/** Relative imports, static and dynamic, and workers: `from "./x"`, `import("./x")`, `new URL("./x"`. */
const imports = /(?:from\s*|import\s*\(\s*|new URL\(\s*|^import\s*)"(\.{1,2}\/[^"]+)"/gm;

/**
 * SHA-256 of everything under `root` that computes a run: path and content of every file of src/train and of those
 * it imports from elsewhere, however indirectly (so that a construction added to src/models discards no result), and the
 * versions of the packages. A result kept under this hash was made by exactly this code.
 */
export function hashSources(root: string): string {
  const files = new Set<string>();
  const visit = (path: string) => {
    if (files.has(path) || apart.some((pattern) => pattern.test(path))) return;
    if (!statSync(join(root, path), { throwIfNoEntry: false })?.isFile()) return;
    files.add(path);
    for (const [, specifier] of readFileSync(join(root, path), "utf8").matchAll(imports))
      visit(posix.join(posix.dirname(path), specifier!));
  };
  for (const file of readdirSync(join(root, "src/train"), { recursive: true }) as string[])
    visit(`src/train/${file.split(sep).join("/")}`);
  const parts = [...files].sort().flatMap((path) => [path, readFileSync(join(root, path), "utf8")]);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string> | undefined
  >;
  for (const name of packages)
    parts.push(name, manifest.dependencies?.[name] ?? manifest.devDependencies?.[name] ?? "");
  return sha256(...parts);
}
