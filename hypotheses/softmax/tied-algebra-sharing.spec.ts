import fc from "fast-check";
import {
  autoencoder,
  compose,
  dot,
  hypothesis,
  loss,
  plane,
  regularPolygonPoints,
  series,
} from "../../src/index.ts";
import {
  close,
  even,
  flat,
  meanLoss,
  neighbour,
  onCircle,
  type Points,
  section,
} from "./tied-algebra-setup.ts";

/** Any embedding in 1 to 4 dimensions to which a feature is added along the first, `share` times as long. */
const withSharer = fc
  .record({ features: fc.integer({ min: 1, max: 8 }), hidden: fc.integer({ min: 1, max: 4 }) })
  .chain(({ features, hidden }) => {
    const point = fc.array(
      fc.integer({ min: -500, max: 500 }).map((k) => k / 100),
      { minLength: hidden, maxLength: hidden },
    );
    return fc.record({
      points: fc.array(point, { minLength: features, maxLength: features }),
      share: fc.integer({ min: 0, max: 100 }).map((k) => k / 100),
    });
  });
const add = ({ points, share }: { points: number[][]; share: number }): number[][] => [
  ...points,
  points[0]!.map((x) => share * x),
];

/** −ln p of the right label on the last feature's input, of an embedding, an unembedding (rows) and biases. */
const lastLoss = (embedding: Points, unembedding: Points, biases: readonly number[] = []) => {
  const logits = unembedding.map((u, k) => dot(u, embedding.at(-1)!) + (biases[k] ?? 0));
  const top = Math.max(...logits);
  return top + Math.log(logits.reduce((sum, z) => sum + Math.exp(z - top), 0)) - logits.at(-1)!;
};

const squared = (points: Points, nonlinearity: "relu" | "gelu") =>
  loss(
    autoencoder({ features: points.length, hidden: points[0]!.length, nonlinearity, loss: "mse" }),
    flat(points),
  );

hypothesis("C6 two features in one direction", {
  claim:
    "Softmax disfavours two features in one direction: the shorter one costs at least ln 2 whatever the radius, and turning it away pays. Under squared error with ReLU it makes no difference whether two features share a direction or one of them has all of it.",
  section,
  reading:
    "Disfavoured against what would be best, features apart, whose loss tends to zero (C1). Indifferent: any split of the direction's squared norm costs the same, zero for one of the two included. That softmax would rather leave one at zero is another claim, and false (C6b).",
  properties: {
    "the shorter of the two costs at least ln 2, so that the mean loss is at least (ln 2)/n": fc.property(
      withSharer,
      (sharer) => {
        const points = add(sharer);
        return (
          lastLoss(points, points) >= Math.LN2 - 1e-12 && meanLoss(points) >= Math.LN2 / points.length - 1e-12
        );
      },
    ),
    "two features alone on a circle: the wider the angle, the lower the loss": fc.property(
      fc.integer({ min: 1, max: 40 }).map((k) => k / 10),
      fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 2 }),
      (radius, angles) => {
        const [narrow, wide] = angles
          .sort((a, b) => a - b)
          .map((a) => onCircle([0, (Math.PI * a) / 100], radius));
        return meanLoss(wide!) < meanLoss(narrow!);
      },
    ),
    "squared error, ReLU: one feature with all of the squared norm costs the same": fc.property(
      withSharer,
      (sharer) => {
        const points = add(sharer);
        const together = Math.sqrt(1 + sharer.share ** 2);
        const merged = points.map((p, i) =>
          i === 0 ? p.map((x) => together * x) : i === points.length - 1 ? p.map(() => 0) : p,
        );
        return close(squared(points, "relu"), squared(merged, "relu"));
      },
    ),
  },
  nearMiss: {
    "at least ln 2 with a bias of −½‖w‖² for each label": fc.property(withSharer, (sharer) => {
      const points = add(sharer);
      return (
        lastLoss(
          points,
          points,
          points.map((p) => -dot(p, p) / 2),
        ) >=
        Math.LN2 - 1e-12
      );
    }),
    "at least ln 2 for embeddings in one direction, the unembedding free": fc.property(
      withSharer,
      (sharer) => {
        const points = add(sharer);
        const unembedding = points.map((p, i) => (i === points.length - 1 ? p.map((x) => 9 * x) : p));
        return lastLoss(points, unembedding) >= Math.LN2 - 1e-12;
      },
    ),
    "at least ln 2 in opposite directions": fc.property(withSharer, ({ points, share }) => {
      const opposite = add({ points, share: -1 - share });
      return lastLoss(opposite, opposite) >= Math.LN2 - 1e-12;
    }),
    "squared error, GELU: one feature with all of the squared norm costs the same": fc.property(
      withSharer,
      (sharer) => {
        const points = add(sharer);
        const together = Math.sqrt(1 + sharer.share ** 2);
        const merged = points.map((p, i) =>
          i === 0 ? p.map((x) => together * x) : i === points.length - 1 ? p.map(() => 0) : p,
        );
        return close(squared(points, "gelu"), squared(merged, "gelu"));
      },
    ),
  },
  figure: () => {
    const pair = (degrees: number, radius: number) =>
      meanLoss(onCircle([0, (degrees * Math.PI) / 180], radius));
    return compose(
      {
        title: "Two features alone under softmax: loss against the angle between them",
        subtitle:
          "In one direction they cost ln 2 at every radius; turning them apart pays from the first degree.",
      },
      [
        series({
          x: "angle between the two, degrees",
          y: "mean loss, nats a feature",
          width: 720,
          series: [1, 2, 4].map((radius) => ({
            label: `radius ${radius}`,
            points: Array.from({ length: 13 }, (_, k) => ({ x: 15 * k, y: pair(15 * k, radius) })),
            fit: { label: `ln(1 + e^{−r²(1 − cos φ)}), r = ${radius}`, at: (x) => pair(x, radius) },
          })),
          references: [{ label: "ln 2", at: () => Math.LN2 }],
        }),
      ],
    );
  },
});

