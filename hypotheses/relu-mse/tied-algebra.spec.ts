import fc from "fast-check";
import {
  autoencoder,
  compose,
  dot,
  gradient,
  hypothesis,
  loss,
  plane,
  polygonRecovered,
  polygonSquaredNorm,
  redistribute,
  regularPolygonPoints,
  series,
  shareDirections,
  terms,
} from "../../src/index.ts";

/**
 * Tied, no bias, one-hot data: the statements of section A→B that are mathematics. n is the number of features, wᵢ the
 * embedding's i-th column, and "summed loss" the squared error summed over all inputs and outputs (n² × the mean).
 */
const section = "ReLU + MSE · tied, no bias";

const model = (nonlinearity: "relu" | "gelu", points: readonly (readonly number[])[]) =>
  autoencoder({ features: points.length, hidden: points[0]!.length, nonlinearity, loss: "mse" });

/** weight0 is [hidden × features], row-major. */
const flat = (points: readonly (readonly number[])[]) =>
  Float64Array.from(points[0]!.flatMap((_, row) => points.map((point) => point[row]!)));

const summedLoss = (points: readonly (readonly number[])[], nonlinearity: "relu" | "gelu" = "relu") => {
  const m = model(nonlinearity, points);
  return terms(m) * loss(m, flat(points));
};

/** ∂(summed loss)/∂wᵢ, one vector a feature. */
const summedGradient = (points: readonly (readonly number[])[], nonlinearity: "relu" | "gelu" = "relu") => {
  const m = model(nonlinearity, points);
  const g = gradient(m, flat(points)).gradient;
  return points.map((point, i) => point.map((_, row) => terms(m) * g[row * points.length + i]!));
};

const close = (a: number, b: number, tolerance = 1e-10) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

/** Any embedding: 2 to 9 features in 1 to 4 dimensions. */
const embeddings = fc
  .record({ features: fc.integer({ min: 2, max: 9 }), hidden: fc.integer({ min: 1, max: 4 }) })
  .chain(({ features, hidden }) => {
    const coordinate = fc.integer({ min: -200, max: 200 }).map((k) => k / 100);
    const point = fc.array(coordinate, { minLength: hidden, maxLength: hidden });
    return fc.array(point, { minLength: features, maxLength: features });
  });

/** Positive numbers that sum to 1. */
const shares = (count: number) =>
  fc
    .array(fc.integer({ min: 1, max: 100 }), { minLength: count, maxLength: count })
    .map((parts) => parts.map((part) => part / parts.reduce((a, b) => a + b)));

/** Any embedding, to which `group` features in one common direction are added. */
const withSharedDirection = fc
  .record({
    others: embeddings,
    group: fc.integer({ min: 2, max: 4 }),
    length: fc.integer({ min: 20, max: 150 }),
  })
  .chain(({ others, group, length }) =>
    fc
      .record({
        before: shares(group),
        after: shares(group),
        direction: fc
          .array(fc.integer({ min: -9, max: 9 }), {
            minLength: others[0]!.length,
            maxLength: others[0]!.length,
          })
          .filter((v) => v.some((x) => x !== 0)),
      })
      .map(({ before, after, direction }) => {
        const unit = direction.map((x) => x / Math.sqrt(dot(direction, direction)));
        const members = before.map((share) => unit.map((x) => (length / 100) * Math.sqrt(share) * x));
        return {
          points: [...others, ...members],
          members: before.map((_, i) => others.length + i),
          after,
          unit,
        };
      }),
  );

hypothesis("T8 the one-hot loss in terms of the columns", {
  claim: "The summed one-hot loss of a tied ReLU model is Σᵢ(1 − ‖wᵢ‖²)² + Σ_{j≠i} ReLU(wᵢ·wⱼ)².",
  section,
  properties: {
    "the summed loss is that sum, for any embedding": fc.property(embeddings, (w) =>
      close(summedLoss(w), columnLoss(w, true, 1)),
    ),
    "its derivative by wᵢ is −4(1 − ‖wᵢ‖²)wᵢ + 4 Σ_{j≠i} ReLU(wᵢ·wⱼ)wⱼ": fc.property(embeddings, (w) => {
      const slopes = summedGradient(w);
      return w.every((wi, i) =>
        wi.every((x, row) => {
          const pull = -4 * (1 - dot(wi, wi)) * x;
          const push = w.reduce(
            (sum, wj, j) => sum + (j === i ? 0 : 4 * Math.max(0, dot(wi, wj)) * wj[row]!),
            0,
          );
          return close(slopes[i]![row]!, pull + push);
        }),
      );
    }),
  },
  nearMiss: {
    "without the ReLU": fc.property(embeddings, (w) => close(summedLoss(w), columnLoss(w, false, 1))),
    "with each pair counted once": fc.property(embeddings, (w) =>
      close(summedLoss(w), columnLoss(w, true, 0.5)),
    ),
  },
});

