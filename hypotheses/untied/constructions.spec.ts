import fc from "fast-check";
import { charts, exactClaim, geometry, solutions } from "../../src/index.ts";
import { close, hundredths, listOf } from "../helpers.ts";
import { mispaired } from "./observations.ts";
import { lossOf, radians, summedObjective, tied, tiedOptimum } from "./setup.ts";

/**
 * Untied ReLU, no bias, two hidden dimensions: two constructions. Five features on five corners of a hexagon, each r times
 * shorter than the one before and read 30° to its side; and n features on a half-circle, each read perpendicular to the one
 * before. Both beat every tied solution (U2), and in both a written vector's nearest reader can be another's (U5).
 */

const hexagonLoss = (r: number) => r ** 2 / (1 + r ** 2) + (2 * r ** 4) / (1 + r ** 4);
type Construction = ReturnType<typeof solutions.spiral>;
const lossUnderReLU = ({ written, reading }: Construction) => lossOf("relu", written, reading);

/** Whether some reader shows another's vector, too; written angles and the readers' offsets from them, in degrees. */
const interferes = (vectors: readonly (readonly [angle: number, offset: number])[]) =>
  vectors.some(([a, offset], j) => vectors.some(([b], i) => i !== j && Math.cos(radians(a + offset - b)) > 1e-9));

exactClaim("U2a constructions that beat every tied solution", {
  row: "U2",
  role: "as printed",
  claim:
    "Five features in 2D can be written and read with a loss below that of every tied ReLU solution. Any number of features can, with a loss as near 0 as one likes, though from five features on never 0.",
  operationalisation:
    "The constructions on a hexagon and on a half-circle. That no tied solution of five features is below 0.8018 is a numerical bound, by descent from each generated initialisation (and every seed of U2).",
  properties: {
    "hexagon: the loss is r²/(1 + r²) + 2r⁴/(1 + r⁴)": fc.property(hundredths(5, 100), (r) =>
      close(lossUnderReLU(solutions.fiveOnHexagon(r)), hexagonLoss(r)),
    ),
    "hexagon: below the tied optimum for every r up to 0.73": fc.property(
      hundredths(5, 73),
      (r) => lossUnderReLU(solutions.fiveOnHexagon(r)) < tiedOptimum.relu,
    ),
    "descent from no tied start gets below the tied optimum": fc.property(
      listOf(hundredths(-100, 100), 10),
      (initial) => lossAfterDescent(initial) > tiedOptimum.relu - 1e-9,
    ),
    "half-circle: the loss is Σ (n − k) r²ᵏ (sin((k + 1)π/n)/sin(π/n))²": fc.property(
      fc.integer({ min: 3, max: 12 }),
      hundredths(20, 90),
      (n, r) => close(lossUnderReLU(solutions.spiral(n, r)) / solutions.spiralLoss(n, r), 1, 1e-6),
    ),
    "half-circle: for r up to 0.1 it is below 5nr², so it tends to 0": fc.property(
      fc.integer({ min: 3, max: 50 }),
      fc.integer({ min: 1, max: 1000 }).map((k) => k / 10_000),
      (n, r) => solutions.spiralLoss(n, r) < 5 * n * r ** 2,
    ),
    // Any five of them do. A reader less than 90° from its own vector shows it.
    "from five features on some reader sees another feature's vector, so the loss is not 0": fc.property(
      listOf(fc.tuple(fc.integer({ min: 0, max: 359 }), fc.integer({ min: -89, max: 89 })), 5),
      interferes,
    ),
  },
  nearMiss: {
    "hexagon: below the tied optimum for every r": fc.property(
      hundredths(5, 100),
      (r) => lossUnderReLU(solutions.fiveOnHexagon(r)) < tiedOptimum.relu,
    ),
    "with four features some reader sees another's vector": () =>
      interferes([0, 90, 180, 270].map((angle) => [angle, 0])),
  },
  figure: () => [
    draw(solutions.fiveOnHexagon(0.4), `Hexagon, r = 0.4: loss ${hexagonLoss(0.4).toFixed(4)}`),
    draw(solutions.spiral(5, 0.2), `Half-circle, r = 0.2: loss ${solutions.spiralLoss(5, 0.2).toFixed(4)}`),
    drawLosses(),
  ],
});

