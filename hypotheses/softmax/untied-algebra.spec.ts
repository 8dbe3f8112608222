import fc from "fast-check";
import { compose, dot, hypothesis, plane, regularPolygonPoints, series } from "../../src/index.ts";

/**
 * Softmax and cross-entropy, untied, no bias: the argument for why the unembedding comes first, as mathematics. vᵢ is
 * feature i's column of the embedding ("written"), uᵢ its row of the unembedding ("read"), pₖ(j) the probability of
 * label k on input j, the softmax over k of uₖ·vⱼ.
 */
const section = "Softmax + cross-entropy · untied, no bias";

type Points = readonly (readonly number[])[];

const length = (a: readonly number[]) => Math.sqrt(dot(a, a));
const times = (a: readonly number[], factor: number) => a.map((x) => factor * x);
const close = (a: number, b: number, tolerance = 1e-9) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

function logSumExp(values: readonly number[]): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, z) => sum + Math.exp(z - top), 0));
}

/** Everything about label 0 on one input: its logit, and the log-sum-exp and softmax-mean of the others' logits. */
function against(unembedding: Points, input: readonly number[]) {
  const [own, ...others] = unembedding.map((u) => dot(u, input));
  const rest = logSumExp(others);
  return {
    own: own!,
    rest,
    mean: others.reduce((sum, z) => sum + Math.exp(z - rest) * z, 0),
  };
}

/** ln p and ln(1 − p) of label 0 on an input, each without loss of digits. */
function logs(unembedding: Points, input: readonly number[]) {
  const { own, rest } = against(unembedding, input);
  const odds = own - rest;
  const softplus = (x: number) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  return { p: -softplus(-odds), q: -softplus(odds) };
}
const logProbability = (unembedding: Points, input: readonly number[]) => logs(unembedding, input).p;

const vectors = (count: number, hidden: number, size: number) =>
  fc.array(
    fc.array(
      fc.integer({ min: -100, max: 100 }).map((k) => (size * k) / 100),
      { minLength: hidden, maxLength: hidden },
    ),
    { minLength: count, maxLength: count },
  );

/** An embedding, and the rows of all labels but the first. */
interface Unread {
  readonly embedding: Points;
  readonly others: Points;
}

/**
 * The rows once the first, pointing along its own column, is so long that its label is given the probability p on its own
 * input: p/(1 − p) = e^{u·v}/Σₖ e^{uₖ·v}.
 */
function readTo({ embedding, others }: Unread, p: number): Points {
  const own = embedding[0]!;
  const rest = logSumExp(others.map((u) => dot(u, own)));
  return [times(own, (Math.log(p) - Math.log1p(-p) + rest) / dot(own, own)), ...others];
}

/**
 * Trained-looking features in the plane, columns and rows roughly along each other, the first of them not yet read: kept
 * where without its row its label is given 1e-8 or less, and where with it no other input gives it more than its own.
 */
const unread: fc.Arbitrary<Unread> = fc
  .integer({ min: 3, max: 40 })
  .chain((n) => fc.record({ columns: vectors(n, 2, 9), noise: vectors(n, 2, 3) }))
  .map(({ columns, noise }) => {
    const embedding = columns.map((v) => times(v, 1 + 4 / Math.max(1, length(v))));
    return {
      embedding,
      others: embedding.slice(1).map((v, i) => v.map((x, k) => x + noise[i + 1]![k]!)),
    };
  })
  .filter((u) => {
    if (length(u.embedding[0]!) < 0.1) return false;
    const rows: Points = [[0, 0], ...u.others];
    return (
      u.embedding.every((v) => logProbability(rows, v) < Math.log(1e-8)) &&
      [1e-6, 1e-8].every((p) => {
        const read = readTo(u, p);
        return u.embedding.every((v) => logProbability(read, v) <= Math.log(p) + 1e-9);
      })
    );
  });

/** What growing the first row does: −Δ of its own loss, and the rise of every other input's loss. */
function account(embedding: Points, before: Points, after: Points) {
  return {
    gain: logProbability(after, embedding[0]!) - logProbability(before, embedding[0]!),
    costs: embedding.slice(1).map((v) => logs(before, v).q - logs(after, v).q),
  };
}
const grow = (u: Unread) => account(u.embedding, readTo(u, 1e-8), readTo(u, 1e-6));

const printed = Math.log1p(-1e-8) - Math.log1p(-1e-6);

