import fc from "fast-check";
import { exactClaim, range, statistics } from "../../src/index.ts";
import { close } from "../helpers.ts";
import { counted, curve, drawn, overDimensions, tegumProduct, upTo } from "./setup.ts";

/**
 * The largest interference, |cos| of two directions' angle, beside the mean one (J4): of a tegum product of pentagons (copies
 * in orthogonal planes), and of as many directions uniform on the sphere.
 */

const pentagons = (copies: number) => counted(tegumProduct("pentagon", copies));

const byModulus = { mean: "mean", largest: "max" } as const;
const byRelu = { mean: "rectifiedMean", largest: "rectifiedMax" } as const;

/** Whether the pentagons' mean is lower and their largest higher than those of as many uniform directions, in every draw. */
function ranksDifferently(by: typeof byModulus | typeof byRelu, d: number, draws: number): boolean {
  const product = pentagons(d / 2);
  return range(1000, 1000 + draws).every((seed) => {
    const uniform = drawn(2.5 * d, d, seed);
    return product[by.mean] < uniform[by.mean] && product[by.largest] > uniform[by.largest];
  });
}

exactClaim("J4 mean and largest interference rank the arrangements differently", {
  row: "J4",
  role: "as printed",
  claim:
    "By mean interference a tegum product of pentagons is better than as many uniform directions, by largest interference worse, from about d = 16 on by |cos| and from about d = 300 on by ReLU(cos); in the lowest dimensions the product is better in both.",
  operationalisation:
    "Equal numbers, 5d/2. The product's largest stays cos 36° = 0.809 (|cos|) or cos 72° = 0.309 (ReLU) while that of uniform directions falls as √(4 ln N/d). 64 draws at d = 40, three at d = 360 (900 directions each); all have to agree.",
  properties: {
    "|cos| at d = 40: lower mean, higher largest, in 64 of 64 draws": () => ranksDifferently(byModulus, 40, 64),
    "ReLU(cos) at d = 360: lower mean, higher largest, in 3 of 3 draws": () => ranksDifferently(byRelu, 360, 3),
    "the mean is lower in every even dimension": fc.property(upTo(5000), (copies) => {
      const { d, mean } = tegumProduct("pentagon", copies);
      return mean < statistics.meanAbsoluteCosine(d);
    }),
    "the product's largest does not depend on d": fc.property(upTo(12), (copies) => {
      const { max, rectifiedMax } = pentagons(copies);
      return close(max, Math.cos(Math.PI / 5), 1e-12) && close(rectifiedMax, Math.cos((2 * Math.PI) / 5), 1e-12);
    }),
  },
  nearMiss: {
    "|cos| at d = 4: the same in every one of 64 draws": () => ranksDifferently(byModulus, 4, 64),
    "ReLU(cos) at d = 100: the same in every one of 8 draws": () => ranksDifferently(byRelu, 100, 8),
    "by root mean square they rank as by the largest": () => pentagons(20).rms > drawn(100, 40).rms,
  },
  figure: () => [
    panel("mean |cos|", "mean"),
    panel("largest |cos|", "max"),
    panel("largest ReLU(cos)", "rectifiedMax"),
  ],
});

function panel(caption: string, of: "mean" | "max" | "rectifiedMax") {
  const dimensions = [4, 12, 40, 120, 240];
  const series = [
    curve("uniform, one draw", dimensions, (d) => drawn(2.5 * d, d)[of]),
    curve("pentagons", dimensions, (d) => pentagons(d / 2)[of]),
  ];
  return overDimensions({ caption, y: caption, width: 400, series });
}
