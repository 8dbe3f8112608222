import { fold, type Terminal } from "../../util/terminal.ts";
import type { Change } from "../record/compare.ts";

/** Changes as one sentence for each condition, for where lines do not stay apart. */
export function changeSentences(changes: readonly Change[]): string[] {
  const conditions = new Map<string, string[]>();
  for (const { path, before, after } of changes) {
    const [condition, ...value] = path as [string, ...string[]];
    const words = [value.join(" · "), arrow({ before, after })].filter(Boolean).join(" ");
    conditions.set(condition, [...(conditions.get(condition) ?? []), words]);
  }
  return [...conditions].map(([condition, words]) => `${condition}: ${words.join("; ")}`);
}

/** Changes as lines: before and after beside each other in two columns; one under the other where they are long. */
export function changeLines(changes: readonly Change[], columns: Terminal["columns"]): string[] {
  const labels = changes.map(({ path }) => path.join(" · "));
  const width = Math.min(Math.max(0, ...labels.map((label) => label.length)), Math.floor(columns / 2));
  return changes.flatMap(({ before, after }, i) => {
    const label = labels[i]!;
    const line = `${label.padEnd(width)}  ${arrow({ before, after })}`;
    if (line.length <= columns) return [line];
    return [
      ...fold(label, columns),
      ...side("  - ", before ?? "absent", columns),
      ...side("  + ", after ?? "absent", columns),
    ];
  });
}

/** "holds → refuted" */
export function arrow({ before, after }: Pick<Change, "before" | "after">): string {
  return `${before ?? "absent"} → ${after ?? "absent"}`;
}

const side = (mark: string, text: string, columns: number) =>
  fold(text, columns - mark.length).map((line) => mark + line);
