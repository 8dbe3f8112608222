import type { Report } from "../record/report.ts";

/** Files named for each reason. */
const most = 6;

/** Which conclusions of a run were reused, and which were run, and why: a line for each reason. */
export function reuseLines(
  reports: readonly Pick<Report, "reused" | "spec">[],
  becauseOf: (spec: string) => string | undefined,
): string[] {
  const reused = reports.filter((report) => report.reused).length;
  const reasons = new Map<string, string[]>();
  for (const { spec } of reports.filter((report) => !report.reused)) {
    const because = becauseOf(spec.file);
    // Of merged shards nobody knows.
    if (because === undefined) continue;
    reasons.set(because, [...(reasons.get(because) ?? []), spec.file]);
  }
  const lines = [...reasons].map(([because, files]) => {
    const different = [...new Set(files)].map((file) => file.replace(/^hypotheses\//, "").replace(/\.spec\.ts$/, ""));
    const more = different.length > most ? `, and ${different.length - most} files more` : "";
    return `run: ${files.length}, ${because} (${different.slice(0, most).join(", ")}${more})`;
  });
  if (reused === 0) return lines;
  return [
    `reused: ${reused} of ${reports.length}, of which nothing has changed that they are a function of (HYPOTHESES_CACHE=off runs them)`,
    ...lines,
  ];
}
