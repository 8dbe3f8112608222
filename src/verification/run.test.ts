import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Whole runs of Vitest on a small suite of its own, whose hypotheses the variable DEMO varies. */
const spec = (source: string) => `
import { createCanvas } from "canvas";
import { autoencoder } from "${source}/models/autoencoder";
import { recipe } from "${source}/train/recipe";
import { range } from "${source}/train/seeds";
import { always } from "${source}/verification/criterion";
import { hypothesis } from "${source}/verification/hypothesis";

const demo = process.env.DEMO ?? "";
const condition = (features, count = 256) => ({
  model: autoencoder({ features, hidden: 2, nonlinearity: "relu", loss: "mse" }),
  recipe: recipe({ steps: 1, rate: 0.1 }),
  seeds: range(count),
});
const picture = (colour) => {
  const canvas = createCanvas(40, 40);
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(5, 5, 20, 20);
  return canvas.toBuffer("image/png");
};
const population = {
  claim: "Three features have three columns.",
  section: "demo",
  given: condition(3),
  endPoints: false,
  observe: (run) => run.points.length === (demo === "flip" ? 4 : 3),
  expect: always(true, "three columns"),
  control: { name: "two features", model: condition(2).model },
  witness: true,
  figure: () => picture(demo === "paint" ? "red" : "blue"),
};
hypothesis("A1 three columns", population);
if (demo !== "without A2")
  hypothesis("A2 squares", {
    claim: "Squares are not negative.",
    section: "demo",
    properties: { square: () => true },
    nearMiss: { cube: () => false },
    figure: () => picture("green"),
  });
if (demo === "bad") {
  hypothesis("A1 again", population);
  hypothesis("3A no id", population);
  hypothesis("A4 few", { ...population, given: condition(3, 20) });
  hypothesis("A5 vacuous", { ...population, control: { name: "the same" } });
  const { control, ...uncontrolled } = population;
  hypothesis("A8 no control", uncontrolled);
  hypothesis("A6 no section", { ...population, section: "" });
  hypothesis("A7 hidden", { ...population, given: { ...population.given, model: { ...population.given.model, sizes: [3, 0, 3] } } });
}
`;

const repository = resolve(".");
let root: string;

beforeAll(() => {
  mkdirSync(".cache", { recursive: true });
  root = mkdtempSync(resolve(".cache/demo-"));
  mkdirSync(join(root, "hypotheses"));
  const source = `${repository}/src`;
  writeFileSync(join(root, "hypotheses/demo.spec.ts"), spec(source));
  writeFileSync(
    join(root, "vitest.config.ts"),
    `import { hypotheses } from "${source}/verification/plugin.ts";
export default {
  test: { projects: [{ plugins: [hypotheses()], test: { name: "hypotheses", include: ["hypotheses/*.spec.ts"], pool: "threads", isolate: true } }] },
};`,
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs Vitest in the small suite; `output` has no colours. */
function vitest(args: string[], variables: { [name: string]: string } = {}) {
  const { CI: _, VITEST: __, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, "node_modules/vitest/vitest.mjs"), "run", ...args],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        ...inherited,
        HYPOTHESES_ENGINE: "reference",
        HYPOTHESES_CACHE: "off",
        NO_COLOR: "1",
        ...variables,
      },
    },
  );
  return { status, output: stdout + stderr };
}

const recordFile = () => join(root, "snapshots/conclusions.json");
const record = () => JSON.parse(readFileSync(recordFile(), "utf8"));
const figures = () => readdirSync(join(root, "snapshots/figures")).sort();

