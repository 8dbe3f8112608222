import fc from "fast-check";
import {
  angleBetween,
  angleOffCross,
  emptyOppositeSectors,
  hypothesis,
  longestPair,
} from "../../src/index.ts";
import { at, degrees, section, times } from "./untied-setup.ts";

/** Untied, no bias: what "on the edges of opposite quadrants" (U3) is measured with, tried on vectors that are planted (U3d). */

const turns = fc.integer({ min: 0, max: 359 });
/** Angles from a half-axis, in degrees, and how long the vectors are. */
const slips = fc.array(
  fc.record({
    slip: fc.integer({ min: -20, max: 20 }),
    quarter: fc.nat(3),
    length: fc.integer({ min: 1, max: 90 }),
  }),
  { minLength: 1, maxLength: 9 },
);
const spread = (angles: readonly number[]) => Math.max(...angles) - Math.min(...angles);
const vector = (angle: number, length: number) => times(at(angle), length);
const close = (a: number, b: number) => Math.abs(a - b) < 1e-6;

hypothesis("U3d what the measures of quadrants see", {
  claim:
    "Vectors that lie off the half-axes of any frame by given angles are measured as that far off a cross; those in two opposite sectors leave the rest empty; the two longest are found, with their angle and bisector.",
  section,
  properties: {
    "off a cross: half of the spread about the half-axes": fc.property(turns, slips, (turn, vectors) =>
      close(
        degrees(angleOffCross(vectors.map((v) => vector(turn + 90 * v.quarter + v.slip, v.length / 30)))),
        spread(vectors.map((v) => v.slip)) / 2,
      ),
    ),
    "empty opposite sectors: what two opposite ones leave": fc.property(turns, slips, (turn, vectors) =>
      close(
        degrees(
          emptyOppositeSectors(vectors.map((v) => vector(turn + 180 * v.quarter + v.slip, v.length / 30))),
        ),
        180 - spread(vectors.map((v) => v.slip)),
      ),
    ),
    "the two longest: their angle, and a bisector as far from either": fc.property(
      turns,
      fc.integer({ min: 1, max: 170 }),
      slips,
      fc.nat(9),
      (turn, apart, vectors, place) => {
        const shorter = vectors.map((v) => vector(turn + 90 * v.quarter + v.slip, v.length / 100));
        const [a, b] = [vector(turn, 3), vector(turn + apart, 2)];
        const found = longestPair([...shorter.slice(0, place), a, ...shorter.slice(place), b]);
        return (
          close(degrees(found.angle), apart) &&
          close(degrees(angleBetween(found.bisector, a)), apart / 2) &&
          close(degrees(angleBetween(b, times(found.bisector, 7))), apart / 2)
        );
      },
    ),
  },
  nearMiss: {
    "three vectors at 60° leave two opposite quadrants empty": fc.property(
      turns,
      (turn) => emptyOppositeSectors([0, 60, 120].map((a) => vector(turn + a, 1))) >= Math.PI / 2 - 1e-9,
    ),
  },
});
