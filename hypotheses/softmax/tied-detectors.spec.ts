import fc from "fast-check";
import { hypothesis, twoLevel } from "../../src/index.ts";

/** Softmax, tied: what "on a circle or at zero" is measured with, tried on points that are planted (C2f). */
const section = "Softmax + cross-entropy · tied, no bias";

/** Shares of the radius in hundredths: on the ring, at zero, and between them. */
const planted = fc.record({
  radius: fc.integer({ min: 1, max: 900 }).map((k) => k / 100),
  ring: fc.array(fc.integer({ min: 99, max: 100 }), { maxLength: 9 }),
  zero: fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 9 }),
  between: fc.array(fc.integer({ min: 3, max: 97 }), { maxLength: 9 }),
  turn: fc.integer({ min: 0, max: 359 }),
});

hypothesis("C2f what counts as on the circle, and as at zero", {
  claim:
    "A feature is on the circle within 2 % of the largest norm, at zero below 2 % of it, and else between the two: every feature is one of the three.",
  section,
  properties: {
    "each is found where it was put": fc.property(planted, ({ radius, ring, zero, between, turn }) => {
      // One that sets the radius comes first.
      const shares = [100, ...ring, ...zero, ...between];
      const points = shares.map((share, i) => {
        const angle = (Math.PI / 180) * (turn + 37 * i);
        return [Math.cos, Math.sin].map((of) => (radius * share * of(angle)) / 100);
      });
      const found = twoLevel(points);
      const numbers = shares.map((_, i) => i);
      const [one, two] = [1 + ring.length, 1 + ring.length + zero.length];
      return (
        found.onRing.join() === numbers.slice(0, one).join() &&
        found.atZero.join() === numbers.slice(one, two).join() &&
        found.between.join() === numbers.slice(two).join()
      );
    }),
  },
  nearMiss: {
    "nothing is between the two": fc.property(planted, ({ between }) =>
      between.every(
        (share) =>
          twoLevel([
            [1, 0],
            [share / 100, 0],
          ]).between.length === 0,
      ),
    ),
  },
});
