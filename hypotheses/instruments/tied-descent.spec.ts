import { hypothesis, recipe, type State } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { columnGradient } from "../tied/algebra.ts";
import { tied } from "../tied/setup.ts";

/** Training, step by step, against the same steps written out in float64. */

const schedule = { steps: 60, initial: 0.2, max: 4, final: 0.5, warmup: 0.2 };
const { steps, ...rate } = schedule;
const checkpoints = { count: 1, spacing: "even" } as const;

hypothesis("T8b training is plain gradient descent on the column loss", {
  row: "T8",
  role: "instrument",
  kind: "dynamics",
  claim:
    "Training moves the columns against the gradient of the column loss divided by n², at the note's rate: a linear rise, then exponential decay.",
  operationalisation:
    "Sixty steps in float32 against the same steps written out in float64, with the derivative that T8 shows; ten features in 2D. The two agree when no weight differs by 1e-5 or more.",
  given: onSeedsFrom20000(tied("relu", 10), recipe({ steps, rate, checkpoints })),
  endPoints: false,
  observe: (run) => {
    const exact = descended(run.checkpoints[0]!);
    const differences = run.points.flatMap((p, i) => p.map((x, k) => Math.abs(x - exact[i]![k]!)));
    return { "largest difference": Math.max(...differences) };
  },
  expect: { nearlyAll: "the same weights", when: (o) => o["largest difference"] < 1e-5 },
  control: { name: "a constant rate", recipe: recipe({ steps, rate: schedule.max, checkpoints }) },
});

/**
 * Step t moves every column against the gradient of the summed loss over n², at a rate that rises linearly from `initial` to
 * `max` over the first steps and then falls by a constant factor a step.
 */
function descended({ points }: State) {
  const { initial, max, final, warmup } = schedule;
  const rising = Math.floor(steps * warmup);
  const factor = (final / max) ** (1 / (steps * (1 - warmup)));
  let w = points;
  for (let t = 0; t < steps; t++) {
    const rate = t < rising ? initial + ((max - initial) * t) / rising : max * factor ** (t - rising);
    const gradient = columnGradient(w);
    w = w.map((wi, i) => wi.map((x, k) => x - (rate / points.length ** 2) * gradient[i]![k]!));
  }
  return w;
}