/** n features of which one shares a direction with another, or stands at zero, the n − 1 directions even on a circle. */
const sharing = (n: number, squaredRadius: number) => onCircle([...even(n - 1), 0], Math.sqrt(squaredRadius));
const leaving = (n: number, squaredRadius: number): Points => [
  ...onCircle(even(n - 1), Math.sqrt(squaredRadius)),
  [0, 0],
];
/** Far enough out that the directions, and labels at zero, hardly disturb each other: e^{−reach} between neighbours. */
const wide = fc.integer({ min: 10, max: 200 });
const farOut = (n: number, reach: number) => reach / Math.min(1, neighbour(n - 1));

hypothesis("C6b sharing costs less than leaving one at zero", {
  claim:
    "From five features on, two that share a direction on a large circle cost less than one of them left at zero: 2 ln 2 together against ln n.",
  section,
  reading:
    "The summed loss that remains when the circle is so large that different directions do not disturb each other (r²(1 − cos) ≥ 10 between neighbours). So the zeros that training leaves (C2) are places it cannot get out of (C2e), not what softmax prefers to sharing.",
  properties: {
    "sharing costs less, from n = 5 on": fc.property(fc.integer({ min: 5, max: 50 }), wide, (n, reach) => {
      const s = farOut(n, reach);
      return meanLoss(sharing(n, s)) < meanLoss(leaving(n, s));
    }),
    "they tend to 2 ln 2 and ln n": fc.property(fc.integer({ min: 3, max: 50 }), wide, (n, reach) => {
      const s = farOut(n, 3 * reach);
      return (
        close(n * meanLoss(sharing(n, s)), 2 * Math.LN2, 1e-9) &&
        close(n * meanLoss(leaving(n, s)), Math.log(n), 1e-9)
      );
    }),
  },
  nearMiss: {
    "sharing costs less at every n": fc.property(fc.integer({ min: 3, max: 50 }), wide, (n, reach) => {
      const s = farOut(n, reach);
      return meanLoss(sharing(n, s)) < meanLoss(leaving(n, s));
    }),
    "sharing costs more, from n = 4 on": fc.property(fc.integer({ min: 4, max: 50 }), wide, (n, reach) => {
      const s = farOut(n, reach);
      return meanLoss(sharing(n, s)) > meanLoss(leaving(n, s));
    }),
  },
  figure: () => {
    const s = farOut(10, 12);
    const panel = (points: Points, words: string) =>
      plane({ points, caption: `${words}: summed loss ${(10 * meanLoss(points)).toFixed(3)}` });
    return compose(
      {
        title: "Ten features on nine directions of a large circle",
        subtitle:
          "Two in one direction cost 2 ln 2 = 1.386, one at zero costs ln 10 = 2.303; all apart costs next to nothing.",
      },
      [
        panel(sharing(10, s), "two share"),
        panel(leaving(10, s), "one at zero"),
        panel(regularPolygonPoints(10, Math.sqrt(s)), "all apart"),
      ],
    );
  },
});
