import {
  always,
  angleBetween,
  angleOffCross,
  compose,
  distribution,
  emptyOppositeSectors,
  hypothesis,
  longestPair,
  often,
  type PopulationResult,
  polyhedron,
  polyhedronDrawing,
  proportions,
  type Run,
  readDirections,
  verdictLine,
} from "../../src/index.ts";
import {
  type Activation,
  condition,
  degrees,
  drawPairs,
  learned,
  medianOf,
  nearPentagon,
  over,
  posed,
  readers,
  representatives,
  same,
  section,
  summed,
  tiedCondition,
  verdictMap,
} from "./untied-setup.ts";

/**
 * Untied, no bias: the shapes that are learned, in two dimensions (U3) and in three (U4). A learned direction is a group of
 * written vectors (norm above 0.01, joined when 1 − cos < 0.01) of which the outputs recover at least a quarter of a feature;
 * its length is √Σ‖v‖² over the group, and it is read along the reading vector of the member that is read best.
 */
type Quadrants = Readonly<
  Record<
    | "directions"
    | "degrees off a cross"
    | "degrees of empty opposite sectors"
    | "degrees between the two longest written"
    | "degrees between the two longest read"
    | "degrees between their bisectors",
    number
  >
>;

function quadrants(run: Run): Quadrants {
  const found = learned(run);
  const written = found.map((d) => d.written);
  const reading = found.map((d) => d.reading);
  const ends = found.length < 2 ? undefined : { v: longestPair(written), u: longestPair(reading) };
  return {
    directions: found.length,
    "degrees off a cross": degrees(angleOffCross(written)),
    "degrees of empty opposite sectors": degrees(emptyOppositeSectors(written)),
    // Fewer than two directions make no pair; these values fail every criterion below.
    "degrees between the two longest written": ends ? degrees(ends.v.angle) : 180,
    "degrees between the two longest read": ends ? degrees(ends.u.angle) : 180,
    "degrees between their bisectors": ends ? degrees(angleBetween(ends.v.bisector, ends.u.bisector)) : 0,
  };
}

const sizes = [5, 6, 8, 10, 20];
/** Near the threshold of one half more seeds are needed under ReLU at n = 8. */
const count = (a: Activation, n: number) => (a === "relu" && n === 8 ? 1024 : 256);
const control = { name: "tied, ReLU, n = 20", ...tiedCondition("relu", 20) };

const pentagon: Quadrants = {
  directions: 5,
  "degrees off a cross": 0,
  "degrees of empty opposite sectors": 100,
  "degrees between the two longest written": 60,
  "degrees between the two longest read": 60,
  "degrees between their bisectors": 150,
};

/** Verdicts over n and activation, beside one seed that learned five directions or more and one that learned four. */
const overview = (title: string) => (result: PopulationResult<Quadrants>) => {
  const example = (label: string, directions: (k: number) => boolean) => {
    const found = result.cells.find((o) => o.label === label)!;
    const index = found.values.findIndex((o) => o !== null && directions(o.directions));
    const run = found.ensemble.runs[index]!;
    return drawPairs(
      run,
      `${label}, ${found.values[index]!.directions} directions (${found.satisfied[index] ? "meets it" : "fails"})`,
    );
  };
  return compose({ title, subtitle: verdictLine(result), columns: 3 }, [
    verdictMap(result, sizes),
    example("ReLU, n = 10", (k) => k >= 5),
    example("ReLU, n = 10", (k) => k === 4),
  ]);
};

hypothesis("U3 features at the edges of opposite quadrants, as the axes of a frame", {
  claim:
    "In 2D untied models push their features to the edges of opposite quadrants: written along the half-axes of some frame.",
  section,
  reading:
    "The edges of quadrants are half-axes: at least four learned directions, each within 10° of a half-axis of one frame. 'Push to' is more than half of the seeds.",
  given: over(same(sizes), (a, n) => condition(a, n, 2, count(a, n))),
  endPoints: false,
  observe: quadrants,
  expect: often(
    (o: Quadrants) => o.directions >= 4 && o["degrees off a cross"] < 10,
    "four directions or more, along half-axes",
  ),
  control,
  witness: { ...pentagon, directions: 4, "degrees off a cross": 1 },
  figure: overview("Written along the half-axes of a frame?"),
});

