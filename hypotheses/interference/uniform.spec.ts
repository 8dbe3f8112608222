import fc from "fast-check";
import { exactClaim, range, statistics } from "../../src/index.ts";
import { curve, drawn, overDimensions, standardErrorsOff, tegumProduct, uniformLimit } from "./setup.ts";

/** How the mean interference, |cos| of the angle, of directions uniform on the sphere falls with the dimension (J1). */

const dimensions = fc.integer({ min: 2, max: 10_000 });
const scaledMean = (d: number) => Math.sqrt(d) * statistics.meanAbsoluteCosine(d);

exactClaim("J1 directions uniform on the sphere interfere as 1/√d on average", {
  row: "J1",
  role: "as printed",
  claim: "The mean interference of directions uniform on the sphere in ℝᵈ falls as 1/√d: as √(2/(πd)).",
  properties: {
    "√d times the mean lies between √(2/π) and √(2/π)(1 + 1/(4d) + 1/d²)": fc.property(
      dimensions,
      (d) => scaledMean(d) > uniformLimit && scaledMean(d) < uniformLimit * (1 + 1 / (4 * d) + 1 / d ** 2),
    ),
    "√d times the mean decreases with d": fc.property(dimensions, (d) => scaledMean(d + 1) < scaledMean(d)),
    "samples of 5d/2 directions agree to four standard errors, d = 10, 40, 160": () =>
      [10, 40, 160].every((d) => range(1000, 1004).every((seed) => standardErrorsOff(2.5 * d, d, seed) < 4)),
  },
  nearMiss: {
    "as 1/d: d times the mean stays below 5": fc.property(dimensions, (d) => d * statistics.meanAbsoluteCosine(d) < 5),
    "the mean is 1/√d itself (that is the root mean square)": () =>
      range(1000, 1004).every((seed) => Math.abs(drawn(400, 160, seed).mean * Math.sqrt(160) - 1) < 0.05),
  },
  figure: () =>
    overDimensions({
      y: "mean |cos|",
      series: [
        curve("uniform, one draw of 5d/2", [12, 24, 60, 120, 240], (d) => drawn(2.5 * d, d).mean),
        curve("pentagons, 5d/2", [12, 24, 60, 120, 240, 600], (d) => tegumProduct("pentagon", d / 2).mean),
      ],
      references: [
        { label: "√(2/(πd))", at: (d) => uniformLimit / Math.sqrt(d) },
        { label: "0.894/d", at: (d) => 2 / Math.sqrt(5) / d },
      ],
    }),
});
