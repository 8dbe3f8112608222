import fc from "fast-check";
import { exactClaim, shapes } from "../../src/index.ts";
import { close } from "../helpers.ts";
import {
  type Columns,
  embeddings,
  growthRates,
  noGradient,
  onPolygon,
  shares,
  summedLossAt,
  withColumns,
} from "./algebra.ts";

/** Tied, no bias, one-hot data: what the loss knows of features that share a direction (T2a), and its gradient (T6). */

/** The embedding w with several features in place of its first, in its direction: `parts` are of its squared norm. */
const sharing = ([first, ...others]: Columns, parts: readonly number[]) => [
  ...others,
  ...parts.map((part) => first!.map((x) => Math.sqrt(part) * x)),
];

/** Any embedding whose first feature is not 0, and two ways to share that one's squared norm. */
const twoSplits = fc
  .record({
    w: embeddings.filter(([first]) => first!.some((x) => x !== 0)),
    group: fc.integer({ min: 2, max: 4 }),
  })
  .chain(({ w, group }) => fc.record({ w: fc.constant(w), before: shares(group), after: shares(group) }));

exactClaim("T2a only a direction's sum of squared norms matters", {
  row: "T2",
  role: "as printed",
  claim:
    "Under ReLU the loss of a tied model depends on the features that share a direction only through the sum of their squared norms: however that sum is split among them, nothing changes.",
  properties: {
    "any other split of the same sum has the same loss": fc.property(twoSplits, ({ w, before, after }) =>
      close(summedLossAt(sharing(w, before)), summedLossAt(sharing(w, after))),
    ),
  },
  nearMiss: {
    "the same under GELU": fc.property(twoSplits, ({ w, before, after }) =>
      close(summedLossAt(sharing(w, before), "gelu"), summedLossAt(sharing(w, after), "gelu")),
    ),
    "splits that keep the sum of norms instead": fc.property(twoSplits, ({ w, before, after }) => {
      const [one, other] = [before, after].map((parts) => parts.map((part) => part ** 2));
      return close(summedLossAt(sharing(w, one!)), summedLossAt(sharing(w, other!)));
    }),
  },
  figure: () =>
    [
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      [9, 1, 4, 7, 2, 1, 9, 6, 3, 8],
      [1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
    ].map((parts) => {
      const points = onPolygon(5, parts);
      const caption = `summed loss ${summedLossAt(points).toFixed(6)}`;
      return shapes.plane({ points, combined: true, caption });
    }),
});

/** Features on a regular k-gon, each direction's squared norm split at random. */
const sharedPolygons = fc
  .record({ k: fc.integer({ min: 3, max: 9 }), extra: fc.integer({ min: 1, max: 6 }) })
  .chain(({ k, extra }) => fc.record({ k: fc.constant(k), parts: shares(k + extra) }));

/** Whether the features that share a direction grow at the same rate, so that none gains squared norm on another. */
function noGradientBetween(w: Columns, parts: readonly number[], nonlinearity: "relu" | "gelu"): boolean {
  const rates = growthRates(withColumns(sharing(w, parts), nonlinearity)).slice(-parts.length);
  return rates.every((rate) => close(rate, rates[0]!));
}

exactClaim("T6 no gradient along a shared direction", {
  row: "T6",
  role: "as printed",
  claim:
    "Under ReLU features of a tied model that share a direction feel no gradient that would move norm from one to another, nor, once the direction is full, any gradient at all.",
  operationalisation:
    "A direction is full when the sum of its squared norms is the best one, here on a regular k-gon with k from 3 to 9.",
  properties: {
    "anywhere: moving squared norm between two members meets no gradient": fc.property(twoSplits, ({ w, before }) =>
      noGradientBetween(w, before, "relu"),
    ),
    "on the best k-gon: no member feels any gradient, however its direction is split": fc.property(
      sharedPolygons,
      ({ k, parts }) => noGradient(onPolygon(k, parts)),
    ),
  },
  nearMiss: {
    "anywhere, under GELU": fc.property(twoSplits, ({ w, before }) => noGradientBetween(w, before, "gelu")),
    "on a k-gon 10 % too large": fc.property(sharedPolygons, ({ k, parts }) => noGradient(onPolygon(k, parts, 1.1))),
  },
});