hypothesis("C9 the cost to the others, as printed", {
  claim:
    "If a row of the unembedding grows until the largest probability its label is given rises from 1e-8 to 1e-6, another input's loss rises by about ln(1 − 1e-8) − ln(1 − 1e-6), which is about 1e-8.",
  section,
  reading: "'About' as within a factor of √10, half an order of magnitude, either way.",
  properties: {
    "ln(1 − 1e-8) − ln(1 − 1e-6) is about 1e-8": () =>
      printed > 1e-8 / Math.sqrt(10) && printed < 1e-8 * Math.sqrt(10),
  },
  nearMiss: {
    "ln(1 − 1e-8) − ln(1 − 1e-6) is about 1e-4": () =>
      printed > 1e-4 / Math.sqrt(10) && printed < 1e-4 * Math.sqrt(10),
  },
});

hypothesis("C9b growing an unread row pays", {
  claim:
    "If a row of the unembedding grows until the largest probability its label is given rises from 1e-8 to 1e-6, its own input's loss falls by ln 100 = 4.6 and every other input's rises by at most about 1e-6: a bargain for up to millions of features.",
  section,
  reading:
    "The size printed for the cost (1e-8) is a slip for the larger of the two probabilities: 9.9e-7, which is what an input pays on which the label is given as much as on its own; typical inputs pay far less. The conclusion stands. The largest probability is taken to be that on the row's own input.",
  properties: {
    "ln(1 − 1e-8) − ln(1 − 1e-6) is 0.99e-6": () => close(printed * 1e6, 0.99, 1e-4),
    "any growth costs input j exactly ln((1 − p before)/(1 − p after)): the other labels keep their proportions":
      fc.property(unread, (u) => {
        const [before, after] = [readTo(u, 1e-8), readTo(u, 1e-6)];
        return u.embedding.slice(1).every((v, j) => {
          const right = (rows: Points) => dot(rows[j + 1]!, v) - logSumExp(rows.map((u) => dot(u, v)));
          return (
            Math.abs(right(before) - right(after) - (logs(before, v).q - logs(after, v).q)) <
            1e-12 * (1 + Math.abs(right(after)) * 10)
          );
        });
      }),
    "the gain is ln 100": fc.property(unread, (u) => close(grow(u).gain, Math.log(100), 1e-9)),
    "every other input pays less than 1e-6": fc.property(unread, (u) =>
      grow(u).costs.every((cost) => cost < 1e-6),
    ),
    "the gain exceeds 100,000 times what all others pay": fc.property(unread, (u) => {
      const { gain, costs } = grow(u);
      return gain > 1e5 * costs.reduce((a, b) => a + b, 0);
    }),
  },
  nearMiss: {
    "every other input pays less than 2e-8": fc.property(unread, (u) =>
      grow(u).costs.every((cost) => cost < 2e-8),
    ),
    "growth pays however large the probability has become": fc.property(unread, (u) => {
      const { gain, costs } = account(u.embedding, readTo(u, 0.5), readTo(u, 0.999));
      return gain > costs.reduce((a, b) => a + b, 0);
    }),
    "growth pays a row that points away from its own column": fc.property(unread, (u) => {
      const turned = (rows: Points) => rows.map((u, i) => (i === 0 ? times(u, -1) : u));
      return account(u.embedding, turned(readTo(u, 1e-8)), turned(readTo(u, 1e-6))).gain > 0;
    }),
  },
  figure: () => {
    const gain = (p: number) => Math.log(p / 1e-8);
    const cost = (p: number) => Math.log1p(-1e-8) - Math.log1p(-p);
    const grid = Array.from({ length: 15 }, (_, k) => 10 ** (-7.5 + k / 2)).filter((p) => p < 0.9);
    return compose(
      {
        title: "Growing an unread row from p = 1e-8: gain on its own input, cost to one other",
        subtitle:
          "At p = 1e-6 the gain is 4.6 and the cost at most 1e-6, a hundred times the 1e-8 that is printed and still nothing beside the gain.",
      },
      [
        series({
          x: "largest probability given to the label",
          y: "change of loss, nats",
          xScale: "log",
          yScale: "log",
          width: 720,
          series: [
            {
              label: "gain on its own input",
              points: grid.map((x) => ({ x, y: gain(x) })),
              fit: { label: "ln(p/1e-8)", at: gain },
            },
            {
              label: "cost to another input, at most",
              points: grid.map((x) => ({ x, y: cost(x) })),
              fit: { label: "ln(1 − 1e-8) − ln(1 − p)", at: cost },
            },
          ],
          references: [{ label: "cost as printed, 1e-8", at: () => 1e-8 }],
        }),
      ],
    );
  },
});

/** Other rows and a column, in 1 to 4 dimensions. `small` adds a first row along the column, a tenth of the shortest other. */
const scene = fc
  .record({ others: fc.integer({ min: 1, max: 11 }), hidden: fc.integer({ min: 1, max: 4 }) })
  .chain(({ others, hidden }) =>
    fc.record({
      others: vectors(others, hidden, 6),
      column: vectors(1, hidden, 2).map((v) => v[0]!),
      share: fc.integer({ min: -100, max: 100 }).map((k) => k / 100),
    }),
  )
  .filter(({ others, column }) => length(column) > 0.01 && others.every((u) => length(u) > 0.01));
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

