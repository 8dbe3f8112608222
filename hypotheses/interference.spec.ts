import fc from "fast-check";
import {
  betweenBlocks,
  compose,
  cosineTail,
  hypothesis,
  interference,
  meanAbsoluteCosine,
  range,
  series,
  simplePolytopes,
  sphereSample,
  tegum,
  tegumMean,
  welchRms,
} from "../src/index.ts";

/**
 * How much many feature directions in high dimension get in each other's way: spread uniformly on the sphere, or as a tegum
 * product (an orthogonal sum) of copies of one small polytope. Interference of two directions is |cos| of their angle, taken
 * over pairs as a mean, a root mean square, or the largest; ReLU(cos) where a ReLU would cut negative products.
 */
const section = "Interference in high dimension";

const dimension = (most: number) => fc.integer({ min: 2, max: most });
const limit = Math.sqrt(2 / Math.PI);

/** Mean |cos| over N = 5d/2 sampled directions, as standard errors from the closed form; pairs are pairwise independent. */
function errorsFrom(d: number, seed: number): number {
  const count = Math.round(2.5 * d);
  const { mean } = interference(sphereSample(count, d, seed));
  const expected = meanAbsoluteCosine(d);
  // E cos² = 1/d.
  const deviation = Math.sqrt(1 / d - expected ** 2);
  return Math.abs(mean - expected) / (deviation / Math.sqrt((count * (count - 1)) / 2));
}

/** Seeds of the sampled directions. */
const draws = (count: number) => range(1000, 1000 + count);

const someDimensions = [12, 24, 60, 120, 240, 600] as const;
const pentagons = (d: number) => tegum(simplePolytopes.pentagon, d / 2);

hypothesis("J1 directions uniform on the sphere interfere as 1/√d on average", {
  claim: "The mean interference of directions uniform on the sphere in ℝᵈ falls as 1/√d: as √(2/(πd)).",
  section,
  properties: {
    "√d times the mean lies between √(2/π) and √(2/π)(1 + 1/(4d) + 1/d²)": fc.property(
      dimension(10_000),
      (d) => {
        const scaled = Math.sqrt(d) * meanAbsoluteCosine(d);
        return scaled > limit && scaled < limit * (1 + 1 / (4 * d) + 1 / d ** 2);
      },
    ),
    "it decreases with d": fc.property(
      dimension(10_000),
      (d) => Math.sqrt(d + 1) * meanAbsoluteCosine(d + 1) < Math.sqrt(d) * meanAbsoluteCosine(d),
    ),
    "samples of 5d/2 directions agree to four standard errors, d = 10, 40, 160": () =>
      [10, 40, 160].every((d) => draws(4).every((seed) => errorsFrom(d, seed) < 4)),
  },
  nearMiss: {
    "as 1/d: d times the mean stays below 5": fc.property(
      dimension(10_000),
      (d) => d * meanAbsoluteCosine(d) < 5,
    ),
    "the mean is 1/√d itself (that is the root mean square)": () =>
      draws(4).every((seed) => {
        const { mean } = interference(sphereSample(400, 160, seed));
        return Math.abs(mean * Math.sqrt(160) - 1) < 0.05;
      }),
  },
  figure: () =>
    compose(
      {
        title: "Mean interference against dimension",
        subtitle: "Sampled directions follow √(2/(πd)); a tegum product of pentagons follows 1/d.",
      },
      [
        series({
          x: "dimensions d",
          y: "mean |cos|",
          xScale: "log",
          yScale: "log",
          width: 680,
          series: [
            {
              label: "uniform, one draw of 5d/2",
              points: someDimensions
                .slice(0, 5)
                .map((d) => ({ x: d, y: interference(sphereSample(2.5 * d, d, 1000)).mean })),
            },
            {
              label: "pentagons, 5d/2",
              points: someDimensions.map((d) => ({ x: d, y: tegumMean(simplePolytopes.pentagon, d / 2) })),
            },
          ],
          references: [
            { label: "√(2/(πd))", at: (d) => limit / Math.sqrt(d) },
            { label: "0.894/d", at: (d) => (4 * Math.sqrt(5)) / 4 / 2.5 / d },
          ],
        }),
      ],
    ),
});

const polytopeNames = Object.keys(simplePolytopes) as (keyof typeof simplePolytopes)[];
const polytope = fc.constantFrom(...polytopeNames);

const vertices = (name: keyof typeof simplePolytopes): readonly (readonly number[])[] =>
  simplePolytopes[name];

/** d times the mean interference of a tegum product. */
const scaledMean = (name: keyof typeof simplePolytopes, copies: number) =>
  copies * vertices(name)[0]!.length * tegumMean(vertices(name), copies);

