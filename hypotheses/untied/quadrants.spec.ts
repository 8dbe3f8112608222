import { geometry, hypothesis, type Result, type Run } from "../../src/index.ts";
import { onSeedsFrom20000 } from "../helpers.ts";
import { drawPairs, learnedDirections, verdictMap } from "./observations.ts";
import { annealed, asColumns, atAngle, degrees, eachSize, nearPentagon, tied, untied } from "./setup.ts";

/**
 * Untied, no bias, two hidden dimensions: whether features go to the edges of opposite quadrants (U3). A learned direction is
 * a group of written vectors (norm above 0.01, joined when 1 − cos < 0.01) of which the outputs recover at least a quarter of
 * a feature. Its length is √Σ‖v‖² over the group, and it is read along the reading vector of the member that is read best.
 */
function quadrants(run: Run) {
  const directions = learnedDirections(run);
  const written = directions.map((d) => d.written);
  const reading = directions.map((d) => d.reading);
  // Fewer than two directions make no pair. What stands for it fails every criterion below.
  const pair = (vectors: readonly geometry.Point[]) =>
    vectors.length < 2 ? { angle: Math.PI, bisector: [1, 0] } : geometry.longestPair(vectors);
  const [longestWritten, longestRead] = [pair(written), pair(reading)];
  const apart = geometry.angleBetween(longestWritten.bisector, longestRead.bisector);
  return {
    directions: directions.length,
    "degrees off a cross": degrees(geometry.angleOffCross(written)),
    "degrees of empty opposite sectors": degrees(geometry.emptyOppositeSectors(written)),
    "degrees between the two longest written": degrees(longestWritten.angle),
    "degrees between the two longest read": degrees(longestRead.angle),
    "degrees between their bisectors": degrees(apart),
  };
}
type Quadrants = ReturnType<typeof quadrants>;

const corners = [0, 90, 180, 270].map(atAngle);
const nearCross = {
  scheme: "torch",
  at: { weight0: asColumns(corners), weight1: corners.flat() },
  noise: 0.05,
} as const;
const untiedModels = eachSize([5, 6, 8, 10, 20], (nonlinearity, n) =>
  onSeedsFrom20000(untied(nonlinearity, n), annealed(n), 8192),
);
/** Four features of which none dies: their readers are initialised at a cross of written vectors. */
const onCross = {
  name: "four features started near a cross",
  model: untied("relu", 4, { initialisation: nearCross }),
  recipe: annealed(4),
};
const tiedControl = { name: "tied, ReLU, n = 20", model: tied("relu", 20), recipe: annealed(20, 3000) };

hypothesis("U3 written vectors lie along the half-axes of a frame", {
  row: "U3",
  role: "as printed",
  claim:
    "In 2D untied models push their features to the edges of opposite quadrants: they are written along the half-axes of a frame, under ReLU and GELU.",
  operationalisation:
    "The edges of quadrants are half-axes: at least four learned directions, each within 10° of a half-axis of one frame. “Push to” is in more than half of the seeds.",
  given: untiedModels,
  endPoints: false,
  observe: quadrants,
  expect: {
    most: "four directions or more, along half-axes",
    when: (o) => o.directions >= 4 && o["degrees off a cross"] < 10,
  },
  control: tiedControl,
  positiveControl: onCross,
  figure: drawVerdictsAndExamples,
});

hypothesis("U3a written vectors lie in two opposite quadrants", {
  row: "U3",
  role: "as printed",
  claim: "In 2D untied models write their features into two opposite quadrants, under ReLU and GELU.",
  operationalisation:
    "At least four learned directions, all within two opposite quadrants of some frame, edges included: two opposite sectors of 80° or more hold none. In more than half of the seeds.",
  given: untiedModels,
  endPoints: false,
  observe: quadrants,
  expect: {
    most: "four directions or more, in two opposite quadrants",
    when: (o) => o.directions >= 4 && o["degrees of empty opposite sectors"] >= 80,
  },
  control: tiedControl,
  positiveControl: onCross,
  figure: drawVerdictsAndExamples,
});

const inOppositeQuadrants = (o: Quadrants) =>
  o.directions >= 4 &&
  o["degrees between the two longest written"] <= 90 &&
  o["degrees between the two longest read"] <= 90 &&
  o["degrees between their bisectors"] >= 135;

const longest =
  "The two longest written directions span at most a quadrant, so do the two longest reading ones, and the bisectors of the two pairs point at least 135° apart (opposite quadrants have 180°; the hexagon of U2a has 150°).";

hypothesis("U3b the longest written and the longest reading vectors lie in opposite quadrants", {
  row: "U3",
  role: "repaired",
  claim:
    "In 2D the longest written and the longest reading vectors usually go to opposite quadrants where more than four directions are learned as a rule: under ReLU from ten features, under GELU from six.",
  operationalisation: `${longest} In more than half of the seeds. Runs that learn a cross of four fail it: there written and reading vectors coincide.`,
  given: eachSize({ relu: [10, 20], gelu: [6, 8, 10, 20] }, (nonlinearity, n) =>
    onSeedsFrom20000(untied(nonlinearity, n), annealed(n)),
  ),
  endPoints: false,
  observe: quadrants,
  expect: {
    most: "the longest written and the longest reading vectors in opposite quadrants",
    when: inOppositeQuadrants,
  },
  control: tiedControl,
  figure: drawVerdictsAndExamples,
});

hypothesis("U3c five learned features: the longest vectors lie in opposite quadrants", {
  row: "U3",
  role: "repaired",
  claim:
    "Where all of five features are learned in 2D, the longest written and the longest reading vectors end in opposite quadrants, under ReLU and GELU.",
  operationalisation: `${longest} Weights are initialised near the tied pentagon (noise 0.05), so that all five are learned.`,
  given: { ReLU: nearPentagon("relu"), GELU: nearPentagon("gelu") },
  endPoints: false,
  observe: quadrants,
  expect: {
    nearlyAll: "five directions, the longest written and the longest reading vectors in opposite quadrants",
    when: (o) => o.directions === 5 && inOppositeQuadrants(o),
  },
  control: { name: "tied, same start", ...nearPentagon("relu", { isTied: true }) },
  figure: ({ cells, control }) =>
    [...cells, control].map(({ label, runs }) => drawPairs(runs[0]!, `${label}, seed ${runs[0]!.seed}`)),
});

/** Verdicts by n and nonlinearity, beside a seed that learned five directions or more and one that learned four. */
function drawVerdictsAndExamples(result: Result<Quadrants>) {
  const { label, runs, values, met } = result.cells.find((o) => o.label === "ReLU, n = 10")!;
  const example = (has: (directions: number) => boolean) => {
    const index = values.findIndex((o) => o !== null && has(o.directions));
    const how = `${values[index]!.directions} directions (${met[index] ? "meets it" : "fails"})`;
    return drawPairs(runs[index]!, `${label}, ${how}`);
  };
  return [verdictMap(result, [5, 6, 8, 10, 20]), example((k) => k >= 5), example((k) => k === 4)];
}
