import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { sha256 } from "./canonical.ts";

/** Directories whose files decide what a run computes. */
const directories = ["src/models", "src/train"];
/** Packages that take part in the computation: the random generator, and the compiler of the kernel. */
const packages = ["pure-rand", "assemblyscript"];
/** Tests and what serves only them; presentation; what editors and file managers leave behind. */
const apart = [/\.test\.ts$/, /(^|\/)(fixtures|testing)\//, /(^|\/)progress\.ts$/, /(^|\/)\.|~$/];

/**
 * SHA-256 of everything under `root` that computes a run: path and content of each file, and the versions of the
 * packages. A result kept under this hash was made by exactly this code.
 */
export function hashSources(root: string): string {
  const parts: (string | Uint8Array)[] = [];
  for (const directory of directories) {
    const files = (readdirSync(join(root, directory), { recursive: true }) as string[])
      .map((file) => `${directory}/${file.split(sep).join("/")}`)
      .filter((file) => !apart.some((pattern) => pattern.test(file)) && statSync(join(root, file)).isFile())
      .sort();
    for (const file of files) parts.push(file, readFileSync(join(root, file)));
  }
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string> | undefined
  >;
  for (const name of packages)
    parts.push(name, manifest.dependencies?.[name] ?? manifest.devDependencies?.[name] ?? "");
  return sha256(...parts);
}