function columnLoss(w: readonly (readonly number[])[], rectified: boolean, pairs: number): number {
  let sum = 0;
  w.forEach((wi, i) => {
    w.forEach((wj, j) => {
      const overlap = dot(wi, wj);
      sum += i === j ? (1 - overlap) ** 2 : pairs * (rectified ? Math.max(0, overlap) : overlap) ** 2;
    });
  });
  return sum;
}

hypothesis("T2a only a direction's sum of squared norms matters", {
  claim:
    "Under ReLU the loss depends on the features that share a direction only through the sum of their squared norms: however that sum is split among them, nothing changes.",
  section,
  properties: {
    "any other split of the same sum has the same loss": fc.property(
      withSharedDirection,
      ({ points, members, after }) =>
        close(summedLoss(points), summedLoss(redistribute(points, members, after))),
    ),
  },
  nearMiss: {
    "the same under GELU": fc.property(withSharedDirection, ({ points, members, after }) =>
      close(summedLoss(points, "gelu"), summedLoss(redistribute(points, members, after), "gelu")),
    ),
    "splits that keep the sum of norms instead": fc.property(
      withSharedDirection,
      ({ points, members, after, unit }) => {
        const total = members.reduce((sum, i) => sum + Math.sqrt(dot(points[i]!, points[i]!)), 0);
        const moved = points.map((p, i) => {
          const k = members.indexOf(i);
          return k < 0 ? p : unit.map((x) => x * total * after[k]!);
        });
        return close(summedLoss(points), summedLoss(moved));
      },
    ),
  },
  figure: () => {
    const squaredNorms = new Array<number>(5).fill(polygonSquaredNorm(5));
    const split = (parts: number[]) => {
      const rows = shareDirections(regularPolygonPoints(5), squaredNorms, 10, parts);
      return rows[0]!.map((_, i) => rows.map((row) => row[i]!));
    };
    const panels = [
      split([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
      split([9, 1, 4, 7, 2, 1, 9, 6, 3, 8]),
      split([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]),
    ];
    return compose(
      {
        title: "One loss, many solutions: ten features on five directions",
        subtitle: "What each direction holds together (dashed rings) is the same in all three.",
      },
      panels.map((points) =>
        plane({ points, combined: true, caption: `summed loss ${summedLoss(points).toFixed(6)}` }),
      ),
    );
  },
});

/** Features on the best regular k-gon, each direction's squared norm split at random. */
const sharedPolygons = fc
  .record({ k: fc.integer({ min: 3, max: 9 }), extra: fc.integer({ min: 1, max: 6 }) })
  .chain(({ k, extra }) => shares(k + extra).map((parts) => ({ k, parts })));

const onPolygon = ({ k, parts }: { k: number; parts: number[] }, factor = 1) => {
  const rows = shareDirections(
    regularPolygonPoints(k),
    new Array<number>(k).fill(factor * polygonSquaredNorm(k)),
    parts.length,
    parts,
  );
  return rows[0]!.map((_, i) => rows.map((row) => row[i]!));
};

const steepest = (points: readonly (readonly number[])[], nonlinearity: "relu" | "gelu") =>
  Math.max(...summedGradient(points, nonlinearity).flat().map(Math.abs));

hypothesis("T6 no gradient along a shared direction", {
  claim:
    "Under ReLU features that share a direction feel no gradient that would move norm from one to another, nor, once the direction is full, any gradient at all.",
  section,
  properties: {
    "anywhere: moving squared norm between two members meets no gradient": fc.property(
      withSharedDirection,
      ({ points, members, unit }) => {
        const slopes = summedGradient(points);
        const [i, j] = [members[0]!, members[1]!];
        const [ai, aj] = [dot(points[i]!, unit), dot(points[j]!, unit)];
        return close(aj * dot(slopes[i]!, unit), ai * dot(slopes[j]!, unit));
      },
    ),
    "on the best k-gon: no member feels any gradient, however its direction is split": fc.property(
      sharedPolygons,
      (shape) => steepest(onPolygon(shape), "relu") < 1e-10,
    ),
  },
  nearMiss: {
    "anywhere, under GELU": fc.property(withSharedDirection, ({ points, members, unit }) => {
      const slopes = summedGradient(points, "gelu");
      const [i, j] = [members[0]!, members[1]!];
      const [ai, aj] = [dot(points[i]!, unit), dot(points[j]!, unit)];
      return close(aj * dot(slopes[i]!, unit), ai * dot(slopes[j]!, unit));
    }),
    "on a k-gon 10 % too large": fc.property(
      sharedPolygons,
      (shape) => steepest(onPolygon(shape, 1.1), "relu") < 1e-10,
    ),
    "on the same k-gon under GELU": fc.property(
      sharedPolygons,
      (shape) => steepest(onPolygon(shape), "gelu") < 1e-10,
    ),
  },
});

/** The sum the note prints: Σ_{r=−⌊d/4⌋}^{⌊d/4⌋} cos²(2πr/d), the loss per direction as it says. */
const printed = (d: number) => {
  const reach = Math.floor(d / 4);
  let sum = 0;
  for (let r = -reach; r <= reach; r++) sum += Math.cos((2 * Math.PI * r) / d) ** 2;
  return sum;
};

const counts = fc.integer({ min: 1, max: 400 }).filter((d) => d !== 5);

hypothesis("T9 five directions, as printed", {
  claim:
    "The sum printed for the loss of d evenly spread unit directions, Σ cos²(2πr/d) over |r| ≤ ⌊d/4⌋, is least at d = 5.",
  section,
  reading:
    "As printed. It is 1 for every d up to 4 and about 1.19 at 5: it counts what one direction costs and leaves out what each direction gains.",
  properties: {
    "it is smaller at 5 than anywhere else": fc.property(counts, (d) => printed(5) < printed(d)),
  },
  nearMiss: {
    "it is smaller at 6 than anywhere else": fc.property(counts, (d) => d === 6 || printed(6) < printed(d)),
  },
});

hypothesis("T9b five directions, repaired", {
  claim:
    "With n features of which d are learned, the summed loss of d evenly spread unit directions is n − d(2 − S(d)), S being the printed sum; this is least at d = 5, and so is the loss n − d/(1 + c_d) with the norms left free.",
  section,
  reading:
    "A direction costs S(d) − 1 in interference and saves the 1 that an unlearned feature costs. The loss then is the exact one, checked below.",
  properties: {
    "unit directions: the loss is n − d(2 − S(d))": fc.property(fc.integer({ min: 1, max: 24 }), (d) =>
      close(summedLoss(regularPolygonPoints(d)), d - d * (2 - printed(d))),
    ),
    "unit directions: it is least at 5": fc.property(
      counts,
      (d) => 5 * (2 - printed(5)) > d * (2 - printed(d)),
    ),
    "free norms: the loss is n − d/(1 + c_d)": fc.property(fc.integer({ min: 1, max: 24 }), (d) => {
      const radius = Math.sqrt(polygonSquaredNorm(d));
      return close(summedLoss(regularPolygonPoints(d, radius)), d - polygonRecovered(d));
    }),
    "free norms: it is least at 5": fc.property(counts, (d) => polygonRecovered(5) > polygonRecovered(d)),
  },
  nearMiss: {
    "unit directions: it is least at 4": fc.property(
      fc.integer({ min: 1, max: 400 }),
      (d) => d === 4 || 4 * (2 - printed(4)) > d * (2 - printed(d)),
    ),
    "free norms: it is least at 6": fc.property(
      fc.integer({ min: 1, max: 400 }),
      (d) => d === 6 || polygonRecovered(6) > polygonRecovered(d),
    ),
  },
  figure: () => {
    const d = Array.from({ length: 14 }, (_, i) => i + 2);
    return compose(
      {
        title: "Why five: the loss that d even directions recover",
        subtitle: "Both peak at d = 5; of unit norm, four directions come within 0.05.",
      },
      [
        series({
          x: "directions d",
          y: "n − loss",
          series: [
            { label: "norms left free: d/(1 + c_d)", points: d.map((x) => ({ x, y: polygonRecovered(x) })) },
            {
              label: "unit norms: d(2 − S(d))",
              points: d.filter((x) => x < 9).map((x) => ({ x, y: x * (2 - printed(x)) })),
            },
          ],
        }),
      ],
    );
  },
});
