import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import type { TestCase, TestModule, Vitest } from "vitest/node";
import { idOf } from "../claim/id.ts";
import type { Places } from "../record/places.ts";
import { byId, type ConclusionRecord } from "../record/record.ts";

/** Every spec file collected and no test left out: only then is "nobody owns this" known. */
export function isFullRun({ config }: Vitest, modules: readonly TestModule[], cases: readonly TestCase[]): boolean {
  const ran = new Set(modules.map((m) => m.relativeModuleId));
  return (
    !config.testNamePattern &&
    !config.shard &&
    specFiles(config.root).every((file) => ran.has(file)) &&
    modules.every((m) => m.errors().length === 0) &&
    cases.every((c) => c.result().state !== "skipped" && c.result().state !== "pending")
  );
}

/** Every spec file of the suite, from its root. */
export function specFiles(root: string): string[] {
  return (readdirSync(join(root, "hypotheses"), { recursive: true }) as string[])
    .filter((file) => file.endsWith(".spec.ts"))
    .map((file) => `hypotheses/${file.split(sep).join("/")}`);
}

/** One line for each id that two files use. Within a file the second one fails by itself. */
export function duplicateIds(cases: readonly TestCase[]): string[] {
  const owners = new Map<string, string>();
  const problems: string[] = [];
  for (const test of cases) {
    const id = idOf(test.name);
    const here = test.module.relativeModuleId;
    const other = owners.get(id);
    if (other !== undefined && other !== here)
      problems.push(`duplicate id "${id}": in ${other} and in ${here}; nothing was recorded`);
    owners.set(id, here);
  }
  return problems;
}

/** Entries and figures on record whose id no collected hypothesis has. */
export function unownedBy(
  ids: readonly string[],
  record: ConclusionRecord,
  { figures }: Pick<Places, "figures">,
): string[] {
  const owned = new Set(ids);
  const files = existsSync(figures)
    ? readdirSync(figures).filter((file) => {
        const id = file.replace(/\.png$/, "");
        return !owned.has(id) || (record[id] !== undefined && !record[id].figure);
      })
    : [];
  const entries = Object.keys(record).filter((id) => !owned.has(id));
  return [...entries.sort(byId), ...files.sort(byId).map((file) => `figures/${file}`)];
}
