import fc from "fast-check";
import { exactClaim, geometry, shapes, solutions } from "../../src/index.ts";
import { close, hundredths, listOf } from "../helpers.ts";
import {
  type Columns,
  embeddings,
  growthRates,
  noGradient,
  onDirections,
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

/** Two to nine unit directions of two to four dimensions. */
const unitDirections = fc
  .record({ count: fc.integer({ min: 2, max: 9 }), hidden: fc.integer({ min: 2, max: 4 }) })
  .chain(({ count, hidden }) => listOf(listOf(fc.integer({ min: -50, max: 50 }), hidden), count))
  .filter((points) => points.every((p) => p.some((x) => x !== 0)))
  .map((points) => points.map((p) => p.map((x) => x / Math.hypot(...p))));
const onAny = unitDirections.chain((units) =>
  fc.record({
    units: fc.constant(units),
    squaredNorms: listOf(hundredths(1, 150), units.length),
    parts: fc.integer({ min: 0, max: 4 }).chain((extra) => shares(units.length + extra)),
  }),
);

/** ReLU(u·v)² for every pair of directions. */
const interference = (units: Columns) => units.map((u) => units.map((v) => Math.max(0, geometry.dot(u, v)) ** 2));
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** n − 2 Σ N_k + Σ_kl A_kl N_k N_l */
const lossOfDirections = (n: number, a: Columns, squaredNorms: readonly number[], linear = 2) =>
  n - linear * sum(squaredNorms) + sum(a.map((row, k) => squaredNorms[k]! * geometry.dot(row, squaredNorms)));

/** Directions that some best squared norms, all positive, leave full. */
const full = unitDirections
  .map((units) => ({ units, ...solutions.bestNorms(units) }))
  .filter(
    ({ units, squaredNorms }) =>
      squaredNorms.every((s) => s > 0.01) &&
      interference(units).every((row) => close(geometry.dot(row, squaredNorms), 1)),
  );

exactClaim("T2d the loss in terms of directions", {
  row: "T2",
  role: "supporting",
  claim:
    "With N_k the sum of the squared norms in direction u_k and A_kl = ReLU(u_k·u_l)² the summed loss of a tied ReLU model is n − 2 Σ N_k + Σ A_kl N_k N_l. No N_k feels a gradient where A N = 1, and there it is n − Σ N_k. A short column in direction x then grows at the rate 4(1 − Σ N_k ReLU(x·u_k)²).",
  properties: {
    "the summed loss is n − 2 Σ N_k + Σ A_kl N_k N_l, for any directions and splits": fc.property(
      onAny,
      ({ units, squaredNorms, parts }) =>
        close(
          summedLossAt(onDirections(units, squaredNorms, parts)),
          lossOfDirections(parts.length, interference(units), squaredNorms),
        ),
    ),
    "where A N = 1 it is n − Σ N_k": fc.property(full, ({ units, squaredNorms }) =>
      close(
        summedLossAt(onDirections(units, squaredNorms, new Array<number>(units.length).fill(1))),
        units.length - sum(squaredNorms),
      ),
    ),
    "there no column grows or shrinks": fc.property(full, ({ units, squaredNorms }) =>
      growthRates(withColumns(onDirections(units, squaredNorms, new Array<number>(units.length).fill(1)))).every(
        (rate) => close(rate, 0, 1e-6),
      ),
    ),
    "a short column grows at 4(1 − Σ N_k ReLU(x·u_k)²)": fc.property(onAny, ({ units, squaredNorms, parts }) => {
      const x = units[0]!.map((z, k) => z + (k === 0 ? 0.3 : -0.2));
      const direction = x.map((z) => z / Math.hypot(...x));
      const columns = [...onDirections(units, squaredNorms, parts), direction.map((z) => 1e-5 * z)];
      const expected = 4 * (1 - solutions.coverage(units, squaredNorms, direction));
      return close(growthRates(withColumns(columns)).at(-1)!, expected, 1e-6);
    }),
  },
  nearMiss: {
    "the summed loss is n − Σ N_k + Σ A_kl N_k N_l": fc.property(onAny, ({ units, squaredNorms, parts }) =>
      close(
        summedLossAt(onDirections(units, squaredNorms, parts)),
        lossOfDirections(parts.length, interference(units), squaredNorms, 1),
      ),
    ),
    "with A_kl = ReLU(u_k·u_l)": fc.property(onAny, ({ units, squaredNorms, parts }) => {
      const unsquared = interference(units).map((row) => row.map(Math.sqrt));
      return close(
        summedLossAt(onDirections(units, squaredNorms, parts)),
        lossOfDirections(parts.length, unsquared, squaredNorms),
      );
    }),
    "a short column grows at 2(1 − Σ N_k ReLU(x·u_k)²)": fc.property(onAny, ({ units, squaredNorms, parts }) => {
      const columns = [...onDirections(units, squaredNorms, parts), units[0]!.map((z) => 1e-5 * z)];
      const expected = 2 * (1 - solutions.coverage(units, squaredNorms, units[0]!));
      return close(growthRates(withColumns(columns)).at(-1)!, expected, 1e-6);
    }),
  },
});
