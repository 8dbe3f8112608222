import type { Absent } from "./contestants.ts";

/** A Markdown table; columns but the first `left` are set to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], left = 0): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i < left ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** What to add to a section about those who do not run here; nothing if all do. */
export function absences(absent: readonly Absent[]): string {
  const lines = absent.map(({ name, reason }) => `- ${name}: ${reason}.`);
  return lines.length > 0 ? ["\n\nNot here:\n", ...lines].join("\n") : "";
}

/** Three significant digits, with thousands set apart; what is not above 0 was lost in noise. */
export function digits(x: number | undefined): string {
  if (x === undefined) return "";
  return x > 0 ? x.toLocaleString("en", { maximumSignificantDigits: 3 }) : "noise";
}
