import fc from "fast-check";
import { distributions, exactClaim, geometry, hypothesis, scope, solutions } from "../../src/index.ts";
import { close, hundredths, integers, listOf, onSeedsFrom20000 } from "../helpers.ts";
import { allDecoded, decodedFeatures, logSumExp, meanLoss, noteSchedule, probabilities, softmax } from "./setup.ts";

/** Tied, with an end bias: all features are learned (C14), because any distinct columns can be decoded (C14b). */

hypothesis("C14 with the bias all features are learned", {
  row: "C14",
  role: "as printed",
  claim:
    "With an end bias tied softmax in 2D learns all of 10, 20 or 40 features in nearly every seed; without it, at n = 20, it does not.",
  operationalisation:
    "All features decoded within 5,000 steps of the note's schedule; the control leaves out the bias. Without it some seeds learn all, fewer the more features there are (C5), and most leave features at zero (C2b). Easier is taken as easier to find, not as faster.",
  given: scope("n", [20, 10, 40], (n) => onSeedsFrom20000(softmax(n, { outputBias: true }), noteSchedule(5000))),
  endPoints: false,
  observe: decodedFeatures,
  expect: { nearlyAll: "all features decoded", when: (o) => o["all decoded"] },
  control: { name: "n = 20, no bias", model: softmax(20) },
  figure: distributions(
    { "": (o) => o.decoded },
    {
      label: "features decoded",
      marks: [10, 20, 40].map((n) => ({ value: n, label: `${n}` })),
      domain: [0, 40],
      width: 720,
    },
  ),
});

/** Distinct points in 1 to 4 dimensions, on a grid of quarters. */
const clouds = fc.record({ features: integers(2, 20), hidden: integers(1, 4) }).chain(({ features, hidden }) => {
  const coordinate = integers(-12, 12).map((k) => k / 4);
  const distinct = { minLength: features, maxLength: features, selector: (p: number[]) => p.join() };
  return fc.uniqueArray(listOf(coordinate, hidden), distinct);
});
const fourNumbers = listOf(hundredths(-300, 300), 4);

const squaredDistance = (a: geometry.Point, b: geometry.Point) => a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0);
const decodedWith = (factor: number) =>
  fc.property(clouds, (points) =>
    allDecoded(
      points,
      points.map((w) => -factor * geometry.dot(w, w)),
    ),
  );

exactClaim("C14b with a bias any distinct columns are decoded", {
  row: "C14",
  role: "supporting",
  claim:
    "With an end bias a tied softmax model can decode any distinct columns, even on one line: bₖ = −½‖wₖ‖² decodes them all, and scaled up their loss tends to zero.",
  operationalisation:
    "The logit of label k on input j is −½‖wⱼ − wₖ‖² + βₖ plus something that is the same for every k, with βₖ = bₖ + ½‖wₖ‖²: with equal β the nearest column wins. This is why circles are not needed. Without a bias columns must all be corners of their convex hull, or nearly so.",
  properties: {
    "probabilities are a softmax of −½‖wⱼ − wₖ‖² + βₖ": fc.property(clouds, fourNumbers, (points, numbers) => {
      const biases = points.map((_, k) => numbers[k % 4]!);
      const beta = solutions.excessBiases(points, biases);
      const found = probabilities(points, biases);
      return points.every((w, j) => {
        const logits = points.map((u, k) => beta[k]! - squaredDistance(w, u) / 2);
        return logits.every((z, k) => close(found[j]![k]!, Math.exp(z - logSumExp(logits))));
      });
    }),
    "with bₖ = −½‖wₖ‖² every feature is decoded": decodedWith(1 / 2),
    "scaled up 30-fold their loss is below 1e-9": fc.property(clouds, (points) => {
      const large = points.map((p) => p.map((x) => 30 * x));
      return meanLoss(large, solutions.nearestBiases(large)) < 1e-9;
    }),
    "moving all columns by t and each bias by −t·wₖ changes no probability": fc.property(
      clouds,
      fourNumbers,
      (points, t) => {
        const biases = points.map((_, k) => t[k % 4]! / 2);
        const after = probabilities(
          points.map((p) => p.map((x, k) => x + t[k]!)),
          points.map((p, i) => biases[i]! - geometry.dot(p, t)),
        );
        return probabilities(points, biases).every((row, j) => row.every((p, k) => close(p, after[j]![k]!)));
      },
    ),
  },
  nearMiss: {
    "without a bias every feature is decoded": decodedWith(0),
    "with bₖ = −‖wₖ‖² every feature is decoded": decodedWith(1),
  },
});
