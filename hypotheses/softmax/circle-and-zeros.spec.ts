import { distributions, geometry, hypothesis, type Run, scope, shapes, solutions } from "../../src/index.ts";
import { mean, onSeedsFrom20000 } from "../helpers.ts";
import { norm, noteSchedule, softmax, times } from "./setup.ts";

/** Tied, no bias: trained features stand on one even circle or at zero (C2, C2b, C2d). */

const trained = (n: number) => onSeedsFrom20000(softmax(n), noteSchedule(5000, { checkpoints: 1 }));
const sizes = scope("n", [20, 8, 10, 15, 40], trained);

const levels = (run: Run) => {
  const { onRing, atZero, between } = geometry.twoLevel(run.points);
  return { "on the circle": onRing.length, "at zero": atZero.length, between: between.length };
};

hypothesis("C2 features on a circle or at zero", {
  row: "C2",
  role: "as printed",
  claim: "With 8 to 40 features in 2D, tied softmax puts each feature either on one circle or at zero.",
  operationalisation:
    "After 5,000 steps of the note's schedule every column is within 2 % of the longest, or shorter than 2 % of it. The note gives no number of features, so several are tried. At eight and ten, features that leave zero late stay shorter than the others; longer training, up to 150,000 steps, was seen not to mend that.",
  given: sizes,
  endPoints: false,
  observe: levels,
  expect: { nearlyAll: "every feature on the circle or at zero", when: (o) => o.between === 0 },
  control: { name: "with an end bias", model: softmax(20, { outputBias: true }) },
  figure: ({ cells }) => ({
    columns: 2,
    panels: cells
      .filter(({ label }) => ["n = 10", "n = 20", "n = 40"].includes(label))
      .flatMap(({ label, runs, met }) => initialisationAndEnd(runs[Math.max(0, met.indexOf(false))]!, label)),
  }),
});

hypothesis("C2b some features are at zero", {
  row: "C2",
  role: "as printed",
  claim: "With 8 to 40 features in 2D, tied softmax usually leaves some features at zero.",
  operationalisation:
    "After 5,000 steps at least one column is shorter than 2 % of the longest, and none is between zero and the circle.",
  given: sizes,
  endPoints: false,
  observe: levels,
  expect: {
    most: "features on a circle and some at zero",
    when: (o) => o.between === 0 && o["at zero"] > 0,
  },
  control: { name: "untied", model: softmax(20, { tied: false }) },
  figure: distributions({ "": (o) => o["at zero"] }, { label: "features at zero after 5,000 steps", width: 720 }),
});

hypothesis("C2d trained circles have the loss of the ideal one", {
  row: "C2",
  role: "supporting",
  claim:
    "With 20 or 40 features in 2D, tied softmax ends within 1 % of the exact loss of an even circle with the other features at zero.",
  operationalisation:
    "With m of n features evenly on radius r and the others at zero the loss is [(n−m) ln n + m ln(Σₖ e^{−r²(1−cos 2πk/m)} + (n−m)e^{−r²})]/n. Here r² is the mean squared norm of the features on the circle.",
  given: scope("n", [20, 40], trained),
  endPoints: false,
  observe: (run) => {
    const { onRing } = geometry.twoLevel(run.points);
    const exact = solutions.ringLoss({
      features: run.points.length,
      onRing: onRing.length,
      squaredRadius: mean(onRing.map((i) => norm(run.points[i]!) ** 2)),
    });
    return { "relative error": Math.abs(run.loss / exact - 1) };
  },
  expect: { nearlyAll: "within 1 % of the closed form", when: (o) => o["relative error"] < 0.01 },
  control: { name: "with an end bias", model: softmax(20, { outputBias: true }) },
  figure: distributions(
    { "relative error": (o) => Math.max(o["relative error"], 1e-9) },
    {
      label: "relative difference of the loss",
      kind: "log",
      marks: [{ value: 0.01, label: "1 %" }],
      width: 720,
    },
  ),
});

/** Features that end at zero are marked in both. */
function initialisationAndEnd(run: Run, label: string) {
  const { atZero } = geometry.twoLevel(run.points);
  const initial = run.checkpoints[0]!.points;
  const factor = 1 / Math.max(...initial.map(norm));
  const magnified = initial.map((w) => times(w, factor));
  return [
    shapes.plane({
      points: magnified.filter((_, i) => !atZero.includes(i)),
      second: { points: atZero.map((i) => magnified[i]!), label: "will end at zero" },
      label: "will end on the circle",
      hull: false,
      grouping: { tolerance: 1e-12 },
      caption: `${label}, seed ${run.seed}: the start, × ${factor.toFixed(1)}`,
    }),
    shapes.plane({ points: run.points, caption: `after ${run.step} steps`, width: 330 }),
  ];
}
