import { geometry, hypothesis, models, openQuestion, type Run, scope, shapes } from "../../src/index.ts";
import { decodedCount, exactly, onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { decodedFeatures, norm, noteSchedule, type Points, softmax, squaredError, times, untied } from "./setup.ts";

/** Untied, no bias: all features are learned (C7), as in the run printed at the section's end (C15). */

hypothesis("C7 untied, all features are learned", {
  row: "C7",
  role: "as printed",
  claim: "Untied softmax without biases learns all of 5 to 40 features in 2D.",
  operationalisation:
    "All features decoded after 5,000 steps of the note's schedule, 10,000 with forty features (there 5,000 are too few: what is missing is still on its way, not stuck). In the control, tied under the same schedule, some are left at zero.",
  // No checkpoints; their spacing is part of what the record says was trained.
  given: scope("n", [20, 5, 10, 40], (n) =>
    onSeedsFrom20000(untied(n), noteSchedule(n === 40 ? 10_000 : 5000, { spacing: "log" })),
  ),
  endPoints: false,
  observe: decodedFeatures,
  expect: { nearlyAll: "all features decoded", when: (o) => o["all decoded"] },
  control: { name: "tied", model: softmax(20) },
  figure: ({ cells, control }) => ({
    columns: 2,
    panels: [
      writtenAndRead(cells[3]!.runs[0]!, "untied, n = 40: read on one even ring"),
      shapes.plane({ points: control.runs[0]!.points, caption: "tied, n = 20: some at zero", width: 320 }),
    ],
  }),
});

const printed = { recipe: noteSchedule(30_000, { spacing: "log" }), seeds: [142] };

openQuestion("C15 the run printed at the section's end", {
  row: "C15",
  role: "answer",
  question:
    "What does the run printed at the section's end learn (seed 142, untied, forty features in two dimensions), under squared error with ReLU and under cross-entropy?",
  operationalisation:
    "One run each, the one the note prints, so the numbers carry no interval. The loss is summed: over inputs and outputs for squared error, over inputs for cross-entropy. Directions: columns longer than 0.01, joined when 1 − cos < 0.001. Learned: a probability above one half under cross-entropy, an own output above one half under squared error (1 would be perfect).",
  given: {
    "squared error, ReLU": { model: squaredError(40, { tied: false }), ...printed },
    "cross-entropy": { model: untied(40), ...printed },
  },
  measure: (populations) => {
    const squared = populations["squared error, ReLU"]!.runs[0]!;
    const entropy = populations["cross-entropy"]!.runs[0]!;
    const { directions } = geometry.directions(squared.points);
    const outputs = models.ownPreactivations(squared.model, squared.parameters);
    const probabilities = models.probabilities(entropy.model, entropy.parameters).map((p, i) => p[i]!);
    const above = (level: number, numbers: readonly number[]) => numbers.filter((x) => x > level).length;
    const found = {
      "squared error: summed loss": summedLoss(squared),
      "squared error: own outputs above 1/2": above(1 / 2, outputs),
      "squared error: own outputs above 1/4": above(1 / 4, outputs),
      "squared error: directions": directions.length,
      "squared error: features in them": directions.flatMap((d) => d.members).length,
      "cross-entropy: summed loss": summedLoss(entropy),
      "cross-entropy: learned": above(1 / 2, probabilities),
      "cross-entropy: decoded": decodedCount(entropy),
    };
    const fits =
      found["cross-entropy: learned"] === 40 && found["squared error: own outputs above 1/2"] < 20
        ? "All features are learned, as the section says, under cross-entropy only, where the “ReLU” printed has no place."
        : "It is not under cross-entropy only that all features are learned.";
    return {
      answer: `Under cross-entropy ${found["cross-entropy: learned"]} of 40 features are learned (summed loss ${found["cross-entropy: summed loss"].toFixed(2)}); under squared error with ReLU ${found["squared error: features in them"]} features stand in ${found["squared error: directions"]} directions, ${found["squared error: own outputs above 1/2"]} with an output above one half (summed loss ${found["squared error: summed loss"].toFixed(2)} of 40). ${fits}`,
      values: Object.fromEntries(Object.entries(found).map(([name, value]) => [name, exactly(value)])),
    };
  },
  figure: (populations) => ({
    columns: 2,
    panels: Object.entries(populations).flatMap(([name, { runs }]) => [
      shapes.plane({ points: runs[0]!.points, caption: `${name}: written, vᵢ`, hull: false }),
      shapes.plane({ points: runs[0]!.unembedding, caption: `${name}: read, uᵢ`, hull: false }),
    ]),
  }),
});

/** Columns and rows in one picture, the rows scaled to the same largest norm. */
function writtenAndRead(run: Run, caption: string) {
  const longest = (vectors: Points) => Math.max(...vectors.map(norm));
  const factor = longest(run.points) / longest(run.unembedding);
  return shapes.plane({
    points: run.points,
    label: "written, vᵢ",
    second: {
      points: run.unembedding.map((u) => times(u, factor)),
      label: `read, uᵢ (× ${factor.toFixed(2)})`,
    },
    hull: false,
    caption,
    width: 320,
  });
}