/** The same with the others' rows moved so that they sum to zero: they surround the origin. */
const surrounded = scene
  .filter(({ others }) => others.length > 1)
  .map(({ others, column, share }) => {
    const mean = others[0]!.map((_, k) => others.reduce((sum, u) => sum + u[k]!, 0) / others.length);
    return { others: others.map((u) => u.map((x, k) => x - mean[k]!)), column, share };
  })
  .filter(({ others, column }) => others.some((u) => Math.abs(dot(u, column)) > 1e-3));

const smallAligned = ({ others, column }: Scene): Points => {
  const shortest = Math.min(...others.map(length));
  return [times(column, (0.1 * shortest) / length(column)), ...others];
};
const zeroRow = ({ others, column }: Scene): Points => [times(column, 0), ...others];

/** Whether the label's probability is lower for the tenfold column. */
const falls = (rows: Points, column: readonly number[]) =>
  logProbability(rows, times(column, 10)) < logProbability(rows, column);

/** d ln p / d ln t of the column t·v, by central differences. */
function derivative(rows: Points, column: readonly number[]): number {
  const h = 1e-5;
  return (
    (logProbability(rows, times(column, Math.exp(h))) - logProbability(rows, times(column, Math.exp(-h)))) /
    (2 * h)
  );
}

hypothesis("C10 growing a column while its row is small, as stated", {
  claim:
    "While a row of the unembedding is small, growing the column of the same feature tenfold lowers the probability of its label, even when the two are aligned.",
  section,
  reading:
    "'Small' as a tenth of the shortest other row. It fails where the other rows all lie on the far side, or where the column is itself so small that their spread does not tell yet.",
  properties: {
    "the probability falls": fc.property(scene, (s) => falls(smallAligned(s), s.column)),
  },
  nearMiss: {
    "the probability rises": fc.property(scene, (s) => !falls(smallAligned(s), s.column)),
  },
});

hypothesis("C10b growing a column before its row is there lowers the probability", {
  claim:
    "Growing a column lowers the probability of its label exactly while the label's logit is below the mean of the others' logits (weighted by their softmax). That is always so for a row at zero among rows that surround the origin, and then the probability falls however far the column grows.",
  section,
  reading:
    "Growing the column by a factor t: d ln p/d ln t = (1 − p)(x − E), where x is the label's logit and E the mean of the others', weighted by the softmax among them. 'Surround' as: the other rows sum to zero and are not all at right angles to the column. A small row is then small enough when its logit is below E; with the others on a circle of radius R that is a length below R·I₁(R|v|)/I₀(R|v|), about R²|v|/2 for short columns.",
  properties: {
    "the derivative is (1 − p)(x − E)": fc.property(scene, (s) => {
      const rows = [times(s.column, 3 * s.share), ...s.others];
      const { own, mean } = against(rows, s.column);
      const expected = Math.exp(logs(rows, s.column).q) * (own - mean);
      return Math.abs(derivative(rows, s.column) - expected) < 1e-5 * (1 + expected ** 2);
    }),
    "where x ≤ E, the probability is lower for the tenfold column": fc.property(scene, (s) => {
      const rows = [times(s.column, s.share), ...s.others];
      const { own, mean } = against(rows, s.column);
      return (
        own > mean || logProbability(rows, times(s.column, 10)) <= logProbability(rows, s.column) + 1e-12
      );
    }),
    "a row at zero among rows that surround the origin: it falls": fc.property(surrounded, (s) =>
      falls(zeroRow(s), s.column),
    ),
  },
  nearMiss: {
    "a small aligned row among rows that surround the origin: it falls": fc.property(surrounded, (s) =>
      falls(
        smallAligned(s),
        s.column.map((x) => x / 100),
      ),
    ),
    "a row at zero among any rows: it falls": fc.property(scene, (s) => falls(zeroRow(s), s.column)),
    "where x > E, it is lower too": fc.property(scene, (s) => {
      const rows = [times(s.column, s.share), ...s.others];
      const { own, mean } = against(rows, s.column);
      return own <= mean || falls(rows, s.column);
    }),
  },
  figure: () => {
    const radius = 3;
    const others = regularPolygonPoints(9, radius).map(([x, y]) => [
      x! * Math.cos(0.2) - y! * Math.sin(0.2),
      x! * Math.sin(0.2) + y! * Math.cos(0.2),
    ]);
    const at = (row: number) => (column: number) =>
      Math.exp(logProbability([[row, 0], ...others], [column, 0]));
    const lengths = Array.from({ length: 16 }, (_, k) => k / 5);
    return compose(
      {
        title: "Growing a column beside nine features on a circle of radius 3",
        subtitle:
          "With its row at zero the label only loses; with a short aligned row it loses too, once the column is longer than about 0.1; with a row as long as the others it gains.",
      },
      [
        plane({
          points: others,
          second: { points: [[0.5, 0]], label: "its row, of length 0.5" },
          label: "the others' rows",
          hull: false,
        }),
        series({
          x: "length of the column",
          y: "probability of its label",
          width: 560,
          series: [0, 0.5, 3].map((row) => ({
            label: `row of length ${row}`,
            points: lengths.map((x) => ({ x, y: at(row)(x) })),
            fit: { label: `length ${row}`, at: at(row) },
          })),
        }),
      ],
    );
  },
});