hypothesis("J2 tegum products of small polytopes interfere as 1/d on average", {
  claim: "The mean interference of a tegum product of copies of a small polytope falls as 1/d.",
  section,
  reading:
    "Segments, triangles, squares, pentagons and tetrahedra. Only pairs within a block interfere, a share (k − 1)/(N − 1) of all, so the mean is c(k − 1)/(kd/m − 1) with c the mean within a polytope of k vertices in m dimensions.",
  properties: {
    "counted over all pairs, the mean is c(k − 1)/(kd/m − 1)": fc.property(
      polytope,
      fc.integer({ min: 1, max: 12 }),
      (name, copies) =>
        Math.abs(interference(tegum(vertices(name), copies)).mean - tegumMean(vertices(name), copies)) <
        1e-12,
    ),
    "d times the mean stays between its limit c·m(k − 1)/k and twice that": fc.property(
      polytope,
      fc.integer({ min: 1, max: 10_000 }),
      (name, copies) => {
        const [k, m] = [vertices(name).length, vertices(name)[0]!.length];
        const end = (interference(vertices(name)).mean * m * (k - 1)) / k;
        return scaledMean(name, copies) > end && scaledMean(name, copies) <= 2 * end + 1e-12;
      },
    ),
    "below the uniform mean in every dimension from 4 on": fc.property(
      polytope,
      fc.integer({ min: 4, max: 1000 }),
      (name, copies) =>
        tegumMean(vertices(name), copies) < meanAbsoluteCosine(copies * vertices(name)[0]!.length),
    ),
  },
  nearMiss: {
    "as 1/√d: √d times the mean stays above 0.1": fc.property(
      polytope,
      fc.integer({ min: 1, max: 10_000 }),
      (name, copies) => scaledMean(name, copies) / Math.sqrt(copies * vertices(name)[0]!.length) > 0.1,
    ),
    "the root mean square falls as 1/d too: d times it stays below 5": fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      (copies) => 2 * copies * welchRms(5 * copies, 2 * copies) < 5,
    ),
  },
  figure: () =>
    compose(
      {
        title: "Mean interference of tegum products",
        subtitle: "All fall as 1/d, uniform directions as 1/√d.",
      },
      [
        series({
          x: "dimensions d",
          y: "mean |cos|",
          xScale: "log",
          yScale: "log",
          width: 680,
          series: polytopeNames.map((name) => ({
            label: `${name}s`,
            points: [12, 24, 60, 120, 240, 600].map((d) => ({
              x: d,
              y: tegumMean(vertices(name), d / vertices(name)[0]!.length),
            })),
          })),
          references: [{ label: "uniform directions", at: (d) => limit / Math.sqrt(d) }],
        }),
      ],
    ),
});

hypothesis("J2b in mean square the advantage is only a constant", {
  claim:
    "In mean square, which is what squared error charges, a tegum product falls as 1/d like uniform directions do: its advantage is the factor 1 − m/k only.",
  section,
  reading:
    "These polytopes are tight frames, so their products meet Welch's bound, √((N − d)/(d(N − 1))), which no N unit vectors can be below; uniform directions have mean square 1/d exactly.",
  properties: {
    "counted, the root mean square of the product is Welch's bound": fc.property(
      polytope,
      fc.integer({ min: 1, max: 12 }),
      (name, copies) => {
        const set = tegum(vertices(name), copies);
        return (
          set.length < 2 || Math.abs(interference(set).rms - welchRms(set.length, set[0]!.length)) < 1e-9
        );
      },
    ),
    "the ratio of mean squares to the uniform one is within 1/(N − 1) of 1 − m/k": fc.property(
      polytope,
      fc.integer({ min: 1, max: 10_000 }),
      (name, copies) => {
        const [k, m] = [vertices(name).length, vertices(name)[0]!.length];
        const [count, d] = [k * copies, m * copies];
        return Math.abs(d * welchRms(count, d) ** 2 - (1 - m / k)) <= 1 / (count - 1) + 1e-12;
      },
    ),
    "no sampled directions are below the bound": fc.property(
      fc.integer({ min: 2, max: 8 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 1000 }),
      (d, extra, seed) =>
        interference(sphereSample(d + extra, d, seed)).rms >= welchRms(d + extra, d) - 1e-12,
    ),
  },
  nearMiss: {
    "the ratio of mean squares falls below a tenth": fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      (copies) => 2 * copies * welchRms(5 * copies, 2 * copies) ** 2 < 0.1,
    ),
  },
  figure: () =>
    compose(
      {
        title: "Root mean square interference of tegum products",
        subtitle: "All fall as 1/√d, as uniform directions do, but for a factor.",
      },
      [
        series({
          x: "dimensions d",
          y: "root mean square of cos",
          xScale: "log",
          yScale: "log",
          width: 680,
          series: polytopeNames.map((name) => ({
            label: `${name}s`,
            points: [12, 24, 60, 120, 240, 600].map((d) => ({
              x: d,
              y: welchRms((d / vertices(name)[0]!.length) * vertices(name).length, d),
            })),
          })),
          references: [{ label: "uniform directions", at: (d) => 1 / Math.sqrt(d) }],
        }),
      ],
    ),
});

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
