import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../src/util/check.ts";
import all from "./breaks.json" with { type: "json" };

/** One mistake in the mathematics of the code, and the spec files whose hypotheses must notice it. */
export interface Break {
  /** Category first. */
  readonly name: string;
  /** What it breaks, in words. */
  readonly change: string;
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly search: string;
  readonly replacement: string;
  /** Under hypotheses/, without ".spec.ts". */
  readonly specs: readonly string[];
}

/** Those of breaks.json. Throws where one of them has fallen behind the code under `root`. */
export function breaksOf(root: string, breaks: readonly Break[] = all): readonly Break[] {
  const names = new Set<string>();
  for (const each of breaks) {
    const { name, search, replacement, specs } = each;
    if (names.has(name)) fail("name of a break", name, "one that no other break has");
    names.add(name);
    broken(root, each);
    if (replacement === search) fail(`replacement of ${name}`, replacement, "another text than it replaces");
    if (specs.length === 0) fail(`specs of ${name}`, specs, "at least one");
    const absent = specs.find((spec) => !existsSync(join(root, specFile(spec))));
    if (absent !== undefined) fail(`spec of ${name}`, absent, "a file of hypotheses/, without .spec.ts");
  }
  return breaks;
}

/** The file under `root` with the mistake in it. Throws where what it replaces is not there exactly once. */
export function broken(root: string, { name, file, search, replacement }: Break): string {
  const path = join(root, file);
  if (!existsSync(path)) fail(`file of ${name}`, file, "one that exists");
  const parts = readFileSync(path, "utf8").split(search);
  if (parts.length !== 2)
    fail(`search of ${name}`, search, `a text found once, not ${parts.length - 1} times, in ${file}`);
  return parts.join(replacement);
}

export const specFile = (spec: string) => `hypotheses/${spec}.spec.ts`;
