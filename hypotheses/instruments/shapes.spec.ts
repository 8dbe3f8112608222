import fc from "fast-check";
import { exactClaim, geometry } from "../../src/index.ts";
import { close, hundredths, indices, integers } from "../helpers.ts";

/**
 * How shapes in the plane are measured, tried on points whose norms and angles are known: a regular polygon (T1, B4, S6) in T1c,
 * the edges of opposite quadrants (U3) in U3d, a circle and zero (C2) in C2f.
 */

const vector = (degrees: number, length: number) =>
  [Math.cos, Math.sin].map((of) => length * of((degrees * Math.PI) / 180));
const turned = ([x, y]: geometry.Point, by: number) => [
  Math.cos(by) * x! - Math.sin(by) * y!,
  Math.sin(by) * x! + Math.cos(by) * y!,
];
const turns = fc.nat(359);

/** A regular k-gon of any size, turned by any angle, its corners from any one on. */
const polygons = fc
  .record({ k: integers(3, 12), size: hundredths(10, 300), turn: turns, from: fc.nat(11) })
  .map(({ k, size, turn, from }) => ({
    k,
    points: indices(k).map((i) => vector((360 * (i + from)) / k + turn, size)),
  }));
/** In radians, and as a share of the norm. */
const slips = integers(11, 300).map((k) => k / 1000);
const withFirst = (first: geometry.Point, points: readonly geometry.Point[]) =>
  geometry.regularPolygon([first, ...points.slice(1)]);

exactClaim("T1c what a regular polygon is", {
  row: "T1",
  role: "instrument",
  claim:
    "Points count as a regular polygon when all angles between neighbours, the last and the first included, are equal to 0.01 rad and all norms to 1 %; by how much they miss it is measured.",
  properties: {
    "a regular k-gon is one, however turned and numbered": fc.property(polygons, ({ k, points }) => {
      const shape = geometry.regularPolygon(points);
      return shape.regular && shape.k === k && shape.angleError < 1e-9 && shape.normSpread < 1e-9;
    }),
    "with one corner turned by an angle it is not, and that angle is the error": fc.property(
      polygons,
      slips,
      ({ points }, slip) => {
        const { regular, angleError, normSpread } = withFirst(turned(points[0]!, slip), points);
        return !regular && close(angleError, slip) && normSpread < 1e-9;
      },
    ),
    "without one corner it is not, and the gap there is the error, wherever it lies": fc.property(
      polygons.filter(({ k }) => k > 3),
      ({ k, points }) => {
        const { regular, angleError } = geometry.regularPolygon(points.slice(1));
        return !regular && close(angleError, (2 * Math.PI * (k - 2)) / (k * (k - 1)));
      },
    ),
    "with one corner longer it is not, and the spread is relative to the mean norm": fc.property(
      polygons,
      slips,
      ({ k, points }, slip) => {
        const longer = points[0]!.map((x) => (1 + slip) * x);
        const { regular, angleError, normSpread } = withFirst(longer, points);
        const spread = slip / (1 + slip / k);
        return regular === spread <= 0.01 && close(normSpread, spread) && angleError < 1e-9;
      },
    ),
    "less than a hundredth in either is let pass": fc.property(polygons, fc.nat(9), ({ points }, slip) => {
      const corner = turned(points[0]!, slip / 1000).map((x) => (1 + slip / 1000) * x);
      return withFirst(corner, points).regular;
    }),
  },
  nearMiss: {
    "two opposite points are one": fc.property(
      polygons,
      ({ points: [first] }) => geometry.regularPolygon([first!, first!.map((x) => -x)]).regular,
    ),
  },
});

/** Vectors by how many degrees they are off the half-axes of a frame, or off two opposite ones, and between which they lie. */
const offAxes = fc
  .array(fc.record({ slip: integers(-20, 20), axis: fc.nat(3), length: hundredths(1, 90) }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((vectors) => {
    const all = vectors.map(({ slip }) => slip);
    return {
      spread: Math.max(...all) - Math.min(...all),
      from: (turn: number, between: 90 | 180) =>
        vectors.map(({ slip, axis, length }) => vector(turn + between * axis + slip, length)),
    };
  });
const isAngle = (found: number, degrees: number) => close((found * 180) / Math.PI, degrees, 1e-6);

exactClaim("U3d how quadrants are measured", {
  row: "U3",
  role: "instrument",
  claim:
    "Vectors that lie off the half-axes of any frame by given angles are measured as that far off a cross; those in two opposite sectors leave the rest empty; the two longest are found, with their angle and bisector.",
  properties: {
    "off a cross: half of the spread about the half-axes": fc.property(turns, offAxes, (turn, { from, spread }) =>
      isAngle(geometry.angleOffCross(from(turn, 90)), spread / 2),
    ),
    "empty opposite sectors: what two opposite ones leave": fc.property(turns, offAxes, (turn, { from, spread }) =>
      isAngle(geometry.emptyOppositeSectors(from(turn, 180)), 180 - spread),
    ),
    "the two longest: their angle, and a bisector as far from either": fc.property(
      turns,
      integers(1, 170),
      offAxes,
      fc.nat(9),
      (turn, apart, { from }, place) => {
        const shorter = from(turn, 90);
        const [a, b] = [vector(turn, 3), vector(turn + apart, 2)];
        const found = geometry.longestPair([...shorter.slice(0, place), a, ...shorter.slice(place), b]);
        const halves = [a, b].map((v) => geometry.angleBetween(found.bisector, v));
        return isAngle(found.angle, apart) && halves.every((half) => isAngle(half, apart / 2));
      },
    ),
  },
  nearMiss: {
    "three vectors at 60° leave two opposite quadrants empty": fc.property(turns, (turn) => {
      const three = [0, 60, 120].map((angle) => vector(turn + angle, 1));
      return geometry.emptyOppositeSectors(three) >= Math.PI / 2 - 1e-9;
    }),
  },
});

/** Shares of the radius in hundredths: on the ring, at zero, and between them. */
const planted = fc.record({
  radius: hundredths(1, 900),
  ring: fc.array(integers(99, 100), { maxLength: 9 }),
  zero: fc.array(integers(0, 1), { maxLength: 9 }),
  between: fc.array(integers(3, 97), { maxLength: 9 }),
  turn: turns,
});

exactClaim("C2f what counts as on the circle, and as at zero", {
  row: "C2",
  role: "instrument",
  claim:
    "A feature is on the circle within 2 % of the largest norm, at zero below 2 % of it, and else between the two: every feature is one of the three.",
  properties: {
    "each is found where it was put": fc.property(planted, ({ radius, ring, zero, between, turn }) => {
      // One that sets the radius comes first.
      const shares = [100, ...ring, ...zero, ...between];
      const found = geometry.twoLevel(shares.map((share, i) => vector(turn + 37 * i, (radius * share) / 100)));
      const sharesOf = (group: readonly number[]) => group.map((i) => shares[i]!).join();
      return (
        sharesOf(found.onRing) === [100, ...ring].join() &&
        sharesOf(found.atZero) === zero.join() &&
        sharesOf(found.between) === between.join()
      );
    }),
  },
  nearMiss: {
    "nothing is between the two": fc.property(
      integers(3, 97),
      (share) => geometry.twoLevel([[1], [share / 100]]).between.length === 0,
    ),
  },
});
