import fc from "fast-check";
import { charts, exactClaim, geometry, shapes } from "../../src/index.ts";
import { hundredths, indices, integers, listOf, mean } from "../helpers.ts";
import { logits, logProbability, logs, vectors } from "./one-label.ts";
import { curve, even, norm, onCircle, type Points, times } from "./setup.ts";

/**
 * Untied, no bias: growing a column of the embedding, while its row of the unembedding is small (C10, C10b) and once that
 * is learned (C11, C11b).
 */

/** A column and the rows of other labels, in 1 to 4 dimensions; `share` is for the label's own row. */
const scene = fc
  .record({ others: integers(1, 11), hidden: integers(1, 4) })
  .chain(({ others, hidden }) =>
    fc.record({
      others: vectors(others, hidden, 6),
      column: vectors(1, hidden, 2).map((v) => v[0]!),
      share: hundredths(-100, 100),
    }),
  )
  .filter(({ others, column }) => norm(column) > 0.01 && others.every((u) => norm(u) > 0.01));
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

/** With a first row along the column, a tenth as long as the shortest other. */
const smallAligned = ({ others, column }: Scene): Points => {
  const shortest = Math.min(...others.map(norm));
  return [times(column, (0.1 * shortest) / norm(column)), ...others];
};

/** Whether the label's probability is lower for the tenfold column. */
const falls = (rows: Points, column: geometry.Point) =>
  logProbability(rows, times(column, 10)) < logProbability(rows, column);

exactClaim("C10 growing a column while its row is small lowers the probability", {
  row: "C10",
  role: "as printed",
  claim:
    "While a row of the unembedding is small, growing the column of the same feature tenfold lowers the probability of its label, even when the two are aligned.",
  operationalisation:
    "Small: a tenth as long as the shortest other row. The claim fails where the other rows all lie on the far side, or where the column is itself so small that their spread does not tell yet.",
  properties: {
    "the probability falls": fc.property(scene, (s) => falls(smallAligned(s), s.column)),
  },
  nearMiss: {
    "the probability rises": fc.property(scene, (s) => !falls(smallAligned(s), s.column)),
  },
});

/** The same with the others' rows moved so that they sum to zero: they surround the origin. */
const surrounded = scene
  .filter(({ others }) => others.length > 1)
  .map(({ others, column, share }) => {
    const centre = column.map((_, k) => mean(others.map((u) => u[k]!)));
    return { others: others.map((u) => u.map((x, k) => x - centre[k]!)), column, share };
  })
  .filter(({ others, column }) => others.some((u) => Math.abs(geometry.dot(u, column)) > 1e-3));

const zeroRow = ({ others, column }: Scene): Points => [times(column, 0), ...others];
/** A row anywhere along the column's line. */
const alignedRow = ({ others, column, share }: Scene, factor = 1): Points => [times(column, factor * share), ...others];
/** Whether the label's logit is above the mean of the others', x > E: then its probability rises with the column. */
const aboveMean = (rows: Points, column: geometry.Point) => {
  const { own, mean } = logits(rows, column);
  return own > mean;
};

exactClaim("C10b growing a column before its row is learned lowers the probability", {
  row: "C10",
  role: "repaired",
  claim:
    "Growing a column lowers the probability of its label exactly while the label's logit is below the mean of the others' logits (weighted by their softmax). That is always so for a row at zero among rows that surround the origin, and then the probability falls however far the column grows.",
  operationalisation:
    "Growing the column by a factor t: d ln p/d ln t = (1 − p)(x − E), where x is the label's logit and E the mean of the others', weighted by the softmax among them. Surround: the other rows sum to zero and are not all at right angles to the column. A small row is then small enough when its logit is below E; with the others on a circle of radius R that is a length below R·I₁(R|v|)/I₀(R|v|), about R²|v|/2 for short columns.",
  properties: {
    "the derivative is (1 − p)(x − E)": fc.property(scene, (s) => {
      const rows = alignedRow(s, 3);
      const logP = (logarithm: number) => logProbability(rows, times(s.column, Math.exp(logarithm)));
      const { own, mean } = logits(rows, s.column);
      const expected = Math.exp(logs(rows, s.column).q) * (own - mean);
      return Math.abs((logP(1e-5) - logP(-1e-5)) / 2e-5 - expected) < 1e-5 * (1 + expected ** 2);
    }),
    "where x ≤ E, the probability is lower for the tenfold column": fc.property(scene, (s) => {
      const rows = alignedRow(s);
      const logP = (factor: number) => logProbability(rows, times(s.column, factor));
      return aboveMean(rows, s.column) || logP(10) <= logP(1) + 1e-12;
    }),
    "a row at zero among rows that surround the origin: it falls": fc.property(surrounded, (s) =>
      falls(zeroRow(s), s.column),
    ),
  },
  nearMiss: {
    "a small aligned row among rows that surround the origin: it falls": fc.property(surrounded, (s) =>
      falls(smallAligned(s), times(s.column, 0.01)),
    ),
    "a row at zero among any rows: it falls": fc.property(scene, (s) => falls(zeroRow(s), s.column)),
  },
  figure: smallRowAmongNine,
});

/**
 * Rows in the plane, the first the closest in angle to the column (1, 0) by at least a degree. Their lengths spread by up to
 * `tolerance` of a common one, either way.
 */