const cosine30 = Math.cos(Math.PI / 6);
const onHalfCircle = (n: number) => {
  const { written, reading } = solutions.spiral(n, 0.5);
  return [written, reading] as const;
};

exactClaim("U5c constructions in which the nearest reading vector is another feature's", {
  row: "U5",
  role: "supporting",
  claim:
    "In the construction of five features on a hexagon three written vectors are as near to another feature's reading vector as to their own. On the half-circle all but one of n features are nearest to another's.",
  operationalisation:
    "The constructions of U2a, whose loss tends to 0 with the ratio of lengths, which angles do not depend on. On the hexagon the second, fourth and fifth written vectors stand 30° from their own reading vector and 30° from another's, so that any disturbance decides.",
  properties: {
    "hexagon: the second, fourth and fifth have two readers at 30°, the own among them, and none nearer": fc.property(
      hundredths(1, 99),
      (r) => {
        const { written, reading } = solutions.fiveOnHexagon(r);
        return [1, 3, 4].every((i) => {
          const cosines = reading.map((u) => geometry.cosine(written[i]!, u));
          const at30 = cosines.filter((c) => close(c, cosine30)).length;
          return at30 === 2 && close(cosines[i]!, cosine30) && Math.max(...cosines) < cosine30 + 1e-9;
        });
      },
    ),
    "half-circle: another's reader is nearest for n − 1 of n = 5, 8, 20 features": () =>
      [5, 8, 20].every((n) => mispaired(geometry.nearestReaders(...onHalfCircle(n))) === n - 1),
    "half-circle: pairing by the dot product is always right": fc.property(
      fc.integer({ min: 3, max: 20 }),
      (n) => mispaired(geometry.strongestReaders(...onHalfCircle(n))) === 0,
    ),
  },
  nearMiss: {
    "half-circle: with three features too, the first is nearest to another's": () =>
      geometry.nearestReaders(...onHalfCircle(3))[0] !== 0,
  },
  figure: () => [
    draw(solutions.fiveOnHexagon(0.4), "Hexagon: ties at 30°"),
    draw(solutions.spiral(5, 0.3), "Half-circle: own reader at 54°, another's nearer"),
  ],
});

/** Of five tied vectors after a hundred steps of gradient descent on the summed loss at rate 0.05. */
function lossAfterDescent(initial: readonly number[]): number {
  const model = tied("relu", 5);
  let weights = Float64Array.from(initial);
  for (let step = 0; step < 100; step++) {
    const { gradient } = summedObjective(model, weights);
    weights = weights.map((weight, k) => weight - 0.05 * gradient[k]!);
  }
  return summedObjective(model, weights).loss;
}

const draw = (construction: Construction, caption: string) => charts.pairs({ ...construction, caption });

function drawLosses() {
  return charts.series({
    caption: "Loss against the ratio of successive lengths",
    x: "ratio r",
    y: "summed loss",
    xScale: "log",
    yScale: "log",
    width: 420,
    height: 340,
    series: [
      {
        label: "hexagon, n = 5",
        points: [0.05, 0.1, 0.2, 0.4, 0.7].map((r) => ({ x: r, y: hexagonLoss(r) })),
        fit: { label: "r²/(1 + r²) + 2r⁴/(1 + r⁴)", at: hexagonLoss },
      },
      {
        label: "half-circle, n = 20",
        points: [0.05, 0.1, 0.2, 0.4].map((r) => ({ x: r, y: solutions.spiralLoss(20, r) })),
      },
    ],
    references: [{ label: "best tied, n = 5", at: () => tiedOptimum.relu }],
  });
}
