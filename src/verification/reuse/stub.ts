import { fileURLToPath } from "node:url";
import type { KeptSpec } from "./kept.ts";

const registered = fileURLToPath(new URL("./registered.ts", import.meta.url));

/**
 * A spec file's code, with a call in place of each hypothesis that takes what `directory` keeps of it. It stands in the
 * hypothesis's own line, so that Vitest and its UI point there.
 */
export function stubOf(directory: string, spec: string, { bundle, tests }: KeptSpec, source: string): string {
  const where = [directory, spec, bundle].map((each) => JSON.stringify(each)).join(", ");
  const titles = titlesIn(source);
  // A comment moves lines, and changes nothing else.
  const lineOf = (name: string) => titles.find(({ title }) => title === name)?.line;
  const calls = tests.map(({ name, line }) => ({
    line: lineOf(name) ?? line ?? 1,
    call: `reused(${where}, ${JSON.stringify(name)});`,
  }));
  return inLines("reused", calls);
}

/** A spec file none of whose titles is asked for: it need not be loaded for Vitest to leave them out. */
export function unloadedStub(source: string): string {
  const calls = titlesIn(source).map(({ title, line }) => ({ line, call: `unloaded(${JSON.stringify(title)});` }));
  return inLines("unloaded", calls);
}

/** Titles are written out, so that they can be searched for. */
function titlesIn(source: string): { readonly title: string; readonly line: number }[] {
  const written = /\b(?:hypothesis|exactClaim|openQuestion)\(\s*"((?:[^"\\\n]|\\["\\])+)"/g;
  return [...source.matchAll(written)].map((match) => ({
    title: JSON.parse(`"${match[1]}"`) as string,
    line: source.slice(0, match.index).split("\n").length,
  }));
}

/** Whether a pattern of titles can match any hypothesis of the file; so it may where a title is not written out. */
export function mayMatch(source: string, pattern: RegExp): boolean {
  const titles = titlesIn(source);
  const calls = [...source.matchAll(/\b(?:hypothesis|exactClaim|openQuestion)\s*(?:<[^()]*>)?\(/g)].length;
  return titles.length === 0 || titles.length < calls || titles.some(({ title }) => pattern.test(title));
}

function inLines(name: string, calls: readonly { readonly line: number; readonly call: string }[]): string {
  const lines: string[] = [];
  for (const { line, call } of calls) lines[line - 1] = `${lines[line - 1] ?? ""}${call}`;
  return [...Array.from(lines, (line) => line ?? ""), `import { ${name} } from ${JSON.stringify(registered)};`].join(
    "\n",
  );
}
