import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** An installed package. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Its package.json. */
  readonly file: string;
  readonly text: string;
}

/** The package that an import comes from, and all that it needs, however indirectly, as they are installed. */
export function packagesOf(specifier: string, root: string): Package[] {
  const found = new Map<string, Package>();
  const visit = (name: string, from: string) => {
    const file = manifestOf(name, from);
    if (!file || found.has(file)) return;
    const text = readFileSync(file, "utf8");
    const manifest = JSON.parse(text) as Manifest;
    found.set(file, { name, version: manifest.version ?? "", file, text });
    const { dependencies, optionalDependencies, peerDependencies } = manifest;
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
      visit(needed, dirname(file));
  };
  visit(nameOf(specifier), root);
  return [...found.values()];
}

/** The version of the package that an import comes from, as it is installed. */
export function versionOf(specifier: string, root: string): string {
  const file = manifestOf(nameOf(specifier), root);
  return file ? ((JSON.parse(readFileSync(file, "utf8")) as Manifest).version ?? "") : "absent";
}

const nameOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];

/** In the folder or above it. */
function manifestOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, "node_modules", name, "package.json");
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}