const crowds = (tolerance: number) =>
  fc
    .record({
      angle: integers(0, 60),
      others: fc.array(fc.record({ beyond: integers(1, 110), left: fc.boolean() }), {
        minLength: 2,
        maxLength: 13,
      }),
      size: integers(5, 80).map((k) => k / 10),
      stretch: listOf(hundredths(-100, 100), 14),
      column: integers(1, 40).map((k) => [k / 10, 0]),
    })
    .map(({ angle, others, size, stretch, column }) => {
      const beside = others.map(({ beyond, left }) => (left ? -1 : 1) * Math.min(180, angle + beyond));
      const directions = [angle, ...beside].map((degrees) => (Math.PI * degrees) / 180);
      const rows = onCircle(directions, size).map((u, i) => times(u, 1 + tolerance * stretch[i]!));
      return { rows, column };
    });

/** How many times longer than the shortest row the longest may be. */
const spread = (tolerance: number) => (1 + tolerance) / (1 - tolerance);
/** Whether the first row's cosine with the column is so much larger than the others' that their lengths cannot matter. */
const nearestByMargin = (rows: Points, factor: number) => {
  const [own, ...others] = rows.map((u) => u[0]! / norm(u));
  return own! > 1e-6 && others.every((cosine) => cosine * factor < own! - 1e-9);
};

exactClaim("C11 once a row is learned, growing its column helps, with lengths within a tenth", {
  row: "C11",
  role: "supporting",
  claim:
    "If all rows of the unembedding have the same length to within 10 % either way, and the cosine of a feature's row with its column is at least 1.1/0.9 times any other's, growing the column raises the probability of its label.",
  operationalisation:
    "The note asks for about the same length and the smallest angle. With lengths that differ the smallest angle by itself is not enough (the near miss): a row at nearly the same angle can be longer and have the larger logit. Growing raises the probability where x > E (C10b).",
  properties: {
    "the probability rises": fc.property(
      crowds(0.1).filter(({ rows }) => nearestByMargin(rows, spread(0.1))),
      ({ rows, column }) => aboveMean(rows, column),
    ),
  },
  nearMiss: {
    "the smallest angle is enough": fc.property(crowds(0.1), ({ rows, column }) => aboveMean(rows, column)),
  },
});

/** How far the first row's logit leads at this column, and −ln p where the column has been grown until it leads by `reach`. */
function atReach({ rows, column }: { readonly rows: Points; readonly column: geometry.Point }, reach: number) {
  const [own, ...others] = rows.map((u) => geometry.dot(u, column));
  const lead = own! - Math.max(...others);
  return { lead, loss: -logProbability(rows, times(column, reach / lead)) };
}

exactClaim("C11b once a row is learned, growing its column helps", {
  row: "C11",
  role: "as printed",
  claim:
    "If all rows have the same length and a feature's row has the smallest angle to its column, growing the column raises the probability of its label, for ever and towards 1. With rows of any lengths the same holds for the row with the largest projection on the column.",
  operationalisation:
    "“About as large” is taken as equal, the case without rows that make up in length for a larger angle (C11 allows for a tenth). What counts is the logit, length times cosine: with a lead of g over every other of m labels per unit of the column's length t, −ln p ≤ m e^{−gt}. The largest projection is enough; needed is only more than the weighted mean of the others (C10b).",
  properties: {
    "equal lengths, smallest angle: it rises at every length of the column": fc.property(
      crowds(0),
      integers(1, 100),
      ({ rows, column }, factor) => aboveMean(rows, times(column, factor / 10)),
    ),
    "−ln p ≤ m e^{−gt}, so that it tends to 1": fc.property(crowds(0), integers(0, 40), (crowd, reach) => {
      const { lead, loss } = atReach(crowd, reach);
      return lead > 0 && loss <= (crowd.rows.length - 1) * Math.exp(-reach) * (1 + 1e-6) + 1e-15;
    }),
    "any lengths, largest projection: it rises": fc.property(scene, ({ others, column }) => {
      const projection = (u: geometry.Point) => geometry.dot(u, column);
      const rows = others.toSorted((a, b) => projection(b) - projection(a));
      const allAlike = projection(rows[0]!) - projection(rows.at(-1)!) < 1e-9;
      return allAlike || aboveMean(rows, column);
    }),
  },
  nearMiss: {
    "−ln p ≤ e^{−gt} for any number of other labels": fc.property(crowds(0), integers(0, 40), (crowd, reach) => {
      const { loss } = atReach(crowd, reach);
      return loss <= Math.exp(-reach) * (1 + 1e-6) + 1e-15;
    }),
    "half as long as the others, smallest angle: it rises": fc.property(crowds(0), ({ rows, column }) =>
      aboveMean([times(rows[0]!, 0.5), ...rows.slice(1)], column),
    ),
    "equal lengths, second smallest angle: it rises": fc.property(crowds(0), ({ rows, column }) => {
      const [first, second, ...others] = rows.toSorted((a, b) => b[0]! - a[0]!);
      return aboveMean([second!, first!, ...others], column);
    }),
  },
});

/** Of a label among nine others: its row, and its probability as its column along that row grows. */
function smallRowAmongNine() {
  const angles = even(9).map((angle) => angle + 0.2);
  const others = onCircle(angles, 3);
  return [
    shapes.plane({
      points: others,
      second: { points: [[0.5, 0]], label: "its row, of length 0.5" },
      label: "the others' rows",
      hull: false,
    }),
    charts.series({
      x: "length of the column",
      y: "probability of its label",
      width: 560,
      series: [0, 0.5, 3].map((length) => {
        const places = indices(16).map((k) => k / 5);
        return curve(`row of length ${length}`, `length ${length}`, places, (column) =>
          Math.exp(logProbability([[length, 0], ...others], [column, 0])),
        );
      }),
    }),
  ];
}
