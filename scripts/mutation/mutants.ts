import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

/** Small faults in src/, one at a time, each of which the unit tests of its directory must notice: docs/mutation.md. */
const help = "Usage: npm run mutants -- [directory of src]...; without one, all but figures and explore";

const directories = readdirSync("src", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !directories.includes(name));
if (unknown !== undefined) {
  console.error(`${unknown}: no such directory of src. ${help}`);
  process.exit(2);
}
const chosen = asked.length > 0 ? asked : directories.filter((name) => name !== "figures" && name !== "explore");
const failed = chosen.filter((directory) => {
  const { status } = spawnSync("npx", ["stryker", "run", "scripts/mutation/stryker.config.mjs"], {
    stdio: "inherit",
    env: { ...process.env, MUTANTS: directory },
  });
  return status !== 0;
});
if (failed.length > 0) console.error(`Below the floor, or not run to the end: ${failed.join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;
