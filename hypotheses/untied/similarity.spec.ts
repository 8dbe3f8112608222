import fc from "fast-check";
import { exactClaim, geometry } from "../../src/index.ts";
import { close, hundredths, integers, listOf } from "../helpers.ts";
import { norm, times } from "./setup.ts";

/**
 * What the note says beside its main line on untied models: finding features by a singular value decomposition (U11), the
 * positivity of a measurement's operators (U12), and readers that depend on all interfering features (U7d).
 */

const vector = (d: number) => listOf(hundredths(-200, 200), d).filter((v) => norm(v) > 0.1);

exactClaim("U11 the singular vectors of an embedding name no features", {
  row: "U11",
  role: "as printed",
  claim:
    "An embedding of n features in d < n dimensions has at most d singular vectors; where the features are spread evenly in the plane the two singular values are equal, so that any orthonormal pair is as good.",
  operationalisation:
    "Squared singular values are the eigenvalues of Σwᵢwᵢᵀ. So a decomposition of one layer cannot be matched with that of another feature by feature. A sparse autoencoder that finds the true directions leaves the pairing itself, which is U6.",
  properties: {
    "n features evenly on a circle: equal singular values": fc.property(
      integers(3, 30),
      hundredths(10, 300),
      (n, radius) => {
        const [low, high] = geometry.frameSpectrum(geometry.polygon(n, radius));
        return close(low!, high!, 1e-9 * high!);
      },
    ),
    "and never more of them than dimensions": fc.property(integers(1, 4), integers(5, 9), (d, n) =>
      fc.sample(vector(d), { numRuns: 3, seed: n }).every(() => {
        const columns = fc.sample(vector(d), { numRuns: n, seed: n });
        return geometry.rank(columns) <= d;
      }),
    ),
  },
  nearMiss: {
    "any five features in the plane have equal singular values": fc.property(listOf(vector(2), 5), (columns) => {
      const [low, high] = geometry.frameSpectrum(columns);
      return close(low!, high!, 1e-9 * high!);
    }),
  },
});

/** xᵀ u vᵀ x for x of norm 1. */
const quadratic = (u: geometry.Point, v: geometry.Point, x: geometry.Point) =>
  (geometry.dot(x, u) * geometry.dot(x, v)) / geometry.dot(x, x);
/** The least of them over all x. */
const least = (u: geometry.Point, v: geometry.Point) => (geometry.dot(u, v) - norm(u) * norm(v)) / 2;
const unitDifference = (u: geometry.Point, v: geometry.Point) => u.map((x, k) => x / norm(u) - v[k]! / norm(v));
const triples = integers(2, 5).chain((d) => fc.tuple(vector(d), vector(d), vector(d)));

exactClaim("U12 writing and reading is positive only where a reader points along its vector", {
  row: "U12",
  role: "answer",
  claim:
    "The operator u vᵀ that writes v and reads u has xᵀuvᵀx ≥ (u·v − ‖u‖‖v‖)/2 for every unit vector x, with equality for one x: it is positive, as the elements of a POVM are, only when u points along v.",
  operationalisation:
    "So positivity is what tied models have and untied ones give up: their reading vectors end perpendicular to other features (U7), not along their own.",
  properties: {
    "never below (u·v − ‖u‖‖v‖)/2": fc.property(triples, ([u, v, x]) => quadratic(u, v, x) >= least(u, v) - 1e-9),
    "reached at the difference of the unit vectors": fc.property(
      triples.filter(([u, v]) => norm(unitDifference(u, v)) > 0.01),
      ([u, v]) => close(quadratic(u, v, unitDifference(u, v)), least(u, v), 1e-9),
    ),
    "never negative where u points along v": fc.property(
      triples,
      hundredths(1, 300),
      ([u, , x], length) => quadratic(u, times(u, length), x) >= 0,
    ),
  },
  nearMiss: {
    "never negative where u and v are less than 90° apart": fc.property(
      triples.filter(([u, v]) => geometry.dot(u, v) > 0),
      ([u, v, x]) => quadratic(u, v, x) >= 0,
    ),
    "never below (u·v − ‖u‖‖v‖)/4": fc.property(
      triples,
      ([u, v]) => norm(unitDifference(u, v)) < 0.01 || quadratic(u, v, unitDifference(u, v)) >= least(u, v) / 2 - 1e-9,
    ),
  },
});

/** d vectors that span ℝᵈ, and one more. */
const bases = integers(2, 4)
  .chain((d) => fc.tuple(listOf(vector(d), d), vector(d)))
  .filter(([basis]) => geometry.frameSpectrum(basis)[0]! > 0.05);

exactClaim("U7d the best reader depends on every interfering feature", {
  row: "U7",
  role: "supporting",
  claim:
    "As many written vectors as dimensions have one set of lossless linear readers, each perpendicular to all the other vectors; if one vector moves along itself and a second one, it is the second one's reader that changes.",
  operationalisation: "Lossless: uᵢ·vⱼ is 1 for i = j and 0 otherwise. Independent vectors, without a nonlinearity.",
  properties: {
    "each shows its own and nothing of the others": fc.property(bases, ([basis]) => {
      const readers = geometry.reciprocalVectors(basis);
      return readers.every((u, i) => basis.every((v, j) => close(geometry.dot(u, v), i === j ? 1 : 0, 1e-6)));
    }),
    "adding the second vector to the first changes the second one's reader, and no other": fc.property(
      bases,
      ([basis]) => {
        const [first, second, ...rest] = basis;
        const before = geometry.reciprocalVectors(basis);
        const after = geometry.reciprocalVectors([first!.map((x, k) => x + second![k]!), second!, ...rest]);
        const same = after.map((u, i) => u.every((x, k) => close(x, before[i]![k]!, 1e-6)));
        return same.every((is, i) => is === (i !== 1));
      },
    ),
  },
  nearMiss: {
    "the reader of a vector that does not move stays": fc.property(bases, ([basis, added]) => {
      const [first, ...others] = basis;
      const before = geometry.reciprocalVectors(basis);
      const after = geometry.reciprocalVectors([first!.map((x, k) => x + 0.1 * added[k]!), ...others]);
      return after.slice(1).every((u, i) => u.every((x, k) => close(x, before[i + 1]![k]!, 1e-6)));
    }),
  },
});
