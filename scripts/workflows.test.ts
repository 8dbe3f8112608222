import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Options, runWorkflow } from "./workflows.ts";

const tiny = `
jobs:
  first:
    runs-on: any
    outputs:
      word: \${{ steps.say.outputs.word }}
    steps:
      - uses: actions/checkout@v0
      - id: say
        run: echo "word=$(cat word.txt)" >> "$GITHUB_OUTPUT"
  parts:
    needs: first
    runs-on: any
    strategy:
      matrix:
        part: [1, 2, 3]
    steps:
      - run: '[ \${{ matrix.part }} != "$BREAK" ]'
        env:
          BREAK: \${{ inputs.break }}
      - run: mkdir out; echo \${{ needs.first.outputs.word }} > out/\${{ matrix.part }}-of-\${{ strategy.job-total }}
      - uses: actions/upload-artifact@v0
        if: \${{ !cancelled() }}
        with:
          name: part-\${{ matrix.part }}
          path: |
            out
            other
            !out/3-of-3
  together:
    needs: [first, parts]
    if: \${{ !cancelled() && needs.first.result == 'success' }}
    runs-on: any
    steps:
      - uses: actions/download-artifact@v0
        with:
          pattern: part-*
          path: all
          merge-multiple: true
      - run: cat all/out/* > "$GITHUB_STEP_SUMMARY"
      - name: Parts were \${{ needs.parts.result }}
        if: needs.parts.result != 'success'
        run: exit 1
  last:
    needs: together
    runs-on: any
    steps:
      - run: "true"
`;

