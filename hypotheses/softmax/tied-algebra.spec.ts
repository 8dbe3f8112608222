import fc from "fast-check";
import {
  angularCurvature,
  autoencoder,
  compose,
  gradient,
  hessian,
  hypothesis,
  loss,
  plane,
  regularPolygonPoints,
  series,
  zeroCurvature,
} from "../../src/index.ts";

/**
 * Softmax and cross-entropy, tied, no bias, one-hot data: what is mathematics. wᵢ is feature i's column, the logit of
 * label k on input i is wₖ·wᵢ, and the loss is the mean over inputs of −ln of the probability of the right label.
 */
const section = "Softmax + cross-entropy · tied, no bias";

type Points = readonly (readonly number[])[];

/** Row-major, [hidden × features]. */
const flat = (points: Points) =>
  Float64Array.from(points[0]!.flatMap((_, row) => points.map((point) => point[row]!)));
const softmaxModel = (features: number, hidden = 2) =>
  autoencoder({ features, hidden, loss: "cross-entropy" });
const meanLoss = (points: Points) => loss(softmaxModel(points.length, points[0]!.length), flat(points));

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const close = (a: number, b: number, tolerance = 1e-10) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
const onCircle = (angles: readonly number[], radius: number) =>
  angles.map((a) => [radius * Math.cos(a), radius * Math.sin(a)]);
const even = (n: number) => Array.from({ length: n }, (_, k) => (2 * Math.PI * k) / n);

/** 1 − cos of the angle between neighbours among n evenly spaced directions. */
const neighbour = (n: number) => 1 - Math.cos((2 * Math.PI) / n);

/** ln Σₖ e^{−r²(1 − cos 2πk/n)}: the loss of n features evenly on a circle of squared radius r². */
const circleLoss = (n: number, squaredRadius: number) =>
  Math.log1p(
    even(n)
      .slice(1)
      .reduce((sum, a) => sum + Math.exp(-squaredRadius * (1 - Math.cos(a))), 0),
  );

const counts = fc.integer({ min: 2, max: 60 });
/** In units of 1/(1 − cos 2π/n), which makes every n comparable. */
const reaches = fc.integer({ min: 1, max: 3000 }).map((k) => k / 100);
/** A loss to come below, 1e-1 to 1e-6. */
const wanted = fc.integer({ min: 10, max: 60 }).map((k) => 10 ** (-k / 10));
const enough = (points: number, apart: number, epsilon: number) => Math.log((points - 1) / epsilon) / apart;

hypothesis("C1 on a circle the loss tends to zero, for every n", {
  claim:
    "However many features stand evenly on a circle, their loss falls with the radius and comes as near to zero as one likes.",
  section,
  reading:
    "With δ = 1 − cos(2π/n) for the angle between neighbours, the loss lies between ln(1 + 2e^{−r²δ}) and ln(1 + (n−1)e^{−r²δ}); so it is below ε at r² = ln((n−1)/ε)/δ, which grows like n². It is zero at no radius.",
  properties: {
    "the loss is ln Σₖ e^{−r²(1 − cos 2πk/n)}": fc.property(counts, reaches, (n, reach) => {
      const s = reach / neighbour(n);
      return close(meanLoss(onCircle(even(n), Math.sqrt(s))), circleLoss(n, s));
    }),
    "it falls with the radius, and is never zero": fc.property(counts, reaches, reaches, (n, a, b) => {
      const [near, far] = [Math.min(a, b), Math.max(a, b) + 0.01].map((r) => circleLoss(n, r / neighbour(n)));
      return far! < near! && far! > 0;
    }),
    "it lies between the two bounds": fc.property(fc.integer({ min: 3, max: 60 }), reaches, (n, reach) => {
      const found = circleLoss(n, reach / neighbour(n));
      const bound = (neighbours: number) => Math.log1p(neighbours * Math.exp(-reach));
      return found >= bound(2) * (1 - 1e-9) && found <= bound(n - 1) * (1 + 1e-9);
    }),
    "it is below ε at r² = ln((n−1)/ε)/δ": fc.property(
      counts,
      wanted,
      (n, epsilon) =>
        meanLoss(onCircle(even(n), Math.sqrt(enough(n, neighbour(n), epsilon)))) <= epsilon * (1 + 1e-6),
    ),
    "the same for distinct directions that are not even, δ taken at the closest two": fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 12 }),
      wanted,
      (places, epsilon) => {
        const angles = places.map((k) => (2 * Math.PI * k) / 100);
        const apart = Math.min(
          ...angles.flatMap((a, i) => angles.slice(0, i).map((b) => 1 - Math.cos(a - b))),
        );
        const radius = Math.sqrt(enough(angles.length, apart, epsilon));
        return meanLoss(onCircle(angles, radius)) <= epsilon * (1 + 1e-6);
      },
    ),
  },
  nearMiss: {
    "with two of them in the same place": fc.property(
      fc.integer({ min: 2, max: 20 }),
      wanted,
      (n, epsilon) => {
        const radius = Math.sqrt(enough(n, neighbour(n), epsilon));
        return meanLoss(onCircle([0, ...even(n)], radius)) <= epsilon;
      },
    ),
    "one radius that serves every n": fc.property(
      counts,
      (n) => circleLoss(n, enough(5, neighbour(5), 0.01)) <= 0.01,
    ),
    "on a line instead of a circle, at any scale": fc.property(
      fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 8 }),
      fc.integer({ min: 1, max: 1000 }),
      (places, scale) => meanLoss(places.map((x) => [x * scale])) < 0.01,
    ),
  },
  figure: () => {
    const sizes = [5, 10, 20, 40];
    return compose(
      {
        title: "n features evenly on a circle: the loss against the radius",
        subtitle: "Every curve falls to zero; the radius it takes grows like n.",
      },
      [
        series({
          x: "radius",
          y: "mean loss, nats a feature",
          width: 720,
          series: sizes.map((n) => ({
            label: `n = ${n}`,
            points: Array.from({ length: 31 }, (_, k) => ({ x: k, y: circleLoss(n, k * k) })),
            fit: { label: `closed form, n = ${n}`, at: (r: number) => circleLoss(n, r * r) },
          })),
        }),
      ],
    );
  },
});

