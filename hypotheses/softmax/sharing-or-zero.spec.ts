import fc from "fast-check";
import { distributions, exactClaim, geometry, hypothesis, recipe, scope, shapes } from "../../src/index.ts";
import { integers, onSeedsFrom20000 } from "../helpers.ts";
import { gaps, meanLoss, nearly, neighbour, noteSchedule, softmax, squaredError } from "./setup.ts";

/** Tied, no bias: sharing a direction costs less than leaving a feature at zero (C6b), and yet trained features share none (C6c). */

/** n − 1 features on even directions, and one that shares a direction with the first, or stands at zero. */
const sharing = (n: number, radius: number) => [...geometry.polygon(n - 1, radius), [radius, 0]];
const leaving = (n: number, radius: number) => [...geometry.polygon(n - 1, radius), [0, 0]];
/** So far out that the directions, and labels at zero, hardly disturb each other: e^{−reach} between neighbours. */
const farOut = (n: number, reach: number) => Math.sqrt(reach / Math.min(1, neighbour(n - 1)));

const costs = (n: number, reach: number) => ({
  sharing: n * meanLoss(sharing(n, farOut(n, reach))),
  leaving: n * meanLoss(leaving(n, farOut(n, reach))),
});
const reaches = integers(10, 200);
const sharingCostsLess = (least: number) =>
  fc.property(integers(least, 50), reaches, (n, reach) => {
    const cost = costs(n, reach);
    return cost.sharing < cost.leaving;
  });

exactClaim("C6b sharing costs less than leaving one at zero", {
  row: "C6",
  role: "supporting",
  claim:
    "With five features or more under tied softmax in 2D, two that share a direction on a large circle cost less than one of them left at zero: 2 ln 2 together against ln n.",
  operationalisation:
    "The summed loss that remains when the circle is so large that different directions do not disturb each other (r²(1 − cos) ≥ 10 between neighbours). So training leaves features at zero (C2) because it cannot get them out (C2e), not because softmax prefers this to sharing.",
  properties: {
    "sharing costs less, from n = 5 on": sharingCostsLess(5),
    "they tend to 2 ln 2 and ln n": fc.property(integers(3, 50), reaches, (n, reach) => {
      const cost = costs(n, 3 * reach);
      return nearly(cost.sharing, 2 * Math.LN2) && nearly(cost.leaving, Math.log(n));
    }),
  },
  nearMiss: { "sharing costs less at every n": sharingCostsLess(3) },
  figure: () => {
    const radius = farOut(10, 12);
    const panel = (points: readonly geometry.Point[], words: string) =>
      shapes.plane({ points, caption: `${words}: summed loss ${(10 * meanLoss(points)).toFixed(3)}` });
    return [
      panel(sharing(10, radius), "two share"),
      panel(leaving(10, radius), "one at zero"),
      panel(geometry.polygon(10, radius), "all apart"),
    ];
  },
});

hypothesis("C6c trained features do not share directions", {
  row: "C6",
  role: "supporting",
  claim: "With 8 to 40 features in 2D, no two features that tied softmax has learned share a direction.",
  operationalisation:
    "The narrowest angle between two columns longer than 2 % of the longest is at least half of what it would be with even spacing. Under squared error with ReLU features do share (T2): the control.",
  given: scope("n", [20, 8, 10, 40], (n) => onSeedsFrom20000(softmax(n), noteSchedule(5000, { checkpoints: 1 }), 8192)),
  endPoints: false,
  observe: (run) => {
    const { atZero } = geometry.twoLevel(run.points);
    const learned = run.points.filter((_, i) => !atZero.includes(i));
    return { "narrowest angle over even spacing": Math.min(...gaps(learned)) };
  },
  expect: { nearlyAll: "no shared direction", when: (o) => o["narrowest angle over even spacing"] > 0.5 },
  control: { name: "squared error, ReLU", model: squaredError(20), recipe: recipe({ steps: 5000, rate: 8 }) },
  figure: distributions(
    { "narrowest angle": (o) => o["narrowest angle over even spacing"] },
    { label: "over even spacing", marks: [{ value: 0.5, label: "half" }], domain: [0, 1], width: 720 },
  ),
});
