import fc from "fast-check";
import {
  angularCurvature,
  autoencoder,
  compose,
  dot,
  gradient,
  hessian,
  hypothesis,
  loss,
  series,
  zeroCurvature,
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
  softmaxModel,
} from "./tied-algebra-setup.ts";

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
