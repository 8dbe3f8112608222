import fc from "fast-check";
import { firstPassage, hypothesis, race } from "../../src/index.ts";

/** Softmax, untied: what the order of learning (C8) is read with, tried on any course (C8d). */
const section = "Softmax + cross-entropy · untied, no bias";

/** A quantity at checkpoints. */
const courses = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });

hypothesis("C8d what the detectors of C8 see", {
  claim:
    "A quantity passes a level at the first checkpoint at which it exceeds it, whatever it does later; of two passages the earlier one wins, and at one checkpoint they tie.",
  section,
  properties: {
    "before the passage nothing exceeds the level, at it the quantity does": fc.property(
      courses,
      (values) => {
        const at = firstPassage(values, 10);
        return at === Number.POSITIVE_INFINITY
          ? values.every((v) => v <= 10)
          : values[at]! > 10 && values.slice(0, at).every((v) => v <= 10);
      },
    ),
    "what runs ahead by a checkpoint wins, and a copy ties": fc.property(courses, (values) => {
      const [early, late] = [
        [...values, 11],
        [0, ...values, 11],
      ].map((v) => firstPassage(v, 10));
      return (
        race(early!, late!) === "first" && race(late!, early!) === "second" && race(early!, early!) === "tie"
      );
    }),
    "where neither passes, neither wins": fc.property(
      courses,
      (values) => race(firstPassage(values, 20), firstPassage(values.toReversed(), 20)) === "neither",
    ),
  },
  nearMiss: {
    "from the passage on the quantity exceeds the level": fc.property(courses, (values) =>
      values.slice(firstPassage(values, 10)).every((v) => v > 10),
    ),
  },
});
