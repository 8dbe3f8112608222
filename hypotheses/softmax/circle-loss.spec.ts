import fc from "fast-check";
import { charts, exactClaim, geometry } from "../../src/index.ts";
import { hundredths, indices, integers } from "../helpers.ts";
import { curve, even, meanLoss, nearly, neighbour, onCircle } from "./setup.ts";

/** Tied, no bias, all features on one circle: its loss tends to zero (C1). */

/** ln Σₖ e^{−r²(1 − cos 2πk/n)}: the loss of n features evenly on a circle of radius r; log1p keeps small ones exact. */
const circleLoss = (n: number, squaredRadius: number) => {
  const others = even(n).slice(1);
  return Math.log1p(others.reduce((sum, a) => sum + Math.exp(-squaredRadius * (1 - Math.cos(a))), 0));
};

const counts = integers(2, 60);
/** Squared radii in units of 1/(1 − cos 2π/n), which makes every n comparable. */
const reaches = hundredths(1, 3000);
/** A loss to come below, 1e-1 to 1e-6. */
const wanted = integers(10, 60).map((k) => 10 ** (-k / 10));
/** The radius that brings the loss of n features below ε, δ = 1 − cos of the angle between the closest two. */
const radiusFor = (epsilon: number, n: number, delta = neighbour(n)) => Math.sqrt(Math.log((n - 1) / epsilon) / delta);

exactClaim("C1 on a circle the loss tends to zero, for every n", {
  row: "C1",
  role: "as printed",
  claim:
    "However many features stand evenly on a circle, tied and without biases, their loss falls as the radius grows and tends to zero.",
  operationalisation:
    "With δ = 1 − cos(2π/n) for the angle between neighbours, the loss lies between ln(1 + 2e^{−r²δ}) and ln(1 + (n−1)e^{−r²δ}). So it is below ε at r² = ln((n−1)/ε)/δ, which grows like n². It is zero at no radius.",
  properties: {
    "the loss is ln Σₖ e^{−r²(1 − cos 2πk/n)}": fc.property(counts, reaches, (n, reach) => {
      const squaredRadius = reach / neighbour(n);
      const found = meanLoss(geometry.polygon(n, Math.sqrt(squaredRadius)));
      return nearly(found, circleLoss(n, squaredRadius), 1e-10);
    }),
    "it falls with the radius, and is never zero": fc.property(counts, reaches, reaches, (n, a, b) => {
      const [near, far] = [Math.min(a, b), Math.max(a, b) + 0.01].map((r) => circleLoss(n, r / neighbour(n)));
      return far! < near! && far! > 0;
    }),
    "it lies between the two bounds": fc.property(integers(3, 60), reaches, (n, reach) => {
      const found = circleLoss(n, reach / neighbour(n));
      const bound = (neighbours: number) => Math.log1p(neighbours * Math.exp(-reach));
      return found >= bound(2) * (1 - 1e-9) && found <= bound(n - 1) * (1 + 1e-9);
    }),
    "it is below ε at r² = ln((n−1)/ε)/δ": fc.property(
      counts,
      wanted,
      (n, epsilon) => meanLoss(geometry.polygon(n, radiusFor(epsilon, n))) <= epsilon * (1 + 1e-6),
    ),
    "the same for distinct directions that are not even, δ taken at the closest two": fc.property(
      fc.uniqueArray(integers(0, 99), { minLength: 2, maxLength: 12 }),
      wanted,
      (places, epsilon) => {
        const angles = places.map((k) => (2 * Math.PI * k) / 100);
        const pairs = angles.flatMap((a, i) => angles.slice(0, i).map((b) => 1 - Math.cos(a - b)));
        const radius = radiusFor(epsilon, angles.length, Math.min(...pairs));
        return meanLoss(onCircle(angles, radius)) <= epsilon * (1 + 1e-6);
      },
    ),
  },
  nearMiss: {
    "with two of them in the same place": fc.property(
      integers(2, 20),
      wanted,
      (n, epsilon) => meanLoss(onCircle([0, ...even(n)], radiusFor(epsilon, n))) <= epsilon,
    ),
    "one radius that serves every n": fc.property(counts, (n) => circleLoss(n, radiusFor(0.01, 5) ** 2) <= 0.01),
  },
  figure: lossByRadius,
});

function lossByRadius() {
  return charts.series({
    x: "radius",
    y: "mean loss, nats a feature",
    width: 720,
    series: [5, 10, 20, 40].map((n) =>
      curve(`n = ${n}`, `closed form, n = ${n}`, indices(31), (r) => circleLoss(n, r * r)),
    ),
  });
}
