import { describe, expect, test } from "vitest";
import { compose } from "../figures/canvas/drawing.ts";
import { distribution } from "../figures/charts/distribution.ts";
import { configuration } from "../figures/shapes/configuration.ts";
import { autoencoder } from "../models/autoencoder.ts";
import { recipe } from "../train/recipe.ts";
import { Run } from "../train/run.ts";
import { configurations, distributions, type Result } from "./pictures.ts";

const model = autoencoder({ features: 3, hidden: 2, loss: "mse" });

/** Three features at angles that the seed turns apart; a diverged one has no picture. */
function run(seed: number, status: "converged" | "diverged" = "converged"): Run {
  const angles = [0, 1 + seed / 10, 3];
  const embedding = [Math.cos, Math.sin].flatMap((f) => angles.map((angle) => f(angle)));
  return new Run(model, recipe({ steps: 1, rate: 1 }), {
    seed,
    status,
    end: end(Float32Array.from(embedding)),
    checkpoints: [],
  });
}
const end = (parameters: Float32Array) => ({ step: 1, loss: 0, gradientNorm: 0, parameters });

type Cell = Result<number>["cells"][number];

function observed(label: string, runs: readonly Run[], met: readonly boolean[]): Cell {
  return {
    label,
    runs,
    values: runs.map(({ status, seed }) => (status === "diverged" ? null : seed)),
    met,
    satisfied: met.filter(Boolean).length,
    of: met.length,
    interval: [0.1, 0.9],
    verdict: "holds",
  } as unknown as Cell;
}
const control = observed("control: other", [run(20), run(21), run(22)], [false, true, false]);
const five = observed("n = 5", [run(1), run(2, "diverged"), run(3)], [true, false, true]);
const six = observed("n = 6", [run(4), run(5), run(6)], [false, false, true]);
const result = (...cells: Cell[]): Result<number> => ({
  verdict: "holds",
  criterion: { words: "one", share: 0.95 },
  cells,
  control,
  positiveControl: null,
});

/** Figures are the same where they draw the same. */
const paint = (figure: ReturnType<ReturnType<typeof configurations>>) =>
  compose(
    { title: "x", ...("panels" in figure && { columns: figure.columns }) },
    "panels" in figure ? figure.panels : "draw" in figure ? [figure] : figure,
  );
const expectSame = (a: Parameters<typeof paint>[0], b: Parameters<typeof paint>[0]) =>
  expect(paint(a).equals(paint(b))).toBe(true);

describe("configurations", () => {
  const panel = (run: Run, caption: string, grouping?: { tolerance: number }) =>
    configuration(run, { caption, ...(grouping && { grouping }) });

  test("are a seed that meets it and one that does not, of every cell, and one of the control that does not", () => {
    expectSame(configurations()(result(five, six)), {
      columns: 3,
      panels: [
        // Of five the seed that fails has diverged.
        panel(run(1), "n = 5: 2 of 3 meet it, like seed 1"),
        panel(run(6), "n = 6: 1 of 3 meet it, like seed 6"),
        panel(run(4), "n = 6: 2 of 3 fail, like seed 4"),
        panel(run(20), "control: other: 2 of 3 fail, like seed 20"),
      ],
    });
  });

  test("of one cell do not say which, and take no more columns than there are", () => {
    const grouping = { tolerance: 1.5 };
    expectSame(configurations({ columns: 4, grouping })(result(five)), {
      columns: 2,
      panels: [
        panel(run(1), "2 of 3 meet it, like seed 1", grouping),
        panel(run(20), "control: other: 2 of 3 fail, like seed 20", grouping),
      ],
    });
  });

  test("where the control is the only cell say so", () => {
    expectSame(configurations()(result(control)), [
      panel(run(21), "control: other: 1 of 3 meet it, like seed 21"),
      panel(run(20), "control: other: 2 of 3 fail, like seed 20"),
      panel(run(20), "control: other: 2 of 3 fail, like seed 20"),
    ]);
  });
});

describe("distributions", () => {
  const values = { seed: (seed: number) => seed, "its square": (seed: number) => seed ** 2 };
  const samples = (label: string, of: Cell) =>
    Object.entries(values).map(([name, value]) => ({
      label: label ? `${name}, ${label}` : name,
      values: of.values.flatMap((seed) => (seed === null ? [] : [value(seed)])),
    }));
  const drawn = (conditions: ReturnType<typeof samples>) => distribution({ label: "number", conditions });

  test("are of every cell and the control, by name", () => {
    expectSame(
      distributions(values, { label: "number" })(result(five, six)),
      drawn([...samples("n = 5", five), ...samples("n = 6", six), ...samples("control: other", control)]),
    );
  });

  test("of one cell do not say which; the control may be left out", () => {
    const one = result(five);
    expectSame(
      distributions(values, { label: "number" })(one),
      drawn([...samples("", five), ...samples("control: other", control)]),
    );
    expectSame(distributions(values, { label: "number", control: false })(one), drawn(samples("", five)));
  });
});
