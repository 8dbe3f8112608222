import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { BroadcastChannel } from "node:worker_threads";
import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";
import { writeAtomically } from "../train/atomic-write.ts";
import { figureFile } from "./picture.ts";
import { byId, type ConclusionRecord, paths, readRecord, serialise } from "./record.ts";
import { idOf, progressChannel, type Report } from "./report.ts";
import { countVerdicts, verdictTable } from "./table.ts";

/**
 * Ends a run with the verdict table, and writes the record: conclusions and figures together, at the very end, so that
 * a run killed before that has touched nothing.
 */
export class HypothesisReporter implements Reporter {
  private vitest!: Vitest;
  private channel: BroadcastChannel | undefined;
  private lastProgress = 0;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(): void {
    if (!process.stdout.isTTY || process.env.CI) return;
    this.channel = new BroadcastChannel(progressChannel);
    this.channel.onmessage = (message) => {
      const now = Date.now();
      if (now - this.lastProgress < 5000) return;
      this.lastProgress = now;
      this.vitest.logger.log(`  ${String((message as { data: unknown }).data)}`);
    };
    this.channel.unref();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    this.channel?.close();
    const mine = modules.filter((m) => m.project.name === "hypotheses");
    if (mine.length === 0) return;
    const cases = mine.flatMap((m) => [...m.children.allTests()]);
    const duplicates = duplicateIds(cases);
    for (const words of duplicates) this.problem(words);
    const reports = cases.flatMap((c) => c.meta().hypothesis ?? []);
    const record = readRecord();
    const unowned = this.isFullRun(mine, cases)
      ? unownedBy(
          cases.map((c) => idOf(c.name)),
          record,
        )
      : [];
    if (duplicates.length === 0) write(reports, record, unowned);
    this.print(reports, cases, unowned);
  }

  /** Every spec file collected and no test left out: only then is "nobody owns this" known. */
  private isFullRun(modules: readonly TestModule[], cases: readonly TestCase[]): boolean {
    const { testNamePattern, shard } = this.vitest.config;
    const files = specFiles(this.vitest.config.root);
    const ran = new Set(modules.map((m) => relative(this.vitest.config.root, m.moduleId)));
    return (
      !testNamePattern &&
      !shard &&
      files.every((file) => ran.has(file)) &&
      modules.every((m) => m.errors().length === 0) &&
      cases.every((c) => c.result().state !== "skipped" && c.result().state !== "pending")
    );
  }

  private problem(words: string): void {
    this.vitest.logger.error(words);
    process.exitCode = 1;
  }

  private print(reports: readonly Report[], cases: readonly TestCase[], unowned: readonly string[]): void {
    if (reports.length === 0) return;
    const terminal = {
      columns: process.stdout.columns || 120,
      colours: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
    };
    const lines = verdictTable(reports, terminal);
    lines.push("", `  ${countVerdicts(reports)}`);
    const failed = cases.filter((c) => c.result().state === "failed").map((c) => idOf(c.name));
    if (failed.length > 0) lines.push(`  failed: ${failed.sort(byId).join(", ")}`);
    for (const outcome of ["changed", "moved", "missing"] as const) {
      const those = reports.filter((r) => r.comparison.outcome === outcome);
      if (those.length === 0) continue;
      lines.push(
        "",
        `  ${headings[outcome](
          those.some((r) => r.mode === "all"),
          those[0]!.mode,
        )}`,
      );
      for (const { id, comparison } of those)
        lines.push(`    ${id}: ${comparison.differences[0]}${more(comparison.differences.length)}`);
    }
    if (unowned.length > 0) {
      const removed = reports.some((r) => r.mode === "all");
      lines.push(
        "",
        `  no hypothesis owns these${removed ? "; removed" : " (-u removes them)"}: ${unowned.join(", ")}`,
      );
    }
    lines.push("", `  ${provenance(reports)}`, "  figures of this run: reports/figures", "");
    this.vitest.logger.log(lines.join("\n"));
  }
}

const headings = {
  changed: (accepted: boolean) =>
    accepted
      ? "changed conclusions, accepted:"
      : "changed conclusions (accept with -u, one alone with -t ID -u):",
  moved: (accepted: boolean) =>
    accepted ? "moved evidence, recorded:" : "moved evidence, same verdict (record it with -u):",
  missing: (_: boolean, mode: Report["mode"]) => (mode === "none" ? "not on record:" : "newly on record:"),
};

const more = (count: number) => (count > 1 ? ` (and ${count - 1} more)` : "");

function specFiles(root: string): string[] {
  return (readdirSync(join(root, "hypotheses"), { recursive: true }) as string[])
    .filter((file) => file.endsWith(".spec.ts"))
    .map((file) => join("hypotheses", file));
}

function duplicateIds(cases: readonly TestCase[]): string[] {
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
function unownedBy(ids: readonly string[], record: ConclusionRecord): string[] {
  const owned = new Set(ids);
  const figures = existsSync(paths.figures)
    ? readdirSync(paths.figures).filter((file) => {
        const id = file.replace(/\.png$/, "");
        return !owned.has(id) || (record[id] !== undefined && !record[id].figure);
      })
    : [];
  const entries = Object.keys(record).filter((id) => !owned.has(id));
  return [...entries.sort(byId), ...figures.sort(byId).map((file) => `figures/${file}`)];
}

/** Missing conclusions are recorded outside CI; everything that ran is under -u. Others stay as they are, byte for byte. */
function write(reports: readonly Report[], record: ConclusionRecord, unowned: readonly string[]): void {
  const next: { [id: string]: ConclusionRecord[string] } = { ...record };
  for (const { id, conclusion, comparison, picture, mode } of reports) {
    const fresh = mode === "all" || (mode === "new" && comparison.outcome === "missing");
    if (fresh) next[id] = conclusion;
    const draw = fresh ? picture.state !== "same" : mode === "new" && picture.state === "missing";
    if (draw && picture.actual) {
      mkdirSync(paths.figures, { recursive: true });
      writeAtomically(figureFile(id), readFileSync(picture.actual));
    }
    if (fresh && picture.state === "none") rmSync(figureFile(id), { force: true });
  }
  if (reports.some((r) => r.mode === "all"))
    for (const name of unowned) {
      if (name.startsWith("figures/")) rmSync(join(paths.figures, "..", name), { force: true });
      else delete next[name];
    }
  const text = serialise(next);
  const old = existsSync(paths.record) ? readFileSync(paths.record, "utf8") : "";
  if (text !== old && Object.keys(next).length > 0) writeAtomically(paths.record, text);
}

function provenance(reports: readonly Report[]): string {
  const engines = [...new Set(reports.flatMap((r) => r.engine ?? []))].join(", ") || "none";
  const sum = (field: "trained" | "cached" | "corrupted") => reports.reduce((n, r) => n + r.blocks[field], 0);
  const seconds = reports.reduce((total, r) => total + r.secondsTraining, 0);
  const corrupted =
    sum("corrupted") > 0 ? `, ${sum("corrupted")} corrupted in the cache and trained again` : "";
  return `engine ${engines}: ${sum("trained")} blocks of seeds trained in ${seconds.toFixed(1)} s, ${sum("cached")} read from the cache${corrupted}`;
}
