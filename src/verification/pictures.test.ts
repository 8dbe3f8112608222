import { describe, expect, test } from "vitest";
import { compose } from "../figures/canvas/drawing.ts";
import { distribution } from "../figures/charts/distribution.ts";
import { proportions } from "../figures/charts/proportions.ts";
import { configuration } from "../figures/shapes/configuration.ts";
import { autoencoder } from "../models/autoencoder.ts";
import { Run } from "../train/run.ts";
import { always } from "./criterion.ts";
import { configurations, distributions, satisfaction, verdictLine } from "./pictures.ts";
import type { Observed, PopulationResult } from "./specification.ts";

const model = autoencoder({ features: 3, hidden: 2, loss: "mse" });

/** Three features at angles that the seed turns apart; a diverged one has no picture. */
function run(seed: number, status: "converged" | "diverged" = "converged"): Run {
  const angles = [0, 1 + seed / 10, 3];
  const embedding = [Math.cos, Math.sin].flatMap((f) => angles.map((angle) => f(angle)));
  return new Run(model, { seed, status, end: end(Float32Array.from(embedding)), checkpoints: [] });
}
const end = (parameters: Float32Array) => ({ step: 1, loss: 0, gradientNorm: 0, parameters });

function observed(label: string, runs: readonly Run[], satisfied: readonly boolean[]): Observed<number> {
  return {
    label,
    ensemble: { runs } as unknown as Observed<number>["ensemble"],
    versus: { runs } as unknown as Observed<number>["versus"],
    values: runs.map(({ status, seed }) => (status === "diverged" ? null : seed)),
    satisfied,
    proportion: [0.1, 0.9],
    verdict: "holds",
    words: `words of ${label}`,
  };
}
const control = observed("control: other", [run(20), run(21), run(22)], [false, true, false]);
const five = observed("n = 5", [run(1), run(2, "diverged"), run(3)], [true, false, true]);
const six = observed("n = 6", [run(4), run(5), run(6)], [false, false, true]);
const result = (...cells: Observed<number>[]): PopulationResult<number> => ({
  verdict: "holds",
  criterion: always(1),
  cells,
  control,
});

test("the line below a title says the verdict, what was asked, and each cell's count", () => {
  expect(verdictLine(result(five))).toBe("holds: always 1. words of n = 5");
  expect(verdictLine(result(five, six))).toBe("holds: always 1. n = 5: 2 of 3; n = 6: 1 of 3");
});

describe("configurations", () => {
  const panel = (run: Run, caption: string, grouping?: { tolerance: number }) =>
    configuration(run, { caption, ...(grouping && { grouping }) });

  test("are a seed that meets it and one that does not, of every cell, and one of the control that does not", () => {
    const drawn = compose({ title: "A title", subtitle: verdictLine(result(five, six)), columns: 3 }, [
      // Of five the seed that fails has diverged.
      panel(run(1), "n = 5: 2 of 3 meet it, like seed 1"),
      panel(run(6), "n = 6: 1 of 3 meet it, like seed 6"),
      panel(run(4), "n = 6: 2 of 3 fail, like seed 4"),
      panel(run(20), "control: other: 2 of 3 fail, like seed 20"),
    ]);
    expect(configurations("A title")(result(five, six)).equals(drawn)).toBe(true);
  });

  test("of one cell do not say which, and take no more columns than there are", () => {
    const grouping = { tolerance: 1.5 };
    const drawn = compose({ title: "One", subtitle: "holds: always 1. words of n = 5", columns: 2 }, [
      panel(run(1), "2 of 3 meet it, like seed 1", grouping),
      panel(run(20), "control: other: 2 of 3 fail, like seed 20", grouping),
    ]);
    expect(configurations("One", { columns: 4, grouping })(result(five)).equals(drawn)).toBe(true);
  });

  test("where the control is the only cell say so", () => {
    const drawn = compose({ title: "C", subtitle: verdictLine(result(control)), columns: 3 }, [
      panel(run(21), "control: other: 1 of 3 meet it, like seed 21"),
      panel(run(20), "control: other: 2 of 3 fail, like seed 20"),
      panel(run(20), "control: other: 2 of 3 fail, like seed 20"),
    ]);
    expect(configurations("C")(result(control)).equals(drawn)).toBe(true);
  });
});

test("satisfaction is the share of each cell and the control, with intervals and the threshold", () => {
  const count = (n: number) => ({ count: n, interval: [0.1, 0.9] as const });
  const expected = proportions({
    label: "always 1",
    categories: ["n = 5", "n = 6", "control: other"],
    conditions: [
      {
        label: "seeds that meet it",
        seeds: 3,
        of: { "n = 5": count(2), "n = 6": count(1), "control: other": count(1) },
      },
    ],
    marks: [{ value: always(1).threshold, label: "threshold" }],
  });
  const page = { title: "x", subtitle: "y" };
  expect(compose(page, [satisfaction(result(five, six))]).equals(compose(page, [expected]))).toBe(true);
});

describe("distributions", () => {
  const values = { seed: (seed: number) => seed, "its square": (seed: number) => seed ** 2 };
  const samples = (label: string, of: Observed<number>) =>
    Object.entries(values).map(([name, value]) => ({
      label: label ? `${name}, ${label}` : name,
      values: of.values.flatMap((seed) => (seed === null ? [] : [value(seed)])),
    }));
  const drawn = (of: PopulationResult<number>, conditions: ReturnType<typeof samples>) =>
    compose({ title: "D", subtitle: verdictLine(of) }, [distribution({ label: "number", conditions })]);

  test("are of every cell and the control, by name", () => {
    const both = result(five, six);
    expect(
      distributions("D", values, { label: "number" })(both).equals(
        drawn(both, [
          ...samples("n = 5", five),
          ...samples("n = 6", six),
          ...samples("control: other", control),
        ]),
      ),
    ).toBe(true);
  });

  test("of one cell do not say which; the control may be left out", () => {
    const one = result(five);
    expect(
      distributions("D", values, { label: "number" })(one).equals(
        drawn(one, [...samples("", five), ...samples("control: other", control)]),
      ),
    ).toBe(true);
    expect(
      distributions("D", values, { label: "number", control: false })(one).equals(
        drawn(one, samples("", five)),
      ),
    ).toBe(true);
  });
});