describe.skipIf(process.platform === "win32")("a workflow, run here (not on Windows: it takes a POSIX shell)", () => {
  let root: string;
  let folder: string;
  let lines: string[];
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.invalid", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  const write = (files: { [path: string]: string }) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  const commit = (files: { [path: string]: string }) => {
    write(files);
    git("add", "--all");
    git("commit", "--quiet", "--message", "files");
  };
  const run = (options: Partial<Options> & { workflow?: string } = {}) => {
    const file = join(folder, "workflow.yml");
    writeFileSync(file, options.workflow ?? tiny);
    lines = [];
    const outcomes = runWorkflow({ root, file, folder, log: (line) => lines.push(line), ...options });
    return Object.fromEntries(Object.entries(outcomes).map(([name, { result }]) => [name, result]));
  };
  const steps = (...some: string[]) =>
    `jobs: { only: { runs-on: any, steps: [${some.map((step) => `{ ${step} }`).join(", ")}] } }`;
  const files = (path: string) => (existsSync(join(folder, path)) ? readdirSync(join(folder, path)).sort() : undefined);
  const read = (path: string) => readFileSync(join(folder, path), "utf8").trim();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "workflow-root-"));
    folder = mkdtempSync(join(tmpdir(), "workflow-"));
    git("init", "--quiet", "--initial-branch", "main");
    commit({ "word.txt": "committed" });
  });
  afterEach(() => {
    for (const path of [root, folder]) rmSync(path, { recursive: true });
  });

  test("passes outputs and artifacts on, from what is committed", () => {
    write({ "word.txt": "only written" });
    expect(run()).toEqual({ first: "success", parts: "success", together: "success", last: "success" });
    expect(read("logs/together-2.summary.md")).toBe("committed\ncommitted");
    expect(files("artifacts/part-1/out")).toEqual(["1-of-3"]);
    expect(files("artifacts/part-3/out")).toEqual([]);
    expect(lines).toContain("parts: success");
    expect(lines.filter((line) => line.startsWith("parts-"))).toHaveLength(3);
  });

  test("goes on with the rest of a matrix where one fails, and skips what needs it", () => {
    expect(run({ inputs: { break: "2" } })).toEqual({
      first: "success",
      parts: "failure",
      together: "failure",
      last: "skipped",
    });
    expect(files("artifacts")).toEqual(["part-1", "part-3"]);
    expect(lines.join("\n")).toContain("failure Parts were failure");
    expect(lines.join("\n")).toContain("skipped mkdir out");
  });

  test("runs what is chosen; other jobs are assumed to have ended well, or as is said", () => {
    expect(run({ jobs: ["parts"], only: { part: "2" } })).toEqual({ parts: "success" });
    expect(files("artifacts")).toEqual(["part-2"]);
    expect(run({ jobs: ["together"], assumed: { parts: "cancelled" } })).toEqual({ together: "failure" });
    expect(run({ jobs: ["together"], assumed: { first: "failure" } })).toEqual({ together: "skipped" });
  });

  test("refuses what it cannot do before anything is run", () => {
    const cases = {
      "only: no stand-in for other/action@v1": steps("run: echo", "uses: other/action@v1"),
      'only: no "continue-on-error" of a step here': steps("run: echo, continue-on-error: true"),
      "parts: no such matrix here": tiny.replace("part: [1, 2, 3]", "part: [1]\n        exclude: []"),
    };
    for (const [message, workflow] of Object.entries(cases)) {
      expect(() => run({ workflow })).toThrow(message);
      expect(lines).toEqual([]);
    }
    expect(() => run({ jobs: ["frist"] })).toThrow("there is no job frist");
  });

  test("ends a step at its first failing command, and with pipefail only where bash is asked for", () => {
    const output = () => read("logs/only-1.log");
    expect(run({ workflow: steps('run: "echo one; false; echo two"') })).toEqual({ only: "failure" });
    expect(output()).toBe("one");
    expect(run({ workflow: steps('run: "false | true"') })).toEqual({ only: "success" });
    expect(run({ workflow: steps('run: "false | true", shell: bash') })).toEqual({ only: "failure" });
    expect(run({ workflow: steps("run: echo, shell: pwsh") })).toEqual({ only: "failure" });
  });

  test("keeps a cache of jobs that succeed, and restores the newest whose key begins so", () => {
    const cached = (key: string, command: string) =>
      steps(`uses: actions/cache@v0, with: { path: kept, key: ${key}, restore-keys: old }`, `run: "${command}"`);
    const restored = () => read("logs/only-2.log");
    run({ workflow: cached("old-1", "mkdir kept; echo 1 > kept/one; false") });
    expect(files("cache")).toEqual([]);
    run({ workflow: cached("old-1", "mkdir kept; echo 1 > kept/one") });
    run({ workflow: cached("old-2", "cat kept/one; echo 2 > kept/one") });
    expect(restored()).toBe("1");
    run({ workflow: cached("new", "cat kept/one; echo 3 > kept/one") });
    expect(restored()).toBe("2");
    expect(files("cache")).toEqual(["new", "old-1", "old-2"]);
    for (const _ of [1, 2]) run({ workflow: cached("new", "cat kept/one; echo 4 > kept/one") });
    expect(restored()).toBe("3");
  });

  test("checks out as little history as it is asked for", () => {
    commit({ "word.txt": "again" });
    const workflow = steps("uses: actions/checkout@v0", "run: git rev-list --count HEAD");
    run({ workflow });
    expect(read("logs/only-2.log")).toBe("1");
    run({ workflow: workflow.replace("@v0", "@v0, with: { fetch-depth: 2 }") });
    expect(read("logs/only-2.log")).toBe("2");
  });

  test("lets nothing out: pushes go to a copy, gh only prints", () => {
    const workflow = steps(
      "uses: actions/checkout@v0",
      `run: "git push origin HEAD:refs/heads/pushed-\${{ github.run_attempt }}"`,
      'run: "gh pr create"',
    );
    expect(run({ workflow })).toEqual({ only: "success" });
    expect(read("logs/only-3.log")).toBe("gh pr create");
    expect(git("branch", "--all")).toBe("* main\n");
    expect(run({ workflow, attempt: "2" })).toEqual({ only: "success" });
    expect(git("--git-dir", join(folder, "origin.git"), "branch", "--all")).toMatch(/pushed-1\n\s*pushed-2/);
  });

  describe("verify.yml", () => {
    const verify = readFileSync(".github/workflows/verify.yml", "utf8");
    const code = (event = "pull_request") => {
      const file = join(folder, "workflow.yml");
      writeFileSync(file, verify);
      return runWorkflow({ root, file, folder, log: () => {}, jobs: ["changes"], event }).changes;
    };

    test("knows a pull request that changes documentation alone", () => {
      commit({ "docs/a.md": "a", "README.md": "b", "src/notes.md": "c" });
      expect(code()).toEqual({ result: "success", outputs: { code: "false" } });
    });

    test.each([
      ["code beside documentation", { "docs/a.md": "a", "src/b.ts": "b" }],
      ["what only looks like documentation", { "src/docs/a.ts": "a" }],
      ["names that git quotes", { "src/ä.ts": "a" }],
    ])("runs everything for %s", (_, changed) => {
      commit(changed);
      expect(code()).toEqual({ result: "success", outputs: { code: "true" } });
    });

    test("runs everything for a file that was moved into the documentation, and after a push", () => {
      commit({ "src/a.ts": "a".repeat(100) });
      mkdirSync(join(root, "docs"));
      git("mv", "src/a.ts", "docs/a.md");
      commit({});
      expect(code()?.outputs).toEqual({ code: "true" });
      rmSync(join(folder, "origin.git"), { recursive: true });
      commit({ "docs/b.md": "b" });
      expect(code("push")?.outputs).toEqual({ code: "true" });
    });

    test("does not take a failure to find out for documentation alone", () => {
      expect(code()).toEqual({ result: "failure", outputs: { code: "" } });
      const jobs = ["verdicts", "required"];
      expect(run({ workflow: verify, jobs: ["required"], assumed: { changes: "failure" } })).toEqual({
        required: "failure",
      });
      const file = join(folder, "workflow.yml");
      const after = runWorkflow({
        root,
        file,
        folder,
        log: () => {},
        jobs: ["changes", ...jobs],
        event: "pull_request",
      });
      // It runs, and cannot succeed.
      expect(after.verdicts?.result).toBe("failure");
    });

    test("passes as a whole only if every job did, or documentation alone let some be skipped", () => {
      const skipped = { platforms: "skipped", hypotheses: "skipped", verdicts: "skipped" };
      const required = (assumed: { [job: string]: string }, jobs = ["required"]) =>
        run({ workflow: verify, jobs, assumed, event: "pull_request" }).required;
      expect(required({})).toBe("success");
      for (const job of ["changes", "unit", "platforms", "hypotheses", "verdicts"])
        for (const result of ["failure", "cancelled", "skipped"])
          expect(required({ [job]: result }), `${job}: ${result}`).toBe("failure");
      expect(required(skipped)).toBe("failure");
      commit({ "docs/a.md": "a" });
      rmSync(join(folder, "origin.git"), { recursive: true });
      expect(required(skipped, ["changes", "required"])).toBe("success");
      expect(required({ ...skipped, unit: "failure" }, ["changes", "required"])).toBe("failure");
    });
  });
});
