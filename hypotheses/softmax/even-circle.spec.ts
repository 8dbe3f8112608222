import fc from "fast-check";
import { exactClaim, geometry, hypothesis, recipe, scope, shapes, solutions } from "../../src/index.ts";
import { integers, listOf, onSeedsFrom20000 } from "../helpers.ts";
import { even, gaps, gradient, meanLoss, neighbour, onCircle, softmax, squaredError } from "./setup.ts";

/** Tied, no bias, features held to one circle: training ends in even spacing (C3), which is a minimum (C3b). */

/** Columns of norm 1 and outputs multiplied by a fixed scale: for logits, a circle whose radius is the scale's square root. */
const heldOnCircle = (scale: number) => ({ unitNorm: true, scale, frozen: ["scale"] });
const toConvergence = (rate: number) =>
  recipe({ steps: 20_000, rate, convergence: { gradientNorm: 1e-4, every: 500 } });

hypothesis("C3 on the circle training ends evenly spaced", {
  row: "C3",
  role: "as printed",
  kind: "landscape",
  claim:
    "Held to a circle of fixed radius, 5 to 20 features under tied softmax end evenly spaced, from any initialisation.",
  operationalisation:
    "Columns are kept at norm 1 and logits are multiplied by 10: without a fixed radius there is no optimum. Evenly spaced: every angle between neighbours is within 1 % of 2π/n, at a gradient norm of 1e-4 or less. That even spacing is a minimum is C3b. The control shows that a circle need not be even: under squared error with ReLU features merge in pairs.",
  given: scope("n", [10, 5, 8, 20], (n) => onSeedsFrom20000(softmax(n, heldOnCircle(10)), toConvergence(0.05 * n))),
  observe: (run) => ({
    "largest relative error of a gap": Math.max(...gaps(run.points).map((gap) => Math.abs(gap - 1))),
  }),
  expect: { nearlyAll: "evenly spaced to 1 %", when: (o) => o["largest relative error of a gap"] < 0.01 },
  control: {
    name: "squared error, ReLU",
    model: squaredError(10, heldOnCircle(1)),
    recipe: toConvergence(1),
  },
  figure: ({ cells, control }) =>
    [
      { points: cells[0]!.runs[0]!.points, caption: "softmax, n = 10" },
      { points: cells[3]!.runs[0]!.points, caption: "softmax, n = 20" },
      { points: control.runs[0]!.points, caption: "squared error, n = 10" },
    ].map((panel) => shapes.plane({ ...panel, width: 260 })),
});

const counts = integers(2, 60);
/** Angles on a circle: anywhere, or near even spacing. */
const spacings = integers(2, 14).chain((n) => {
  const turn = (most: number) => integers(-most, most).map((k) => (2 * Math.PI * k) / 1000);
  const nearEven = listOf(turn(40), n).map((slips) => even(n).map((a, i) => a + slips[i]!));
  return fc.oneof(listOf(turn(500), n), nearEven);
});
const squaredRadii = integers(-15, 25).map((k) => 10 ** (k / 10));

/** The derivative of the mean loss by the angle of each feature. */
const angularSlopes = (columns: readonly geometry.Point[]) =>
  gradient(columns).map(([gx, gy], i) => columns[i]![0]! * gy! - columns[i]![1]! * gx!);

exactClaim("C3b even spacing is a minimum on the circle", {
  row: "C3",
  role: "as printed",
  claim:
    "With all norms fixed, tied and without biases, even spacing is a critical point of the loss, the loss curves upwards in every angular direction but the common rotation, and no other spacing tried is lower.",
  operationalisation:
    "Norms are held fixed: with free norms there is no optimum, because a larger radius is always better (C1). The Hessian in the angles is circulant, so that its eigenvalues are those of the waves cos(2π·mode·i/n). Strict positivity is asked where it can be told from rounding: n²/40 ≤ r² and r²(1 − cos 2π/n) ≤ 25. That even spacing is lowest is checked on generated spacings, not proved.",
  properties: {
    "no tangential gradient": fc.property(counts, squaredRadii, (n, s) =>
      angularSlopes(geometry.polygon(n, Math.sqrt(s))).every((slope) => Math.abs(slope) < 1e-12 * (1 + s * s)),
    ),
    "the curvature along a wave of angles is that of the loss": fc.property(
      integers(3, 14),
      squaredRadii,
      integers(0, 13),
      (n, s, wave) => {
        const along = even(n).map((a) => Math.cos((wave % n) * a));
        // ∂(summed loss)/∂ε where feature i turns by ε cos(2π mode i/n).
        const slope = (epsilon: number) => {
          const angles = even(n).map((a, i) => a + epsilon * along[i]!);
          return n * geometry.dot(along, angularSlopes(onCircle(angles, Math.sqrt(s))));
        };
        const curvature = (slope(1e-5) - slope(-1e-5)) / 2e-5;
        const found = curvature / geometry.dot(along, along);
        return Math.abs(found - solutions.angularCurvature(n, s, wave % n)) < 1e-5 * (1 + s * s);
      },
    ),
    "no wave of angles lowers the loss": fc.property(
      counts,
      squaredRadii,
      integers(0, 59),
      (n, s, mode) => solutions.angularCurvature(n, s, mode % n) >= -1e-12 * (1 + s * s),
    ),
    "all but the rotation raise it": fc.property(
      integers(3, 40),
      integers(0, 100),
      integers(0, 99),
      (n, place, wave) => {
        const [from, to] = [n ** 2 / 40, 25 / neighbour(n)];
        return solutions.angularCurvature(n, from * (to / from) ** (place / 100), 1 + (wave % (n - 1))) > 0;
      },
    ),
    "no spacing generated has a lower loss": fc.property(spacings, squaredRadii, (angles, s) => {
      const loss = (spacing: readonly number[]) => meanLoss(onCircle(spacing, Math.sqrt(s)));
      return loss(angles) >= loss(even(angles.length)) - 1e-10;
    }),
  },
  nearMiss: {
    "uneven spacing is critical too": fc.property(spacings, (angles) =>
      angularSlopes(onCircle(angles, 2)).every((slope) => Math.abs(slope) < 1e-12),
    ),
    "the rotation raises it as well": fc.property(
      counts,
      squaredRadii,
      (n, s) => solutions.angularCurvature(n, s, 0) > 0,
    ),
  },
});
