import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Hypotheses that the variable DEMO varies. */
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

/** Whole runs of Vitest on a small suite in a directory of its own: demo.spec.ts, and what `files` adds. */
export class DemoSuite {
  readonly root: string;

  constructor(files: { readonly [name: string]: (source: string) => string } = {}) {
    mkdirSync(".cache", { recursive: true });
    this.root = mkdtempSync(resolve(".cache/demo-"));
    mkdirSync(this.path("hypotheses"));
    const source = `${repository}/src`;
    for (const [name, text] of Object.entries({ "demo.spec.ts": spec, ...files }))
      writeFileSync(this.path("hypotheses", name), text(source));
    writeFileSync(
      this.path("vitest.config.ts"),
      `import { hypotheses } from "${source}/verification/plugin.ts";
export default {
  test: { projects: [{ plugins: [hypotheses()], test: { name: "hypotheses", include: ["hypotheses/*.spec.ts"], pool: "threads", isolate: true, testTimeout: 60_000, includeTaskLocation: true } }] },
};`,
    );
  }

  /** Runs Vitest in the suite; `output` has no colours. */
  vitest(args: string[], variables: { [name: string]: string } = {}) {
    const { CI: _, VITEST: __, GITHUB_ACTIONS: ___, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(repository, "node_modules/vitest/vitest.mjs"), "run", ...args],
      {
        cwd: this.root,
        encoding: "utf8",
        env: {
          ...inherited,
          HYPOTHESES_ENGINE: "wasm",
          HYPOTHESES_CACHE: "off",
          NO_COLOR: "1",
          ...variables,
        },
      },
    );
    return { status, output: stdout + stderr };
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  get recordFile(): string {
    return this.path("snapshots/conclusions.json");
  }

  get record() {
    return JSON.parse(readFileSync(this.recordFile, "utf8"));
  }

  get figures(): string[] {
    return readdirSync(this.path("snapshots/figures")).sort();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