/** m features evenly on a circle, the other n − m at zero. */
const rings = fc.record({
  onRing: fc.integer({ min: 3, max: 10 }),
  rest: fc.integer({ min: 1, max: 5 }),
});
const ringAndZeros = (onRing: number, rest: number, squaredRadius: number): Points => [
  ...onCircle(even(onRing), Math.sqrt(squaredRadius)),
  ...Array.from({ length: rest }, () => [0, 0]),
];
/** In tenths of 4(n−1)/m, beyond which the claim holds. */
const radii = fc.integer({ min: 10, max: 300 }).map((k) => k / 10);
const opening = (onRing: number, rest: number) => (4 * (onRing + rest - 1)) / onRing;

hypothesis("C2e what is at zero stays there", {
  claim:
    "A feature at zero beside an even ring feels no gradient, and once the ring's squared radius has passed 4(n−1)/m (m features on the ring, about 2 in radius) the loss rises in every direction in which it could leave.",
  section,
  reading:
    "Why features are lost at all: zero is a trap, not a preference (C6b). The second derivative of the summed loss by a feature at zero that moves alone is the same in every direction: r²m/(2n) + ½ m r² p(1 − p) − 2(1 − 1/n), p its probability on an input of the ring.",
  properties: {
    "no feature at zero feels a gradient": fc.property(rings, radii, ({ onRing, rest }, k) => {
      const n = onRing + rest;
      const points = ringAndZeros(onRing, rest, k * opening(onRing, rest));
      const g = gradient(softmaxModel(n), flat(points)).gradient;
      return Array.from({ length: rest }, (_, i) => onRing + i).every(
        (i) => Math.hypot(g[i]!, g[n + i]!) < 1e-12,
      );
    }),
    "its curvature is the formula's, in every direction": fc.property(rings, radii, ({ onRing, rest }, k) => {
      const n = onRing + rest;
      const squaredRadius = (k / 5) * opening(onRing, rest);
      const h = hessian(softmaxModel(n), flat(ringAndZeros(onRing, rest, squaredRadius)));
      const [x, y] = [onRing, n + onRing];
      const expected = zeroCurvature({ features: n, onRing, squaredRadius });
      return (
        close(h.get(x, x), expected, 1e-9) &&
        close(h.get(y, y), expected, 1e-9) &&
        close(h.get(x, y), 0, 1e-9)
      );
    }),
    "it is positive from r² = 4(n−1)/m on": fc.property(
      rings,
      radii,
      ({ onRing, rest }, k) =>
        zeroCurvature({ features: onRing + rest, onRing, squaredRadius: k * opening(onRing, rest) }) > 0,
    ),
  },
  nearMiss: {
    "it is positive at every radius": fc.property(
      rings,
      radii,
      ({ onRing, rest }, k) =>
        zeroCurvature({ features: onRing + rest, onRing, squaredRadius: (k / 100) * opening(onRing, rest) }) >
        0,
    ),
    "features at zero feel no gradient beside a ring with a gap": fc.property(rings, ({ onRing, rest }) => {
      const n = onRing + rest;
      const points = ringAndZeros(onRing + 1, rest, 9).slice(1);
      const g = gradient(softmaxModel(n), flat(points)).gradient;
      return Math.hypot(g[onRing]!, g[n + onRing]!) < 1e-12;
    }),
  },
  figure: () =>
    compose(
      {
        title: "Curvature of the loss for a feature at zero, against the radius of the ring",
        subtitle:
          "Below zero it can still leave; once the ring has grown past a radius of about 2 it is shut in.",
      },
      [
        series({
          x: "radius of the ring",
          y: "second derivative of the summed loss",
          width: 720,
          series: [
            [10, 9],
            [20, 18],
            [40, 37],
          ].map(([features, onRing]) => {
            const at = (r: number) =>
              zeroCurvature({ features: features!, onRing: onRing!, squaredRadius: r * r });
            return {
              label: `n = ${features}, ${onRing} on the ring`,
              points: Array.from({ length: 9 }, (_, k) => ({ x: k / 2, y: at(k / 2) })),
              fit: { label: `closed form, n = ${features}`, at },
            };
          }),
          references: [{ label: "flat", at: () => 0 }],
        }),
      ],
    ),
});

