import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DemoSuite } from "./testing/demo-suite.ts";

let suite: DemoSuite;
beforeEach(() => {
  suite = new DemoSuite();
});
afterEach(() => {
  setWritable(true);
  suite.remove();
});

/** Nobody, where tests run as root, whom no permissions bind; else whoever runs them. */
const nobody = 65_534;
const user = process.getuid?.() === 0 ? nobody : undefined;

/** Whether that user may look into this checkout at all. */
const canRead = () => {
  const looks = spawnSync(process.execPath, ["-e", "require('node:fs').readdirSync('src')"], {
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  return looks.status === 0;
};

function setWritable(writable: boolean): void {
  const names = readdirSync(suite.root, { recursive: true }) as string[];
  for (const path of [suite.root, ...names.map((name) => suite.path(name))]) {
    const read = statSync(path).isDirectory() ? 0o555 : 0o444;
    chmodSync(path, writable ? read | 0o200 : read);
  }
}

const lines = (output: string) => output.match(/.*could not be written.*/g);

describe("a checkout that cannot be written to", { timeout: 120_000 }, () => {
  // Vite's own loader of the configuration writes to node_modules; the engine's choice must not come too late for this one.
  test.runIf(process.platform !== "win32" && canRead())("gives a user without a home the table and one line", () => {
    // Of the question there is no figure: its conclusion could be kept.
    const DEMO = "questions";
    expect(suite.vitest([], { DEMO }).status).toBe(0);
    const before = readFileSync(suite.recordFile, "utf8");
    setWritable(false);
    // What only a page that can be written needs is not asked for.
    const variables = { DEMO, HOME: "", DEMO_KEPT: suite.path("kept"), DEMO_RUNNING: "no bundle" };
    const args = ["--configLoader", "runner"];
    const { status, output } = suite.vitest(args, variables, suite.root, user);
    expect(output).toContain("3 hypotheses: 2 holds, 1 measured");
    expect(lines(output)).toEqual([
      expect.stringMatching(
        /^conclusions to reuse, figures, the atlas and the page of image differences could not be written: EACCES: /,
      ),
    ]);
    expect(output).not.toContain("no bundle");
    expect(output).not.toMatch(/\n\s+(at|❯) .*:\d+:\d+/);
    expect(status).toBe(1);
    expect(readFileSync(suite.recordFile, "utf8")).toBe(before);
  });

  test("and one with a file where the reports are to be: the same", () => {
    expect(suite.vitest([]).status).toBe(0);
    rmSync(suite.path("reports"), { recursive: true });
    writeFileSync(suite.path("reports"), "");
    const { status, output } = suite.vitest([]);
    expect(output).toContain("2 hypotheses: 2 holds");
    expect(lines(output)).toEqual([
      expect.stringMatching(
        /^figures and the page of image differences could not be written: .*; the atlas could not be /,
      ),
    ]);
    expect(status).toBe(1);
  });
});
