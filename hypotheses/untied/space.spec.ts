import { charts, geometry, openQuestion, type Run, shapes } from "../../src/index.ts";
import { mean, medianWithin, onSeedsFrom20000, summedLoss } from "../helpers.ts";
import { learnedDirections, learnedPairs } from "./observations.ts";
import { annealed, degrees, eachSize, norm, tied, untied, type Vectors } from "./setup.ts";

/** Untied, no bias, three hidden dimensions: what is learned (U4). */

const anglesBetween = (vectors: Vectors) =>
  vectors.flatMap((v, i) => vectors.slice(0, i).map((w) => degrees(geometry.angleBetween(v, w))));

/** What is read off a run. Where nothing is learned: 180° between directions, 0° off, a ratio of 1. */
const observations: Readonly<Record<string, (run: Run) => number>> = {
  directions: (run) => learnedDirections(run).length,
  "degrees, least between directions": (run) => Math.min(180, ...anglesBetween(learnedPairs(run).written)),
  "degrees between writing and reading": (run) => {
    const { written, reading } = learnedPairs(run);
    const angles = written.map((v, i) => degrees(geometry.angleBetween(v, reading[i]!)));
    return angles.length > 0 ? mean(angles) : 0;
  },
  "longest over shortest written": (run) => {
    const norms = learnedPairs(run).written.map(norm);
    return norms.length > 0 ? Math.max(...norms) / Math.min(...norms) : 1;
  },
  "summed loss": summedLoss,
};

openQuestion("U4 what an untied model learns in three dimensions", {
  row: "U4",
  role: "answer",
  question: "What do untied ReLU and GELU models learn in three dimensions?",
  operationalisation:
    "Learned directions, the least angle between them, the mean angle between writing and reading, the ratio of the longest to the shortest written vector, and the summed loss, beside that of tied models: medians over 128 seeds, with exact bounds. A count of directions depends on the tolerance where it differs at a third or at three times the tolerance. An octahedron has six directions at right angles or opposite, to 5°.",
  given: {
    ...eachSize([6, 7, 9, 20], (nonlinearity, n) =>
      onSeedsFrom20000(untied(nonlinearity, n, { hidden: 3 }), annealed(n), 128),
    ),
    ...eachSize(
      [6, 7, 9, 20],
      (nonlinearity, n) => onSeedsFrom20000(tied(nonlinearity, n, { hidden: 3 }), annealed(n, 5000), 128),
      ", tied",
    ),
  },
  measure: (populations) => {
    const runs = (label: string) => populations[label]!.runs;
    const labels = Object.keys(populations).filter((label) => !label.endsWith(", tied"));
    const values = Object.fromEntries(
      labels.flatMap((label) => [
        ...Object.entries(observations).map(([name, observe]) => [
          `${label}: ${name}`,
          medianWithin(runs(label).map(observe), 1e-7),
        ]),
        [`${label}: summed loss, tied`, medianWithin(runs(`${label}, tied`).map(summedLoss), 1e-7)],
      ]),
    );
    const twenty = (nonlinearity: string) => {
      const label = `${nonlinearity}, n = 20`;
      const counts = runs(label).map((run) => learnedDirections(run).length);
      const shown = (name: string) => values[`${label}: ${name}`]!.value.toFixed(0);
      const better = runs(label).filter(
        (run, i) => summedLoss(run) < summedLoss(runs(`${label}, tied`)[i]!) - 1e-3,
      ).length;
      return `${nonlinearity} learns ${Math.min(...counts)} to ${Math.max(...counts)} directions, of lengths a factor ${shown("longest over shortest written")} apart and read ${shown("degrees between writing and reading")}° off, with a loss below the tied one in ${better} of 128 seeds`;
    };
    const octahedra = runs("GELU, n = 6").filter(isOctahedron).length;
    const unstable = labels.flatMap((label) => runs(label).filter(dependsOnTolerance)).length;
    return {
      answer: `With six features GELU ends in an octahedron in ${octahedra} of 128 seeds. With twenty ${twenty("ReLU")}, and ${twenty("GELU")}. ${unstable} of ${8 * 128} counts depend on the tolerance.`,
      values,
    };
  },
  figure: (populations) => {
    const runs = (label: string) => populations[label]!.runs;
    const twenty = ["ReLU, n = 20", "GELU, n = 20", "ReLU, n = 20, tied"];
    return {
      columns: 3,
      panels: [
        drawDirections(runs("GELU, n = 6")[0]!, "GELU, n = 6: written directions, unit length"),
        drawDirections(runs("ReLU, n = 20")[0]!, "ReLU, n = 20"),
        drawDirections(runs("GELU, n = 20")[0]!, "GELU, n = 20"),
        drawCounts(twenty.map((label) => ({ label, runs: runs(label) }))),
        charts.distribution({
          label: "summed loss at n = 20",
          conditions: [...twenty, "GELU, n = 20, tied"].map((label) => ({
            label,
            values: runs(label).map(summedLoss),
          })),
          width: 500,
        }),
      ],
    };
  },
});

/** Six directions at right angles or opposite, to 5°. */
function isOctahedron(run: Run): boolean {
  const { written } = learnedPairs(run);
  return written.length === 6 && anglesBetween(written).every((a) => Math.abs(a - 90) < 5 || a > 175);
}

function dependsOnTolerance(run: Run): boolean {
  const count = learnedDirections(run).length;
  return [0.01 / 3, 0.03].some((tolerance) => learnedDirections(run, tolerance).length !== count);
}

/** Turned to where the same configuration always lies. */
function drawDirections(run: Run, caption: string) {
  const { written } = learnedPairs(run);
  const { isometry } = geometry.canonicalOrientation(written);
  const vertices = written.map((v) => {
    const turned = geometry.apply(isometry, v);
    return turned.map((x) => x / Math.hypot(...turned));
  });
  return shapes.polyhedron({ caption, vertices, faces: geometry.polyhedron(vertices).faces });
}

function drawCounts(populations: readonly { label: string; runs: readonly Run[] }[]) {
  const conditions = populations.map(({ label, runs }) => {
    const counts = runs.map((run) => learnedDirections(run).length);
    const of = Object.fromEntries(
      [...new Set(counts)].map((k) => [String(k), { count: counts.filter((c) => c === k).length }]),
    );
    return { label, seeds: runs.length, of };
  });
  const categories = [...new Set(conditions.flatMap(({ of }) => Object.keys(of)))].sort((a, b) => +a - +b);
  const options = { caption: "Twenty features", label: "directions learned", width: 440 };
  return charts.proportions({ ...options, categories, conditions });
}