/** Rows of one length in the plane, the first the closest in angle to the column (1, 0) by at least `ahead` degrees. */
const crowd = fc
  .record({
    angle: fc.integer({ min: 0, max: 60 }),
    others: fc.array(fc.record({ beyond: fc.integer({ min: 1, max: 110 }), left: fc.boolean() }), {
      minLength: 2,
      maxLength: 13,
    }),
    size: fc.integer({ min: 5, max: 80 }).map((k) => k / 10),
    column: fc.integer({ min: 1, max: 40 }).map((k) => k / 10),
    stretch: fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 14, maxLength: 14 }),
  })
  .map(({ angle, others, size, column, stretch }) => ({
    angles: [angle, ...others.map(({ beyond, left }) => (left ? -1 : 1) * Math.min(180, angle + beyond))].map(
      (degrees) => (Math.PI * degrees) / 180,
    ),
    size,
    column: [column, 0],
    stretch,
  }));
type Crowd = typeof crowd extends fc.Arbitrary<infer T> ? T : never;
/** Lengths spread by up to `tolerance` of the common one, either way. */
const rowsOf = ({ angles, size, stretch }: Crowd, tolerance = 0): Points =>
  angles.map((a, i) => {
    const r = size * (1 + (tolerance * stretch[i]!) / 100);
    return [r * Math.cos(a), r * Math.sin(a)];
  });
const rises = (rows: Points, column: readonly number[]) => {
  const { own, mean } = against(rows, column);
  return own > mean;
};

hypothesis("C11 once learned, growing the column helps, as stated", {
  claim:
    "Once a row of the unembedding has a length similar to the others', and its angle to its own column is smaller than that of any other row, growing the column raises the probability of its label.",
  section,
  reading:
    "'Similar' as all lengths within 10 % of one another's mean. A row that is a tenth longer at nearly the same angle has the larger logit.",
  properties: {
    "the probability rises": fc.property(crowd, (c) => rises(rowsOf(c, 0.1), c.column)),
  },
  nearMiss: {
    "the probability falls": fc.property(crowd, (c) => !rises(rowsOf(c, 0.1), c.column)),
  },
});

hypothesis("C11b once learned, growing the column helps", {
  claim:
    "If all rows have the same length and a feature's row has the smallest angle to its column, growing the column raises the probability of its label, for ever and towards 1. With rows of any lengths the same holds for the row with the largest projection on the column.",
  section,
  reading:
    "What counts is the logit, length times cosine. The largest projection is enough; needed is only more than the weighted mean of the others (C10b).",
  properties: {
    "equal lengths, smallest angle: it rises at every length of the column": fc.property(
      crowd,
      fc.integer({ min: 1, max: 100 }),
      (c, factor) => rises(rowsOf(c), times(c.column, factor / 10)),
    ),
    "and tends to 1": fc.property(crowd, (c) => logProbability(rowsOf(c), times(c.column, 1e6)) > -1e-9),
    "any lengths, largest projection: it rises": fc.property(scene, (s) => {
      const rows = [...s.others].sort((a, b) => dot(b, s.column) - dot(a, s.column));
      if (rows.length < 2 || dot(rows[0]!, s.column) - dot(rows.at(-1)!, s.column) < 1e-9) return true;
      return rises(rows, s.column);
    }),
  },
  nearMiss: {
    "half as long as the others, smallest angle: it rises": fc.property(crowd, (c) => {
      const rows = rowsOf(c);
      return rises([times(rows[0]!, 0.5), ...rows.slice(1)], c.column);
    }),
    "equal lengths, second smallest angle: it rises": fc.property(crowd, (c) => {
      const [first, ...others] = rowsOf(c);
      const sorted = [...others].sort((a, b) => b[0]! - a[0]!);
      return rises([sorted[0]!, first!, ...sorted.slice(1)], c.column);
    }),
  },
});
