import { charts, geometry, hypothesis, openQuestion, type Result, type Run } from "../../src/index.ts";
import { meanWithin, named, ofEach, onSeedsFrom20000, pointAt } from "../helpers.ts";
import { drawPairs, learnedPairs, verdictMap } from "./observations.ts";
import { annealed, bigramMap, eachShape, eachSize, nonlinearities, shapeLabel, tied, untied } from "./setup.ts";

/**
 * Untied, no bias: whether written and reading directions can be paired by the angle between them (U6). One written and one
 * reading vector stand for each learned direction (written vectors joined when 1 − cos < 0.01, a quarter of a feature
 * recovered): those of the member that is read best. A pairing mislabels a direction when it picks the row of the
 * unembedding that has another feature's number.
 */
function pairings(run: Run) {
  const { written, reading, features, rows } = learnedPairs(run);
  const mislabelled = (pairing: readonly number[]) => pairing.filter((j, i) => rows[j] !== features[i]).length;
  return {
    directions: written.length,
    "mislabelled by the largest cosine": mislabelled(geometry.nearestReaders(written, reading)),
    "mislabelled by the largest dot product": mislabelled(geometry.strongestReaders(written, reading)),
    "mislabelled by the best one-to-one cosines": mislabelled(geometry.assignedReaders(written, reading)),
  };
}

const sizes = [5, 6, 8, 10, 20];
const untiedModels = eachSize(sizes, (nonlinearity, n) => onSeedsFrom20000(untied(nonlinearity, n), annealed(n)));

hypothesis("U6 pairing by the largest cosine usually mislabels a direction, at every n", {
  row: "U6",
  role: "supporting",
  claim:
    "In 2D, pairing each written direction with the reading direction at the largest cosine usually mislabels at least one, with five features and more, under ReLU and GELU.",
  operationalisation: "“Usually” is in more than half of the seeds.",
  given: untiedModels,
  endPoints: false,
  observe: pairings,
  expect: {
    most: "at least one direction mislabelled",
    when: (o) => o["mislabelled by the largest cosine"] > 0,
  },
  control: { name: "tied, ReLU, n = 20", model: tied("relu", 20), recipe: annealed(20, 3000) },
  figure: (result) => [
    verdictMap(result, sizes, "Seeds with a mislabelled direction (✓: clearly more than half)"),
    drawMislabelled(result),
  ],
});

/** By dimensions: numbers of features. */
const featuresIn = { 2: [4, 5, 6, 8, 10, 20], 3: [7, 10, 20], 5: [10, 20], 10: [20] };

openQuestion("U6b how many directions pairing by the largest cosine mislabels", {
  row: "U6",
  role: "answer",
  question:
    "Which share of the learned directions does pairing by the largest cosine mislabel, by numbers of features and dimensions?",
  operationalisation:
    "Per seed the share of learned directions whose nearest reading vector is another's. The mean over 64 seeds, with four standard errors, or where all agree with the share of others that none of 64 leaves possible: at most 14 points either way, enough to map where it is common.",
  given: eachShape(featuresIn, (nonlinearity, d, n) =>
    onSeedsFrom20000(untied(nonlinearity, n, { hidden: d }), annealed(n), 64),
  ),
  measure: (populations) => {
    const values = ofEach(populations, (runs) => {
      const shares = runs.map(pairings).map((o) => o["mislabelled by the largest cosine"] / Math.max(1, o.directions));
      // Of a seed that is not among these any share may be mislabelled.
      const { value, low, high } = meanWithin(shares, { least: 1 });
      return { value, low: Math.max(0, low), high: Math.min(1, high) };
    });
    const most = (which: (d: number, n: number) => boolean, of: "value" | "high" = "value") => {
      const shares = eachShape(featuresIn, (nonlinearity, d, n) =>
        which(d, n) ? values[shapeLabel(nonlinearity, d, n)]![of] : 0,
      );
      return `${Math.ceil(100 * Math.max(...Object.values(shares)))} %`;
    };
    const inDimensions = (k: number) => most((d) => d === k);
    const few = (d: number, n: number) => n <= 2 * d;
    return {
      answer: `Up to ${inDimensions(2)} of directions in 2D, ${inDimensions(3)} in 3D and ${inDimensions(5)} in 5D; where n ≤ 2d at most ${most(few)} was seen, and more than ${most(few, "high")} is ruled out.`,
      values,
    };
  },
  figure: (_, { values }) =>
    nonlinearities.map((nonlinearity) =>
      charts.series({
        caption: named[nonlinearity],
        x: "features over dimensions, n/d",
        y: "share of directions mislabelled",
        width: 440,
        series: Object.entries(featuresIn).map(([d, sizes]) => ({
          label: `d = ${d}`,
          points: sizes.map((n) => pointAt(n / +d, values[shapeLabel(nonlinearity, +d, n)]!)),
        })),
      }),
    ),
});

// There the row that reads a feature has the next feature's number, and no geometry can tell.
const bigramControl = {
  name: "feature i asked for at output i + 1",
  model: untied("relu", 5, { data: bigramMap(5) }),
};

hypothesis("U6c pairing by the largest dot product labels every direction correctly", {
  row: "U6",
  role: "supporting",
  claim:
    "In 2D, pairing written with reading directions by the largest dot product labels every learned direction correctly, under ReLU and GELU.",
  operationalisation:
    "Each written direction is paired with the reading vector of the largest dot product uⱼ·vᵢ: the output that shows most of it. Lengths matter where angles mislead.",
  given: untiedModels,
  endPoints: false,
  observe: pairings,
  expect: {
    nearlyAll: "no direction mislabelled",
    when: (o) => o["mislabelled by the largest dot product"] === 0,
  },
  control: bigramControl,
  figure: (result) => verdictMap(result, sizes, "Seeds in which nothing is mislabelled"),
});

hypothesis("U6d pairing by the best one-to-one cosines labels every direction correctly", {
  row: "U6",
  role: "supporting",
  claim:
    "In 2D, pairing written with reading directions by the best one-to-one cosines labels every learned direction correctly, under ReLU and GELU.",
  operationalisation:
    "The one-to-one pairing with the largest sum of cosines. Angles alone do, if no reading vector may be used twice.",
  given: untiedModels,
  endPoints: false,
  observe: pairings,
  expect: {
    nearlyAll: "no direction mislabelled",
    when: (o) => o["mislabelled by the best one-to-one cosines"] === 0,
  },
  control: bigramControl,
});

/** A ReLU seed with ten features in which two directions or more are mislabelled. */
function drawMislabelled({ cells }: Result<ReturnType<typeof pairings>>) {
  const { runs, values } = cells.find(({ label }) => label === "ReLU, n = 10")!;
  const counts = values.map((o) => o?.["mislabelled by the largest cosine"] ?? 0);
  const index = counts.findIndex((count) => count >= 2);
  return drawPairs(runs[index]!, `ReLU, n = 10, seed ${runs[index]!.seed}: ${counts[index]} mislabelled`);
}
