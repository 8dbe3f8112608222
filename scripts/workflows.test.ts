import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), "utf8"),
}));
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const config = readFileSync("vitest.config.ts", "utf8");

/** What the first group matches, everywhere in a text. */
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

test("there are workflows", () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual(["record.yml", "verify.yml"]);
});

describe.each(workflows)("$name is in step with the repository:", ({ text }) => {
  test("the scripts, files and projects that its commands name", () => {
    for (const script of all(text, /npm run ([\w:-]+)/g))
      expect(Object.keys(manifest.scripts)).toContain(script);
    for (const file of all(text, /npx tsx (\S+)/g)) expect(existsSync(file), file).toBe(true);
    const projects = all(text, /--project (\w+)/g);
    expect(projects.length).toBeGreaterThan(0);
    for (const project of projects) expect(config).toContain(`name: "${project}"`);
  });

  test("the paths that name a cache", () => {
    for (const list of all(text, /hashFiles\(([^)]*)\)/g))
      for (const path of all(list, /'([^'*]+?)\/?(?:\*\*)?'/g)) expect(existsSync(path), path).toBe(true);
  });

  test("actions of GitHub's own only, each at a version", () => {
    const actions = all(text, /uses: (\S+)/g);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/);
  });
});

test("shards are numbered from one without a gap: their count is the length of the list", () => {
  const { text } = workflows.find(({ name }) => name === "verify.yml")!;
  const [list] = all(text, /shard: \[([\d, ]+)\]/g);
  const shards = list!.split(",").map(Number);
  expect(shards).toEqual(shards.map((_, i) => i + 1));
  expect(shards.length).toBeGreaterThan(1);
});
