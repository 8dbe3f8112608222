import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DemoSuite } from "./testing/demo-suite.ts";

/** A disk that is full for every file whose path has FULL in it; loaded into the run and its threads before anything else. */
const full = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const refuse = (path) => {
  if (typeof path === "string" && path.includes(process.env.FULL))
    throw Object.assign(new Error("ENOSPC: no space left on device, open '" + path + "'"), { code: "ENOSPC" });
};
for (const name of ["writeFileSync", "mkdirSync", "copyFileSync", "appendFileSync"]) {
  const whole = fs[name];
  fs[name] = (path, ...rest) => {
    refuse(name === "copyFileSync" ? rest[0] : path);
    return whole(path, ...rest);
  };
}
const { writeFile, mkdir, copyFile } = fs.promises;
fs.promises.writeFile = async (path, ...rest) => (refuse(path), writeFile(path, ...rest));
fs.promises.copyFile = async (from, to, ...rest) => (refuse(to), copyFile(from, to, ...rest));
fs.promises.mkdir = async (path, ...rest) => (refuse(path), mkdir(path, ...rest));
const later = fs.mkdir;
fs.mkdir = (path, ...rest) => {
  try {
    refuse(path);
  } catch (error) {
    return rest.at(-1)(error);
  }
  return later(path, ...rest);
};
syncBuiltinESMExports();
`;

let suite: DemoSuite;
beforeEach(() => {
  suite = new DemoSuite();
  writeFileSync(suite.path("full.mjs"), full);
});
afterEach(() => suite.remove());

const onRecord = () => [
  readFileSync(suite.recordFile, "utf8"),
  ...suite.figures.flatMap((file) => [file, readFileSync(suite.path("snapshots/figures", file), "base64")]),
];

describe("a disk that is full", { timeout: 120_000 }, () => {
  test.each([
    { file: "figures/.A1.png.new", line: "the record could not be written: ENOSPC", recorded: false },
    { file: ".conclusions.json.new", line: "the record could not be written: ENOSPC", recorded: false },
    { file: ".conclusions.json.pending", line: "the record could not be written: ENOSPC", recorded: false },
    { file: "snapshots.lock", line: "the record could not be written: no lock can be made: ENOSPC", recorded: false },
    { file: "reports/figures/A1", line: "figures and the record could not be written: ENOSPC", recorded: false },
    { file: "reports/figures/differences", line: "2 hypotheses: 1 holds, 1 refuted", recorded: true },
    { file: "reports/.index.html", line: "the atlas could not be written: ENOSPC", recorded: true },
    { file: ".vitest-attachments", line: "attachments could not be written: ENOSPC", recorded: true },
    { file: "results.json", line: "2 hypotheses: 1 holds, 1 refuted", recorded: true },
  ])("at $file: the table, a line, and the record whole", ({ file, line, recorded }) => {
    expect(suite.vitest(["-u"]).status).toBe(0);
    const old = onRecord();
    mkdirSync(suite.path("reports"), { recursive: true });
    const NODE_OPTIONS = `--import ${suite.path("full.mjs")}`;
    const { status, output } = suite.vitest(["-u"], { DEMO: "flip", FULL: file, NODE_OPTIONS });
    expect(output).toContain("2 hypotheses: 1 holds, 1 refuted");
    expect(output).toContain(line);
    expect(output).not.toMatch(/\n\s+(at|❯) .*:\d+:\d+/);
    if (!recorded) {
      expect(status).toBe(1);
      expect(onRecord()).toEqual(old);
    } else expect(suite.record.A1.verdict).toBe("refuted");
    // With room again the next run puts it on record.
    rmSync(suite.path("reports"), { recursive: true, force: true });
    expect(suite.vitest(["-u"], { DEMO: "flip" }).status).toBe(0);
    expect(suite.record.A1.verdict).toBe("refuted");
    expect(suite.figures).toEqual(["A1.png", "M2.png"]);
  });

  test("at all that a run leaves besides the record: one line", () => {
    const NODE_OPTIONS = `--import ${suite.path("full.mjs")}`;
    const { status, output } = suite.vitest(["-u"], { FULL: "/reports", NODE_OPTIONS });
    expect(status).toBe(1);
    expect(output.match(/.*ENOSPC.*/g)).toEqual([
      expect.stringMatching(
        /^figures, the atlas, the record and the page of image differences could not be written: ENOSPC: .*reports/,
      ),
    ]);
  });

  test.each([[], ["--shard=1/1"]])("at what Vitest's own reporter writes, with %j: the same", (...shard) => {
    const NODE_OPTIONS = `--import ${suite.path("full.mjs")}`;
    const asked = ["-u", "--reporter=blob", ...shard];
    const { status, output } = suite.vitest(asked, { FULL: ".vitest-reports", NODE_OPTIONS });
    expect(status).toBe(1);
    expect(output).toContain("2 hypotheses: 2 holds");
    expect(output.match(/.*ENOSPC.*/g)).toEqual([
      expect.stringMatching(/^the report of BlobReporter could not be written: ENOSPC: .*vitest-reports/),
    ]);
    expect(output).not.toContain("Unhandled Error");
    if (shard.length === 0) expect(Object.keys(suite.record)).toEqual(["A1", "M2"]);
  });

  test.runIf(existsSync("/dev/full"))("at a device that is full: the same", () => {
    const { status, output } = suite.vitest(["--reporter=blob", "--outputFile=/dev/full"]);
    expect(status).toBe(1);
    expect(output).toContain("2 hypotheses: 2 holds");
    expect(output.match(/.*ENOSPC.*/g)).toEqual([
      "the report of BlobReporter could not be written: ENOSPC: no space left on device, write",
    ]);
    expect(Object.keys(suite.record)).toEqual(["A1", "M2"]);
  });

  test("at the page of image differences: a line, and the gate says why it fails", () => {
    expect(suite.vitest(["-u"]).status).toBe(0);
    const NODE_OPTIONS = `--import ${suite.path("full.mjs")}`;
    const { status, output } = suite.vitest([], { DEMO: "paint", FULL: "reports/image-differences", NODE_OPTIONS });
    expect(status).toBe(1);
    expect(output).toContain("A1 draws another figure from the same evidence");
    expect(output).toContain("the page of image differences could not be written: ENOSPC");
    expect(output).not.toContain("Unhandled Error");
  });
});
