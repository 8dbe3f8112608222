import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Job } from "./workflows-steps.ts";

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  return { name, text, jobs: (parse(text) as { jobs: { [name: string]: Job } }).jobs };
});
const verify = workflows.find(({ name }) => name === "verify.yml")!;
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const config = readFileSync("vitest.config.ts", "utf8");

/** What the first group matches, everywhere in a text. */
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

test("there are workflows", () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual(["record.yml", "scheduled.yml", "verify.yml"]);
});

describe.each(workflows)("$name is in step with the repository:", ({ text }) => {
  test("the scripts, files and projects that its commands name", () => {
    for (const script of all(text, /npm run ([\w:-]+)/g)) expect(Object.keys(manifest.scripts)).toContain(script);
    for (const file of all(text, /npx tsx (\S+)/g)) expect(existsSync(file), file).toBe(true);
    const projects = all(text, /--project (\w+)/g);
    expect(projects.length).toBeGreaterThan(0);
    for (const project of projects) expect(config).toContain(`name: "${project}"`);
  });

  test("the paths that name a cache", () => {
    for (const list of all(text, /hashFiles\(([^)]*)\)/g))
      for (const path of all(list, /'([^'*]+?)\/?(?:\*\*)?'/g)) expect(existsSync(path), path).toBe(true);
  });

  test("actions of GitHub's own only, each at a commit whose version is said beside it", () => {
    const actions = all(text, /uses: (.+)/g);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

test("an action is the same everywhere", () => {
  const actions = new Set(workflows.flatMap(({ text }) => all(text, /uses: (.+)/g)));
  expect(new Set([...actions].map((action) => action.replace(/@.*/, ""))).size).toBe(actions.size);
});

test("shards are numbered from one without a gap: their count is the length of the list", () => {
  const { shard } = verify.jobs.hypotheses!.strategy!.matrix;
  expect(shard).toEqual(shard!.map((_, i) => i + 1));
  expect(shard!.length).toBeGreaterThan(1);
});

test("the one check to require needs every other job", () => {
  const { required, ...others } = verify.jobs;
  expect(required!.needs).toEqual(Object.keys(others));
});

test("no block of seeds on record is as large as the weeks are apart", () => {
  const { text } = workflows.find(({ name }) => name === "scheduled.yml")!;
  const apart = Number(all(text, /604800 \* (\d+)/g)[0]);
  const ends = all(readFileSync("snapshots/conclusions.json", "utf8"), /seeds \d+–(\d+)/g).map(Number);
  expect(ends.length).toBeGreaterThan(100);
  expect(Math.max(...ends)).toBeLessThan(apart);
});

test("pnpm installs no optional peer, whose own install script downloads TensorFlow", () => {
  expect(parse(readFileSync("pnpm-workspace.yaml", "utf8"))).toMatchObject({ autoInstallPeers: false });
});
