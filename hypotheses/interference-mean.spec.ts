import fc from "fast-check";
import {
  compose,
  hypothesis,
  interference,
  meanAbsoluteCosine,
  series,
  simplePolytopes,
  sphereSample,
  tegum,
  tegumMean,
  welchRms,
} from "../src/index.ts";
import { draws, polytope, polytopeNames, section, vertices } from "./interference-setup.ts";

/** How the mean interference (J1, J2) and the mean square (J2b) fall with the dimension. */

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

const someDimensions = [12, 24, 60, 120, 240, 600] as const;

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

/** A figure of tegum products, a curve for each polytope, beside uniform directions, on logarithmic axes. */
const products =
  (
    titles: { title: string; subtitle: string },
    y: string,
    of: (name: keyof typeof simplePolytopes, d: number) => number,
    uniform: (d: number) => number,
  ) =>
  () =>
    compose(titles, [
      series({
        x: "dimensions d",
        y,
        xScale: "log",
        yScale: "log",
        width: 680,
        series: polytopeNames.map((name) => ({
          label: `${name}s`,
          points: someDimensions.map((d) => ({ x: d, y: of(name, d) })),
        })),
        references: [{ label: "uniform directions", at: uniform }],
      }),
    ]);

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
  figure: products(
    {
      title: "Mean interference of tegum products",
      subtitle: "All fall as 1/d, uniform directions as 1/√d.",
    },
    "mean |cos|",
    (name, d) => tegumMean(vertices(name), d / vertices(name)[0]!.length),
    (d) => limit / Math.sqrt(d),
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
  figure: products(
    {
      title: "Root mean square interference of tegum products",
      subtitle: "All fall as 1/√d, as uniform directions do, but for a factor.",
    },
    "root mean square of cos",
    (name, d) => welchRms((d / vertices(name)[0]!.length) * vertices(name).length, d),
    (d) => 1 / Math.sqrt(d),
  ),
});
