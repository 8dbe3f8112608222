import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { runWorkflow } from "./workflows.ts";
import type { Job } from "./workflows-steps.ts";

const text = readFileSync(".github/workflows/record.yml", "utf8");
const { record } = (parse(text) as { jobs: { record: Job } }).jobs;

describe.skipIf(process.platform === "win32")("record.yml (not on Windows: it takes a POSIX shell)", () => {
  let root: string;
  let folder: string;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.invalid", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "record-root-"));
    folder = mkdtempSync(join(tmpdir(), "record-"));
    git("init", "--quiet", "--initial-branch", "main");
    mkdirSync(join(root, "snapshots"));
    writeFileSync(join(root, "snapshots/conclusions.json"), "{}");
    git("add", "--all");
    git("commit", "--quiet", "--message", "files");
  });
  afterEach(() => {
    for (const path of [root, folder]) rmSync(path, { recursive: true });
  });

  /** Its first and its last step; what lies between concludes something else in every attempt. */
  function attempt(number: string): string {
    const { steps } = record;
    const conclude = { run: 'echo "$GITHUB_RUN_ATTEMPT" > snapshots/conclusions.json' };
    const job = { ...record, steps: [steps[0], conclude, steps.at(-1)] };
    const file = join(folder, "record.yml");
    writeFileSync(file, stringify({ jobs: { record: job } }));
    return runWorkflow({ root, file, folder, log: () => {}, attempt: number }).record!.result;
  }

  test("opens another pull request when it is run again: the branch of a refused one is still there", () => {
    expect(attempt("1")).toBe("success");
    expect(attempt("2")).toBe("success");
    const branches = git("--git-dir", join(folder, "origin.git"), "branch", "--format", "%(refname:short)");
    expect(branches.split("\n").filter((name) => name.startsWith("record/"))).toHaveLength(2);
  });

  test("says which setting it needs, and that its pull request starts no checks", () => {
    expect(text).toContain("Allow GitHub Actions to create and approve pull requests");
    expect(text).toContain("starts no checks");
  });
});
