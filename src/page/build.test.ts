import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pageScripts } from "./build.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "suite-"));
  mkdirSync(join(root, "hypotheses"));
});
afterEach(() => rmSync(root, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(join(root, "hypotheses", name), text);

test("nothing that only Node has is in the scripts of a spec file, and none is asked for", async () => {
  const suite = JSON.stringify(resolve(import.meta.dirname, "../suite/hypothesis.ts"));
  write("a.spec.ts", `import { exactClaim } from ${suite}; exactClaim("mine-1 a title", {} as never);`);
  const { page, worker } = await pageScripts(root);
  expect(worker).toContain("mine-1 a title");
  for (const script of [page, worker])
    expect(script).not.toMatch(/require\(|import\s*\(|node:|a browser does not have/);
});

test("a spec file that needs what a browser has not says so, and leaves the others alone", async () => {
  write("a.spec.ts", 'import { readFileSync } from "node:fs"; export const text = readFileSync("a", "utf8");');
  write("b.spec.ts", 'import { gone } from "not-installed"; export const text = gone();');
  const { worker } = await pageScripts(root);
  expect(worker).toContain("it needs node:fs, which a browser does not have");
  expect(worker).toContain("it needs not-installed, which a browser does not have");
});
