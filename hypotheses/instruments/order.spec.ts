import fc from "fast-check";
import { dynamics, exactClaim } from "../../src/index.ts";
import { integers } from "../helpers.ts";

/** How the order of learning (C8) is measured, tried on any series (C8d). */

/** A quantity at checkpoints. */
const series = fc.array(integers(0, 20), { minLength: 1, maxLength: 30 });

exactClaim("C8d how the order of two events is measured", {
  row: "C8",
  role: "instrument",
  claim:
    "A quantity passes a level at the first checkpoint at which it exceeds it, whatever it does later; of two passages the earlier one wins, and at one checkpoint they tie.",
  properties: {
    "before the passage nothing exceeds the level, at it the quantity does": fc.property(series, (values) => {
      const at = dynamics.firstPassage(values, 10);
      const never = values.every((v) => v <= 10);
      return at === Number.POSITIVE_INFINITY ? never : at === values.findIndex((v) => v > 10);
    }),
    "what runs ahead by a checkpoint wins, and a copy ties": fc.property(series, (values) => {
      const early = dynamics.firstPassage([...values, 11], 10);
      const late = dynamics.firstPassage([0, ...values, 11], 10);
      return (
        dynamics.race(early, late) === "first" &&
        dynamics.race(late, early) === "second" &&
        dynamics.race(early, early) === "tie"
      );
    }),
    "where neither passes, neither wins": fc.property(series, (values) => {
      const never = dynamics.firstPassage(values, 20);
      return dynamics.race(never, never) === "neither";
    }),
  },
  nearMiss: {
    "from the passage on the quantity exceeds the level": fc.property(series, (values) =>
      values.slice(dynamics.firstPassage(values, 10)).every((v) => v > 10),
    ),
  },
});