hypothesis("U3a features in two opposite quadrants", {
  claim: "In 2D untied models write their features into two opposite quadrants.",
  section,
  reading:
    "At least four learned directions, all within two opposite quadrants of some frame, edges included: two opposite sectors of 80° or more hold none. More than half of the seeds.",
  given: over(same(sizes), (a, n) => condition(a, n, 2, count(a, n))),
  endPoints: false,
  observe: quadrants,
  expect: often(
    (o: Quadrants) => o.directions >= 4 && o["degrees of empty opposite sectors"] >= 80,
    "four directions or more, in two opposite quadrants",
  ),
  control,
  witness: pentagon,
  figure: overview("Written into two opposite quadrants?"),
});

const opposite = (o: Quadrants) =>
  o.directions >= 4 &&
  o["degrees between the two longest written"] <= 90 &&
  o["degrees between the two longest read"] <= 90 &&
  o["degrees between their bisectors"] >= 135;

const repaired =
  "Repaired: the two longest written directions span at most a quadrant, so do the two longest reading ones, and the bisectors of the two pairs point at least 135° apart (a quadrant is opposite at 180°; the idealised hierarchy of U2a has 150°).";

hypothesis("U3b the longest written and reading vectors in opposite quadrants", {
  claim:
    "In 2D the longest written and the longest reading vectors go to opposite quadrants, where more than four directions are learned as a rule: under ReLU from ten features, under GELU from six.",
  section,
  reading: `${repaired} More than half of the seeds. Runs that learn a cross of four fail it: there written and reading vectors coincide.`,
  given: over({ relu: [10, 20], gelu: [6, 8, 10, 20] }, (a, n) => condition(a, n)),
  endPoints: false,
  observe: quadrants,
  expect: often(opposite, "long written and reading vectors in opposite quadrants"),
  control: { ...control, name: "tied, ReLU, n = 20" },
  figure: overview("The longest written and reading vectors"),
});

hypothesis("U3c five features: always opposite quadrants", {
  claim:
    "Five features that are all learned in 2D end with the longest written and the longest reading vectors in opposite quadrants, for ReLU and GELU.",
  section,
  reading: `${repaired} Training starts near the tied pentagon (noise 0.05), so that all five are learned.`,
  given: { ReLU: nearPentagon("relu"), GELU: nearPentagon("gelu") },
  endPoints: false,
  observe: quadrants,
  expect: always(
    (o: Quadrants) => o.directions === 5 && opposite(o),
    "five directions, long written and reading vectors in opposite quadrants",
  ),
  control: { name: "tied, same start", ...nearPentagon("relu", true) },
  figure: (result) =>
    compose(
      {
        title: "Five features from the pentagon: longest written right, longest read left",
        subtitle: verdictLine(result),
        columns: 3,
      },
      [...result.cells, result.control].map((o) =>
        drawPairs(o.ensemble.runs[0]!, `${o.label}, seed ${o.ensemble.runs[0]!.seed}`),
      ),
    ),
});

/** What a run in three dimensions has learned. */
function space(run: Run) {
  const { written, reading } = representatives(run);
  const angles = written.flatMap((v, i) => written.slice(0, i).map((w) => degrees(angleBetween(v, w))));
  const norms = written.map((v) => Math.hypot(...v));
  const k = written.length;
  const at = (tolerance: number) => readDirections(run.points, readers(run), { tolerance }).length;
  return {
    directions: k,
    stable: at(0.01 / 3) === k && at(0.03) === k,
    "least angle between directions": Math.min(180, ...angles),
    "angle between writing and reading":
      written.reduce((sum, v, i) => sum + degrees(angleBetween(v, reading[i]!)), 0) / Math.max(1, k),
    "longest over shortest": k > 0 ? Math.max(...norms) / Math.min(...norms) : 1,
  };
}

/** 128 seeds: the answer is a distribution, and medians are known well enough. */
const inSpace = [6, 7, 9, 20];
const spaceOver = <T>(of: (a: Activation, n: number) => T) => over(same(inSpace), of);

