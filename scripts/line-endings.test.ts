import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "line-endings-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** As Git for Windows is set up. */
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "core.autocrlf=true", "-c", "user.name=t", "-c", "user.email=t@t.invalid", ...args], {
    cwd: root,
    stdio: "pipe",
  });

// The atlas hashes its own style, biome checks line ends, and tests compare whole files.
test("a checkout that is asked for CRLF has the line ends that are committed, and pictures have their bytes", () => {
  const files = {
    "style.css": Buffer.from("a {\n  b: c;\n}\n"),
    "notes.md": Buffer.from("one\ntwo\n"),
    "figure.png": Buffer.from("\x89PNG\r\n\x1a\nIHDR\n\r\n", "latin1"),
  };
  git("init", "--quiet");
  copyFileSync(".gitattributes", join(root, ".gitattributes"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(root, name), bytes);
  git("add", "--all");
  git("commit", "--quiet", "--message", "files");
  for (const name of Object.keys(files)) rmSync(join(root, name));
  git("checkout", "--quiet", "--", ".");
  for (const [name, bytes] of Object.entries(files)) expect(readFileSync(join(root, name)), name).toEqual(bytes);
});
