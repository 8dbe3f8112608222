import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge, weigh } from "../src/verification/claim/verdict.ts";
import { fewest } from "../src/verification/conclude/looks.ts";

/** The tutorial's code, run as a reader would run it: in a suite of its own, with a record of its own. */
const page = readFileSync("docs/adding-a-hypothesis.md", "utf8");
const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1]!);
/** The worked example, and the further examples in the order of the page. */
const [worked = "", ...further] = blocks;
const idOf = (block: string) => /^(?:hypothesis|exactClaim|openQuestion)\("(\S+)/m.exec(block)?.[1];

const repository = resolve(".");
const bin = (path: string) => join(repository, "node_modules", path);
let root: string;
const fileOf = (block: string) => join(root, "hypotheses", `${idOf(block)}.spec.ts`);

beforeAll(() => {
  mkdirSync(".cache", { recursive: true });
  root = mkdtempSync(resolve(".cache/demo-"));
  mkdirSync(join(root, "hypotheses"));
  // What a spec imports as "../src/index.ts".
  symlinkSync(join(repository, "src"), join(root, "src"), "dir");
  for (const block of blocks) writeFileSync(fileOf(block), block);
  writeFileSync(
    join(root, "vitest.config.ts"),
    `import { hypotheses } from "${repository}/src/verification/plugin.ts";
export default {
  test: { projects: [{ plugins: [hypotheses()], test: { name: "hypotheses", include: ["hypotheses/*.spec.ts"], pool: "threads", isolate: false } }] },
};`,
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(program: string, args: string[], variables: { [name: string]: string } = {}) {
  const { CI: _, VITEST: __, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin(program), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...inherited, HYPOTHESES_ENGINE: "wasm", HYPOTHESES_CACHE: "off", NO_COLOR: "1", ...variables },
  });
  return { status, output: stdout + stderr };
}
const vitest = (args: string[], variables?: { [name: string]: string }) =>
  run("vitest/vitest.mjs", ["run", ...args], variables);
const record = () => JSON.parse(readFileSync(join(root, "snapshots/conclusions.json"), "utf8"));

test("all that can be imported is on the page", () => {
  const index = ts.createSourceFile("", readFileSync("src/index.ts", "utf8"), ts.ScriptTarget.Latest);
  const names = index.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause: clause }) => {
    if (!clause) throw new Error("an export without names");
    return ts.isNamespaceExport(clause) ? [clause.name.text] : clause.elements.map(({ name }) => name.text);
  });
  expect(names.length).toBeGreaterThan(20);
  const table = page.slice(page.indexOf("## What can be imported")).split("\n## ")[0]!;
  expect([...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => cell!.match(/\w+/g)).sort()).toEqual(
    names.sort(),
  );
});

test("the worked example has fewer than fifteen lines and is formatted", () => {
  expect(idOf(worked)).toBe("X1");
  expect(worked.trimEnd().split("\n").length).toBeLessThan(15);
  for (const block of blocks) {
    const { stdout } = spawnSync(bin(".bin/biome"), ["format", "--stdin-file-path=hypotheses/x.spec.ts"], {
      encoding: "utf8",
      input: block,
    });
    expect(stdout).toBe(block);
  }
});

test("every example type-checks", { timeout: 120_000 }, () => {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, repository);
  const files = blocks.map(fileOf);
  const slip = join(root, "slip.ts");
  writeFileSync(slip, worked.replace("run.loss", "run.los").replaceAll("../src", "./src"));
  const program = ts.createProgram([...files, slip], options);
  // Of the examples alone: the rest of the repository is checked elsewhere.
  const found = (file: string) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file)!)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(files.flatMap(found)).toEqual([]);
  // Not a list of overloads that do not match.
  expect(found(slip)).toEqual(["Property 'los' does not exist on type 'Run'. Did you mean 'loss'?"]);
});

describe("the worked example, followed step by step", { timeout: 120_000 }, () => {
  test("is recorded with the verdict and the table that the page shows", () => {
    const { status, output } = vitest(["hypotheses/X1.spec.ts"]);
    expect(status).toBe(0);
    const shown = [...page.matchAll(/^```text\n(My own\n.*?)^```$/gms)].map((match) => match[1]!);
    expect(shown.length).toBe(1);
    for (const line of shown[0]!.split("\n").filter(Boolean)) expect(output).toContain(line);
    expect(Object.keys(record())).toEqual(["X1"]);
    expect(record().X1.verdict).toBe("holds");
    expect(record().X1.evidence.control).toMatchObject({ name: "no nonlinearity", verdict: "refuted" });
    expect(existsSync(join(root, "snapshots/figures/X1.png"))).toBe(true);
  });

  test("passes in CI from then on", () => {
    const before = readFileSync(join(root, "snapshots/conclusions.json"), "utf8");
    const { status, output } = vitest(["hypotheses/X1.spec.ts"], { CI: "true" });
    expect(output).toContain("X1: With ReLU");
    expect(output).not.toMatch(/\[new\]|moved evidence|changed/);
    expect(status).toBe(0);
    expect(readFileSync(join(root, "snapshots/conclusions.json"), "utf8")).toBe(before);
  });

  test("turns inconclusive, and too small, as the page says; the further examples are recorded", () => {
    const always = worked.replaceAll("most:", "nearlyAll:");
    writeFileSync(fileOf(worked), always);
    const few = always.replace("X1", "X9").replace("1256", "1100");
    writeFileSync(fileOf(few), few);
    const { output } = vitest([]);
    const [, met, low, high] = /(\d+ of \d+) meet the criterion, and 0\.95 lies within (0\.\d+)–(0\.\d+)/.exec(page)!;
    expect(output).toContain("on record, holds: in most seeds: a loss below 1e-6.");
    expect(output).toContain(
      `now, inconclusive: in at least 95 % of seeds: a loss below 1e-6. ${met} seeds (${low}–${high})`,
    );
    expect(output).toContain(/^too few seeds.*$/m.exec(page)![0]);
    const verdicts = further.map((block) => [idOf(block), block.includes("question:") ? "measured" : "holds"]);
    expect(verdicts.length).toBe(4);
    expect(Object.keys(record())).toEqual(["X1", ...verdicts.map(([id]) => id)]);
    for (const [id, verdict] of verdicts) expect([id, record()[id!].verdict]).toEqual([id, verdict]);
  });
});

test("the numbers of seeds are those that the criteria need", () => {
  const rows = [...page.matchAll(/^\| `\w+` \(([\d.]+)\) +\| +(\d+) \| +(\d+) \| +(\d+) \|$/gm)];
  expect(rows.length).toBe(3);
  for (const row of rows) {
    const [t, agree, five, refute] = row.slice(1).map(Number) as [number, number, number, number];
    expect({ holds: agree, refuted: refute }).toEqual(fewest(t, 1e-4));
    const without = (of: number) => judge(weigh({ satisfied: of - 5, undecided: 0, of }, t), 1e-4);
    expect([without(five - 1), without(five)]).toEqual(["inconclusive", "holds"]);
  }
});