hypothesis("U4 what the untied model learns in 3D", {
  question: "What do untied ReLU and GELU models learn in three dimensions?",
  section,
  reading:
    "128 seeds in each cell, tied models beside them: enough for medians, whose bounds are given. Directions with a quarter of a feature recovered, their least angle, the mean angle between writing and reading, the ratio of the longest to the shortest written vector, the summed loss: medians with exact bounds. Counts are called stable when they are the same at a third and at three times the tolerance.",
  given: {
    ...spaceOver((a, n) => condition(a, n, 3, 128)),
    ...Object.fromEntries(
      Object.entries(spaceOver((a, n) => tiedCondition(a, n, 3, 128))).map(([label, given]) => [
        `${label}, tied`,
        given,
      ]),
    ),
  },
  measure: (ensembles) => {
    const labels = Object.keys(spaceOver(() => 0));
    const observed = Object.fromEntries(labels.map((label) => [label, ensembles[label]!.runs.map(space)]));
    const median = (label: string, of: keyof ReturnType<typeof space>) =>
      medianOf(observed[label]!.map((o) => Number(o[of])));
    const wins = (label: string) =>
      ensembles[label]!.runs.filter(
        (run, i) => summed(run) < summed(ensembles[`${label}, tied`]!.runs[i]!) - 1e-3,
      ).length;
    const values = Object.fromEntries(
      labels.flatMap((label) => [
        [`${label}: directions`, median(label, "directions")],
        [`${label}: degrees, least between directions`, median(label, "least angle between directions")],
        [`${label}: degrees between writing and reading`, median(label, "angle between writing and reading")],
        [`${label}: longest over shortest written`, median(label, "longest over shortest")],
        [`${label}: summed loss`, medianOf(ensembles[label]!.runs.map(summed))],
        [`${label}: summed loss, tied`, medianOf(ensembles[`${label}, tied`]!.runs.map(summed))],
      ]),
    );
    const range = (label: string) => {
      const counts = observed[label]!.map((o) => o.directions);
      return `${Math.min(...counts)} to ${Math.max(...counts)}`;
    };
    const octahedra = ensembles["GELU, n = 6"]!.runs.filter(isOctahedron).length;
    const unstable = labels.flatMap((l) => observed[l]!).filter((o) => !o.stable).length;
    const shown = (label: string) => values[label]!.value;
    return {
      answer: `GELU with six features an octahedron (${octahedra} of 128); with more no rigid polyhedron: at n = 20 ${range("ReLU, n = 20")} directions (ReLU) and ${range("GELU, n = 20")} (GELU), lengths a factor ${shown("ReLU, n = 20: longest over shortest written").toFixed(0)} and ${shown("GELU, n = 20: longest over shortest written").toFixed(0)} apart, read ${shown("ReLU, n = 20: degrees between writing and reading").toFixed(0)}° and ${shown("GELU, n = 20: degrees between writing and reading").toFixed(0)}° off, with a loss below tied in ${wins("ReLU, n = 20")} and ${wins("GELU, n = 20")} of 128 seeds. ReLU with up to nine features is held back by rows that died. ${unstable} of ${8 * 128} counts depend on the tolerance.`,
      values,
    };
  },
  figure: (ensembles, { answer }) => {
    const draw = (label: string, caption: string) => {
      const run = ensembles[label]!.runs[0]!;
      const vertices = posed(run).map((v) => v.map((x) => x / Math.hypot(...v)));
      return polyhedronDrawing({ caption, vertices, faces: polyhedron(vertices).faces });
    };
    const bars = (label: string) => {
      const counts = ensembles[label]!.runs.map((run) => learned(run).length);
      return Object.fromEntries(
        [...new Set(counts)].map((k) => [String(k), { count: counts.filter((c) => c === k).length }]),
      );
    };
    const twenty = ["ReLU, n = 20", "GELU, n = 20", "ReLU, n = 20, tied"];
    const categories = [...new Set(twenty.flatMap((label) => Object.keys(bars(label))))].sort(
      (a, b) => +a - +b,
    );
    return compose({ title: "Untied models in three dimensions", subtitle: answer, columns: 3 }, [
      draw("GELU, n = 6", "GELU, n = 6: written directions, unit length"),
      draw("ReLU, n = 20", "ReLU, n = 20"),
      draw("GELU, n = 20", "GELU, n = 20"),
      proportions({
        caption: "Twenty features",
        label: "directions learned",
        categories,
        conditions: twenty.map((label) => ({ label, seeds: 128, of: bars(label) })),
        width: 440,
      }),
      distribution({
        label: "summed loss at n = 20",
        conditions: [...twenty, "GELU, n = 20, tied"].map((label) => ({
          label,
          values: ensembles[label]!.runs.map(summed),
        })),
        width: 500,
      }),
    ]);
  },
});

/** Six directions at right angles or opposite, to 5°. */
function isOctahedron(run: Run): boolean {
  const { written } = representatives(run);
  return (
    written.length === 6 &&
    written.every((v, i) =>
      written.every((w, j) => {
        const angle = degrees(angleBetween(v, w));
        return i === j || Math.abs(angle - 90) < 5 || angle > 175;
      }),
    )
  );
}
