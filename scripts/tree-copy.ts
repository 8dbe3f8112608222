import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TaskMeta } from "vitest";

export const root = resolve(import.meta.dirname, "..");

/** Copies the working tree, committed or not, without what git ignores, into a new temporary folder. */
export function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "hypotheses-"));
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  for (const file of execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0")) {
    // Git ignores the folder node_modules, but lists a link of that name.
    if (!file || file === "node_modules" || !existsSync(join(root, file))) continue;
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** What Vitest's JSON report says of a spec file, in as much as it is read here. */
export interface SpecReport {
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly title: string;
    readonly failureMessages: readonly string[];
    readonly meta: TaskMeta;
  }[];
}

/**
 * Runs spec files in a copy of the tree, all where none is named, as CI does: nothing is recorded, and another conclusion than
 * the one on record fails. `specs` is null where Vitest left no report; `output` then says why.
 */
export function runHypotheses(
  copy: string,
  files: readonly string[],
  variables: Readonly<Record<string, string>>,
  timeout?: number,
): { exit: number | null; seconds: number; output: string; specs: readonly SpecReport[] | null } {
  const report = join(copy, "reports/report.json");
  rmSync(report, { force: true });
  const start = performance.now();
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project=hypotheses", "--reporter=json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...vitest, `--outputFile.json=${report}`, ...files], {
    cwd: copy,
    encoding: "utf8",
    maxBuffer: 1e8,
    env: { ...process.env, CI: "true", ...variables },
    timeout,
  });
  return {
    exit: status,
    seconds: (performance.now() - start) / 1000,
    output: stderr || stdout,
    specs: existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).testResults : null,
  };
}
