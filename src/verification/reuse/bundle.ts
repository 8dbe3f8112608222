import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { sha256 } from "../../util/canonical.ts";

/** What the conclusions of a spec file are a function of. */
export interface Bundle {
  /** Of the code that is left when what is unused, names and comments are taken away, and of the packages it imports. */
  readonly hash: string;
  /** SHA-256 of each file that was read for it, as it was read: only a change of one of these can change the hash. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** What tells a conclusion, and does not decide it: the gate, annotations, reports. */
const telling = fileURLToPath(new URL("../run.ts", import.meta.url));
const concluding = fileURLToPath(new URL("../concluded.ts", import.meta.url));
const entry = "\0spec";

/**
 * Bundles a spec file with everything that it reaches and that decides its conclusions. `apart` names files that do not: engines
 * that are not used, say. Throws where a file cannot be read or parsed.
 */
export async function bundle(file: string, root: string, apart: (file: string) => boolean): Promise<Bundle> {
  const inputs = new Map<string, string>();
  const build = await rolldown({
    input: entry,
    cwd: root,
    platform: "node",
    logLevel: "silent",
    external: (id) => !(isAbsolute(id) || /^[.\0]/.test(id)) || id === telling || apart(id),
    plugins: [
      {
        name: "spec",
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => {
          if (id === entry) return `import ${JSON.stringify(file)};\nexport * from ${JSON.stringify(concluding)};`;
          if (id.startsWith("\0")) return null;
          // Read here, so that what is hashed is what is bundled.
          const text = readFileSync(id, "utf8");
          inputs.set(id, sha256(text));
          return text;
        },
      },
    ],
  });
  try {
    const { output } = await build.generate({ format: "esm", minify: true, codeSplitting: false });
    const { code, imports, dynamicImports } = output[0];
    const packages = [...imports, ...dynamicImports]
      .filter((id) => !isAbsolute(id) && !/^(node:|\.)/.test(id))
      .map((id) => `${id} ${versionOf(id, root)}`);
    return { hash: sha256(code, ...packages.sort()), inputs };
  } finally {
    await build.close();
  }
}

/** Of the package that an import comes from, as it is installed. */
export function versionOf(specifier: string, root: string): string {
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];
  for (let folder = root; ; folder = dirname(folder)) {
    try {
      return (
        JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")) as { version: string }
      ).version;
    } catch {
      if (dirname(folder) === folder) return "absent";
    }
  }
}
