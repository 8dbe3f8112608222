import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { sha256 } from "../../util/canonical.ts";
import { packagesOf } from "./packages.ts";

/** What the conclusions of a spec file are a function of. */
export interface Bundle {
  /** Of the code that is left when what is unused, names and comments are taken away, and of the packages that it needs. */
  readonly hash: string;
  /**
   * SHA-256 of each file that was read for it, as it was read, package.json of packages included: only a change of one of these
   * can change the hash.
   */
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
      .flatMap((id) => packagesOf(id, root));
    for (const { file, text } of packages) inputs.set(file, sha256(text));
    const versions = new Set(packages.map(({ name, version }) => `${name} ${version}`));
    return { hash: sha256(code, ...[...versions].sort()), inputs };
  } finally {
    await build.close();
  }
}
