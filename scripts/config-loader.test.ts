import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

// Vite's own way of loading the configuration writes to node_modules; this one closes before a late import of ours would come.
test("the configuration can be loaded by Vite's runner, for a checkout that cannot be written to", {
  timeout: 60_000,
}, () => {
  const { CI: _, VITEST: __, HYPOTHESES_AUTO: ___, ...env } = process.env;
  const args = ["list", "--configLoader", "runner", "--project", "hypotheses", "-t", "^J1 "];
  const { status, stdout, stderr } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", ...args], {
    encoding: "utf8",
    env: { ...env, HYPOTHESES_ENGINE: "auto", NO_COLOR: "1" },
  });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/\.spec\.ts > J1 /);
});
