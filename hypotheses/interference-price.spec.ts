import fc from "fast-check";
import {
  betweenBlocks,
  compose,
  cosineTail,
  hypothesis,
  interference,
  meanAbsoluteCosine,
  series,
  simplePolytopes,
  sphereSample,
  tegum,
  tegumMean,
} from "../src/index.ts";
import { draws, pentagons, polytope, section, vertices } from "./interference-setup.ts";

/** What a tegum product gives up for its low mean: how many features fit (J3), and the largest interference (J4). */

/** Orthogonal copies that fit: floor(d/m), k features each. */
const capacity = (name: keyof typeof simplePolytopes, d: number) =>
  Math.floor(d / vertices(name)[0]!.length) * vertices(name).length;

hypothesis("J3 a tegum product fits only linearly many features", {
  claim:
    "A tegum product of copies of one polytope holds a number of features linear in d (k/m · d), whereas any number of uniform directions has the same mean interference.",
  section,
  reading:
    "Orthogonal blocks of m dimensions each need m · copies ≤ d. That so many uniform directions keep even the largest interference below ε is the union bound over pairs: ½N²P(|cos| > ε) < 1 for N = (1 − ε²)^{−(d−1)/4}, exponential in d. With polytopes that grow with d the linear bound does not hold, as the note says.",
  properties: {
    "(k/m)d features in multiples of m dimensions: twice the dimensions, twice the features": fc.property(
      polytope,
      fc.integer({ min: 1, max: 1000 }),
      (name, copies) => {
        const [k, m] = [vertices(name).length, vertices(name)[0]!.length];
        return (
          m * capacity(name, copies * m) === k * (copies * m) &&
          capacity(name, 2 * copies * m) === 2 * capacity(name, copies * m)
        );
      },
    ),
    "the blocks that fit are orthogonal, and a further copy overlaps with one of them wherever it is put":
      fc.property(
        polytope,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 1000 }),
        (name, copies, seed) => {
          const [k, m] = [vertices(name).length, vertices(name)[0]!.length];
          const all = tegum(vertices(name), copies);
          const blocks = Array.from({ length: copies }, (_, b) => all.slice(b * k, (b + 1) * k));
          // A copy in any position spans m dimensions that are all taken; random ones stand for all.
          const axes = sphereSample(m, copies * m, seed);
          const further = vertices(name).map((v) =>
            axes[0]!.map((_, row) => v.reduce((sum, x, i) => sum + x * axes[i]![row]!, 0)),
          );
          return betweenBlocks(blocks) === 0 && betweenBlocks([...blocks, further]) > 1e-3;
        },
      ),
    "uniform directions: the mean does not depend on their number": () =>
      [20, 80, 320].every((count) => {
        const { mean } = interference(sphereSample(count, 40, 1000));
        const expected = meanAbsoluteCosine(40);
        const deviation = Math.sqrt(1 / 40 - expected ** 2);
        return Math.abs(mean - expected) < (4 * deviation) / Math.sqrt((count * (count - 1)) / 2);
      }),
    "the tail P(|cos| > ε) is (2/π) arccos ε in two dimensions and 1 − ε in three": fc.property(
      fc.integer({ min: 0, max: 100 }).map((k) => k / 100),
      (epsilon) =>
        Math.abs(cosineTail(2, epsilon) - (2 / Math.PI) * Math.acos(epsilon)) < 1e-9 &&
        Math.abs(cosineTail(3, epsilon) - (1 - epsilon)) < 1e-9,
    ),
    "at ε = ½ exponentially many fit: ½N²P(|cos| > ½) < 1 for N = (3/4)^{−(d−1)/4}, more than 5d/2 from d = 100 on":
      fc.property(fc.integer({ min: 100, max: 2000 }), (d) => {
        const squared = 0.75 ** (-(d - 1) / 2);
        return 0.5 * squared * cosineTail(d, 0.5) < 1 && Math.sqrt(squared) > 2.5 * d;
      }),
  },
  nearMiss: {
    "more than linear: pentagons hold at least d^1.2 features": fc.property(
      fc.integer({ min: 2, max: 10_000 }),
      (d) => capacity("pentagon", d) >= d ** 1.2,
    ),
    "at ε = 0.1 the same bound already gives 5d/2 directions at d = 100": () => 0.99 ** (-99 / 4) > 250,
  },
  figure: () =>
    compose(
      {
        title: "How many features fit",
        subtitle:
          "Orthogonal copies hold a number linear in d; uniform directions with all |cos| below ½ are exponentially many.",
      },
      [
        series({
          x: "dimensions d",
          y: "features",
          xScale: "log",
          yScale: "log",
          width: 680,
          series: (["pentagon", "segment", "tetrahedron"] as const).map((name) => ({
            label: `${name}s`,
            points: [12, 24, 60, 120, 240].map((d) => ({ x: d, y: capacity(name, d) })),
          })),
          references: [{ label: "(3/4)^{−(d−1)/4}: all |cos| below ½", at: (d) => 0.75 ** (-(d - 1) / 4) }],
        }),
      ],
    ),
});

