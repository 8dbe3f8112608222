import fc from "fast-check";
import { charts, exactClaim, geometry } from "../../src/index.ts";
import { indices, integers } from "../helpers.ts";
import { logProbability, logs, vectors } from "./one-label.ts";
import { curve, logSumExp, nearly, norm, type Points, times } from "./setup.ts";

/** Untied, no bias: growing a row of the unembedding that is not yet learned (C9, C9b). */

/** What another input pays for it at most. */
const cost = Math.log1p(-1e-8) - Math.log1p(-1e-6);
const isAbout = (size: number) => cost > size / Math.sqrt(10) && cost < size * Math.sqrt(10);

exactClaim("C9 growing a row costs other inputs about 1e-8", {
  row: "C9",
  role: "as printed",
  claim:
    "If a row of the unembedding grows until the largest probability its label is given rises from 1e-8 to 1e-6, another input's loss rises by about ln(1 − 1e-8) − ln(1 − 1e-6), which is about 1e-8.",
  operationalisation: "About: within a factor of √10, half an order of magnitude, either way.",
  properties: { "ln(1 − 1e-8) − ln(1 − 1e-6) is about 1e-8": () => isAbout(1e-8) },
  nearMiss: { "ln(1 − 1e-8) − ln(1 − 1e-6) is about 1e-4": () => isAbout(1e-4) },
});

/** An embedding, and the rows of all labels but the first. */
interface WithoutRow {
  readonly embedding: Points;
  readonly others: Points;
}

/**
 * The rows once the first, pointing along its own column, is so long that its label is given the probability p on its own
 * input: p/(1 − p) = e^{u·v}/Σₖ e^{uₖ·v}.
 */
function grownTo(p: number, { embedding, others }: WithoutRow): Points {
  const own = embedding[0]!;
  const rest = logSumExp(others.map((u) => geometry.dot(u, own)));
  return [times(own, (Math.log(p) - Math.log1p(-p) + rest) / geometry.dot(own, own)), ...others];
}

/**
 * Features as training leaves them in the plane, columns and rows roughly along each other, the first row not yet learned:
 * kept where without its row its label is given 1e-8 or less, and where with it no other input gives it more than its own.
 */
const withoutRow: fc.Arbitrary<WithoutRow> = integers(3, 40)
  .chain((n) => fc.record({ columns: vectors(n, 2, 9), noise: vectors(n, 2, 3) }))
  .map(({ columns, noise }) => {
    const embedding = columns.map((v) => times(v, 1 + 4 / Math.max(1, norm(v))));
    const rows = embedding.map((v, i) => v.map((x, k) => x + noise[i]![k]!));
    return { embedding, others: rows.slice(1) };
  })
  .filter((features) => {
    const { embedding, others } = features;
    const allBelow = (rows: Points, p: number) => embedding.every((v) => logProbability(rows, v) <= Math.log(p) + 1e-9);
    return (
      norm(embedding[0]!) >= 0.1 &&
      allBelow([[0, 0], ...others], 1e-8) &&
      [1e-6, 1e-8].every((p) => allBelow(grownTo(p, features), p))
    );
  });

/** How far its own input's loss falls, and how far every other input's rises. */
function grow(features: WithoutRow, from = 1e-8, to = 1e-6) {
  const [before, after] = [grownTo(from, features), grownTo(to, features)];
  const [own, ...others] = features.embedding;
  return {
    gain: logProbability(after, own!) - logProbability(before, own!),
    costs: others.map((v) => logs(before, v).q - logs(after, v).q),
  };
}
const total = (costs: readonly number[]) => costs.reduce((a, b) => a + b, 0);

exactClaim("C9b growing a row of the unembedding that is not yet learned pays", {
  row: "C9",
  role: "repaired",
  claim:
    "If a row of the unembedding grows until the largest probability its label is given rises from 1e-8 to 1e-6, its own input's loss falls by ln 100 = 4.6 and every other input's rises by at most about 1e-6: this pays with up to millions of features.",
  operationalisation:
    "The size printed for the cost (1e-8) is a slip for the larger of the two probabilities: 9.9e-7, which is what an input pays on which the label is given as much as on its own; typical inputs pay far less. The conclusion stands. The largest probability is taken to be that on the row's own input.",
  properties: {
    "ln(1 − 1e-8) − ln(1 − 1e-6) is 0.99e-6": () => nearly(cost * 1e6, 0.99, 1e-4),
    "any growth costs input j exactly ln((1 − p before)/(1 − p after)): the other labels keep their proportions":
      fc.property(withoutRow, (features) => {
        const [before, after] = [grownTo(1e-8, features), grownTo(1e-6, features)];
        const { costs } = grow(features);
        return features.embedding.slice(1).every((v, j) => {
          const right = (rows: Points) =>
            geometry.dot(rows[j + 1]!, v) - logSumExp(rows.map((u) => geometry.dot(u, v)));
          const error = Math.abs(right(before) - right(after) - costs[j]!);
          return error < 1e-12 * (1 + Math.abs(right(after)) * 10);
        });
      }),
    "the gain is ln 100": fc.property(withoutRow, (features) => nearly(grow(features).gain, Math.log(100))),
    "every other input pays less than 1e-6": fc.property(withoutRow, (features) =>
      grow(features).costs.every((paid) => paid < 1e-6),
    ),
    "the gain exceeds 100,000 times what all others pay": fc.property(withoutRow, (features) => {
      const { gain, costs } = grow(features);
      return gain > 1e5 * total(costs);
    }),
  },
  nearMiss: {
    "every other input pays less than 2e-8": fc.property(withoutRow, (features) =>
      grow(features).costs.every((paid) => paid < 2e-8),
    ),
    "growth pays however large the probability has become": fc.property(withoutRow, (features) => {
      const { gain, costs } = grow(features, 0.5, 0.999);
      return gain > total(costs);
    }),
  },
  figure: gainAndCost,
});

function gainAndCost() {
  const places = indices(15)
    .map((k) => 10 ** (-7.5 + k / 2))
    .filter((p) => p < 0.9);
  return charts.series({
    x: "largest probability given to the label",
    y: "change of loss, nats",
    xScale: "log",
    yScale: "log",
    width: 720,
    series: [
      curve("gain on its own input", "ln(p/1e-8)", places, (p) => Math.log(p / 1e-8)),
      curve(
        "cost to another input, at most",
        "ln(1 − 1e-8) − ln(1 − p)",
        places,
        (p) => Math.log1p(-1e-8) - Math.log1p(-p),
      ),
    ],
    references: [{ label: "cost as printed, 1e-8", at: () => 1e-8 }],
  });
}