/** Angles on a circle: anywhere, or near even spacing; in thousandths of a turn. */
const spacings = fc.integer({ min: 2, max: 14 }).chain((n) => {
  const each = (range: number) =>
    fc.array(fc.integer({ min: -range, max: range }), { minLength: n, maxLength: n });
  return fc.oneof(
    each(500).map((turns) => turns.map((t) => (2 * Math.PI * t) / 1000)),
    each(40).map((turns) => turns.map((t, i) => (2 * Math.PI * i) / n + (2 * Math.PI * t) / 1000)),
  );
});
const scales = fc.integer({ min: -15, max: 25 }).map((k) => 10 ** (k / 10));

hypothesis("C3b even spacing is a minimum on the circle", {
  claim:
    "With all norms fixed, even spacing is a critical point of the loss, the loss curves upwards in every angular direction but the common rotation, and no other spacing tried is lower.",
  section,
  reading:
    "On the circle means with the norms held: with free norms there is no optimum, because a larger radius is always better (C1). The Hessian in the angles is circulant, so that its eigenvalues are those of the waves cos(2π·mode·i/n). Strict positivity is asked where it can be told from rounding: n²/40 ≤ r² and r²(1 − cos 2π/n) ≤ 25. That even spacing is lowest is checked on generated spacings, not proved.",
  properties: {
    "no tangential gradient": fc.property(counts, scales, (n, s) => {
      const points = onCircle(even(n), Math.sqrt(s));
      const g = gradient(softmaxModel(n), flat(points)).gradient;
      return points.every(([x, y], i) => Math.abs(x! * g[n + i]! - y! * g[i]!) < 1e-12 * (1 + s * s));
    }),
    "the curvature along a wave of angles is that of the loss": fc.property(
      fc.integer({ min: 3, max: 14 }),
      scales,
      fc.integer({ min: 0, max: 13 }),
      (n, s, wave) => {
        const along = even(n).map((a) => Math.cos((wave % n) * a));
        // ∂(summed loss)/∂ε where feature i turns by ε cos(2π mode i/n).
        const slope = (epsilon: number) => {
          const points = onCircle(
            even(n).map((a, i) => a + epsilon * along[i]!),
            Math.sqrt(s),
          );
          const g = gradient(softmaxModel(n), flat(points)).gradient;
          return points.reduce((sum, [x, y], i) => sum + n * along[i]! * (x! * g[n + i]! - y! * g[i]!), 0);
        };
        const curvature = (slope(1e-5) - slope(-1e-5)) / 2e-5;
        const found = curvature / dot(along, along);
        return Math.abs(found - angularCurvature(n, s, wave % n)) < 1e-5 * (1 + s * s);
      },
    ),
    "no wave of angles lowers the loss": fc.property(
      counts,
      scales,
      fc.integer({ min: 0, max: 59 }),
      (n, s, mode) => angularCurvature(n, s, mode % n) >= -1e-12 * (1 + s * s),
    ),
    "all but the rotation raise it": fc.property(
      fc.integer({ min: 3, max: 40 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 99 }),
      (n, place, wave) => {
        const [from, to] = [n ** 2 / 40, 25 / neighbour(n)];
        return angularCurvature(n, from * (to / from) ** (place / 100), 1 + (wave % (n - 1))) > 0;
      },
    ),
    "no spacing generated has a lower loss": fc.property(
      spacings,
      scales,
      (angles, s) =>
        meanLoss(onCircle(angles, Math.sqrt(s))) >=
        meanLoss(onCircle(even(angles.length), Math.sqrt(s))) - 1e-10,
    ),
  },
  nearMiss: {
    "uneven spacing is critical too": fc.property(spacings, (angles) => {
      const n = angles.length;
      const points = onCircle(angles, 2);
      const g = gradient(softmaxModel(n), flat(points)).gradient;
      return points.every(([x, y], i) => Math.abs(x! * g[n + i]! - y! * g[i]!) < 1e-12);
    }),
    "the rotation raises it as well": fc.property(counts, scales, (n, s) => angularCurvature(n, s, 0) > 0),
    "under squared error with ReLU even spacing is lower than features in pairs": fc.property(
      fc.integer({ min: 3, max: 12 }),
      (pairs) => {
        const of = (angles: readonly number[]) =>
          loss(
            autoencoder({ features: angles.length, hidden: 2, nonlinearity: "relu", loss: "mse" }),
            flat(onCircle(angles, 1)),
          );
        return of(even(2 * pairs)) < of(even(pairs).flatMap((a) => [a, a]));
      },
    ),
  },
});

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
