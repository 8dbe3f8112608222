import { always, hypothesis, recipe, type State } from "../../src/index.ts";
import { fresh, section, tied } from "./tied-setup.ts";

/** Tied, no bias, two hidden dimensions: what training does, step by step (T8b). */

/**
 * The training the note describes, written out: step t moves every column against the gradient of the summed loss over n²,
 * at a rate that rises linearly from `initial` to `max` over the first W steps and then falls by a constant factor a step.
 */
function writtenOut(start: State, { steps, initial, max, final, warmup }: typeof schedule): number[][] {
  const n = start.points.length;
  const rising = Math.floor(steps * warmup);
  const factor = (final / max) ** (1 / (steps * (1 - warmup)));
  let w = start.points.map((point) => [...point]);
  for (let t = 0; t < steps; t++) {
    const rate = t < rising ? initial + ((max - initial) * t) / rising : max * factor ** (t - rising);
    w = w.map((wi, i) =>
      wi.map((x, row) => {
        const square = wi.reduce((sum, y) => sum + y * y, 0);
        const push = w.reduce((sum, wj, j) => {
          const overlap = wi.reduce((total, y, k) => total + y * wj[k]!, 0);
          return j === i ? sum : sum + 4 * Math.max(0, overlap) * wj[row]!;
        }, 0);
        return x - (rate / n ** 2) * (push - 4 * (1 - square) * x);
      }),
    );
  }
  return w;
}

const schedule = { steps: 60, initial: 0.2, max: 4, final: 0.5, warmup: 0.2 };

hypothesis("T8b training is plain gradient descent on that loss", {
  claim:
    "Training moves the columns against the gradient of the column loss divided by n², at the note's rate: a linear rise, then exponential decay.",
  section,
  kind: "dynamics",
  reading:
    "Sixty steps in float32 against the same steps written out in float64 in this file; 'is' means that no weight differs by 1e-5 or more.",
  given: {
    model: tied("relu", 10),
    recipe: recipe({
      steps: schedule.steps,
      rate: { initial: schedule.initial, max: schedule.max, final: schedule.final, warmup: schedule.warmup },
      checkpoints: { count: 1, spacing: "even" },
    }),
    seeds: fresh(256),
  },
  endPoints: false,
  observe: (run) => {
    const exact = writtenOut(run.checkpoints[0]!, schedule);
    return {
      "largest difference": Math.max(
        ...run.points.flatMap((p, i) => p.map((x, k) => Math.abs(x - exact[i]![k]!))),
      ),
    };
  },
  expect: always((o: { "largest difference": number }) => o["largest difference"] < 1e-5, "the same weights"),
  control: {
    name: "a constant rate",
    recipe: recipe({ steps: schedule.steps, rate: schedule.max, checkpoints: { count: 1, spacing: "even" } }),
  },
});