describe("a run of the suite", { timeout: 120_000 }, () => {
  test("in CI fails for want of a record, and writes none", () => {
    const { status, output } = vitest([], { CI: "true" });
    expect(status).toBe(1);
    expect(output).toContain("A1 has no conclusion on record");
    expect(output).toContain("not on record:");
    expect(existsSync(join(root, "snapshots"))).toBe(false);
  });

  test("elsewhere records what was missing, then passes in CI", () => {
    const first = vitest([]);
    expect(first.output).toContain("newly on record:");
    expect(first.status).toBe(0);
    expect(Object.keys(record())).toEqual(["A1", "A2"]);
    expect(record().A1.verdict).toBe("holds");
    expect(figures()).toEqual(["A1.png", "A2.png"]);
    const again = vitest([], { CI: "true" });
    expect(again.status).toBe(0);
    expect(again.output).toContain("A1 ✓ holds");
    expect(again.output).toContain("2 holds");
  });

  test("a changed conclusion fails and is named, until -u accepts it alone", () => {
    const before = readFileSync(recordFile(), "utf8");
    const changed = vitest([], { DEMO: "flip" });
    expect(changed.status).toBe(1);
    expect(changed.output).toContain("A1 changed its conclusion: Three features have three columns.");
    expect(changed.output).toContain("verdict: holds → refuted");
    expect(readFileSync(recordFile(), "utf8")).toBe(before);

    const a2 = JSON.stringify(record().A2);
    const accepted = vitest(["-t", "A1 ", "-u"], { DEMO: "flip" });
    expect(accepted.status).toBe(0);
    expect(record().A1.verdict).toBe("refuted");
    expect(JSON.stringify(record().A2)).toBe(a2);
    expect(figures()).toEqual(["A1.png", "A2.png"]);

    const strict = vitest([], { DEMO: "flip", STRICT: "1" });
    expect(strict.status).toBe(1);
    expect(strict.output).toContain("A1 is refuted (strict mode)");
    expect(vitest(["-u"]).status).toBe(0);
    expect(readFileSync(recordFile(), "utf8")).toBe(before);
  });

  test("another drawing of the same evidence fails, until -u accepts it", () => {
    const recorded = () => readFileSync(join(root, "snapshots/figures/A1.png"));
    const before = recorded();
    const painted = vitest([], { DEMO: "paint" });
    expect(painted.status).toBe(1);
    expect(painted.output).toContain("A1 draws another figure from the same evidence");
    expect(recorded().equals(before)).toBe(true);
    expect(vitest(["-u"], { DEMO: "paint" }).status).toBe(0);
    expect(recorded().equals(before)).toBe(false);
    expect(vitest(["-u"]).status).toBe(0);
  });

  test("what no hypothesis owns is listed by a full run and removed by -u", () => {
    const partial = vitest(["-t", "A1 "], { DEMO: "without A2" });
    expect(partial.output).not.toContain("no hypothesis owns");
    const full = vitest([], { DEMO: "without A2" });
    expect(full.status).toBe(0);
    expect(full.output).toContain("no hypothesis owns these (-u removes them): A2, figures/A2.png");
    expect(Object.keys(record())).toEqual(["A1", "A2"]);
    expect(vitest(["-u"], { DEMO: "without A2" }).status).toBe(0);
    expect(Object.keys(record())).toEqual(["A1"]);
    expect(figures()).toEqual(["A1.png"]);
    expect(vitest([]).status).toBe(0);
  });

  test("bad input fails that hypothesis alone, in one line without a stack of ours", () => {
    const before = readFileSync(recordFile(), "utf8");
    const { status, output } = vitest(["-u"], { DEMO: "bad" });
    expect(status).toBe(1);
    expect(output).toContain('invalid id: "A1"; expected one that no other hypothesis has');
    expect(output).toContain('invalid id: "3A"; expected a title that starts with one');
    expect(output).toContain('too few seeds: 20 in "given"; "always three columns" needs at least 180');
    expect(output).toContain(
      'vacuous: the criterion "always three columns" also holds in the control "the same"',
    );
    expect(output).toContain("expected given, expect and control beside observe");
    expect(output).toContain('invalid section of A6: ""; expected words');
    expect(output).toContain("invalid hidden: 0; expected a whole number of at least 1");
    expect(output).not.toMatch(/❯ .*src\//);
    expect(output).toContain("A1 ✓ holds");
    expect(readFileSync(recordFile(), "utf8")).toBe(before);
  });
});