/** Mean lower and largest higher than in every draw of as many uniform directions; with |cos| or with ReLU(cos). */
function ranksDifferently(d: number, seeds: number, rectified: boolean): boolean[] {
  const set = pentagons(d);
  const blocks = interference(set);
  return draws(seeds).map((seed) => {
    const uniform = interference(sphereSample(set.length, d, seed));
    return rectified
      ? blocks.rectifiedMean < uniform.rectifiedMean && blocks.rectifiedMax > uniform.rectifiedMax
      : blocks.mean < uniform.mean && blocks.max > uniform.max;
  });
}

const all = (found: readonly boolean[]) => found.every(Boolean);
/** Dimensions at which 5d/2 uniform directions are drawn for the figure. */
const measured = [4, 12, 40, 120, 240] as const;

hypothesis("J4 mean and largest interference rank the arrangements differently", {
  claim:
    "By mean interference a tegum product of pentagons is better than as many uniform directions, by largest interference worse, from about d = 16 on by |cos| and from about d = 300 on by ReLU(cos); in the lowest dimensions the product is better in both.",
  section,
  reading:
    "Equal numbers, 5d/2. The product's largest stays cos 36° = 0.809 (|cos|) or cos 72° = 0.309 (ReLU) while that of uniform directions falls as √(4 ln N/d). 64 draws at d = 40, three at d = 360 (900 directions each); all have to agree.",
  properties: {
    "|cos| at d = 40: lower mean, higher largest, in 64 of 64 draws": () =>
      all(ranksDifferently(40, 64, false)),
    "ReLU(cos) at d = 360: lower mean, higher largest, in 3 of 3 draws": () =>
      all(ranksDifferently(360, 3, true)),
    "the mean is lower in every even dimension": fc.property(
      fc.integer({ min: 1, max: 5000 }),
      (copies) => tegumMean(simplePolytopes.pentagon, copies) < meanAbsoluteCosine(2 * copies),
    ),
    "the product's largest does not depend on d": fc.property(fc.integer({ min: 1, max: 12 }), (copies) => {
      const { max, rectifiedMax } = interference(tegum(simplePolytopes.pentagon, copies));
      return (
        Math.abs(max - Math.cos(Math.PI / 5)) < 1e-12 &&
        Math.abs(rectifiedMax - Math.cos((2 * Math.PI) / 5)) < 1e-12
      );
    }),
  },
  nearMiss: {
    "|cos| at d = 4: the same in every one of 64 draws": () => all(ranksDifferently(4, 64, false)),
    "ReLU(cos) at d = 100: the same in every one of 8 draws": () => all(ranksDifferently(100, 8, true)),
    "by root mean square they rank as by the largest": () => {
      const set = pentagons(40);
      return interference(set).rms > interference(sphereSample(set.length, 40, 1000)).rms;
    },
  },
  figure: () => {
    const uniform = measured.map((d) => ({ d, found: interference(sphereSample(2.5 * d, d, 1000)) }));
    const panel = (
      caption: string,
      of: (found: ReturnType<typeof interference>) => number,
      blocks: (d: number) => number,
    ) =>
      series({
        caption,
        x: "dimensions d",
        y: caption,
        xScale: "log",
        yScale: "log",
        width: 400,
        series: [
          { label: "uniform, one draw", points: uniform.map(({ d, found }) => ({ x: d, y: of(found) })) },
          { label: "pentagons", points: measured.map((d) => ({ x: d, y: blocks(d) })) },
        ],
      });
    return compose(
      {
        title: "Mean against largest interference, 5d/2 directions",
        subtitle:
          "In the mean pentagons win at every d; in the largest they lose once uniform directions have spread out.",
        columns: 3,
      },
      [
        panel(
          "mean |cos|",
          (o) => o.mean,
          (d) => tegumMean(simplePolytopes.pentagon, d / 2),
        ),
        panel(
          "largest |cos|",
          (o) => o.max,
          () => Math.cos(Math.PI / 5),
        ),
        panel(
          "largest ReLU(cos)",
          (o) => o.rectifiedMax,
          () => Math.cos((2 * Math.PI) / 5),
        ),
      ],
    );
  },
});
