import fc from "fast-check";
import { charts, exactClaim, geometry, solutions } from "../../src/index.ts";
import { close, indices, integers, listOf } from "../helpers.ts";
import { degrees, lossOf, norm, objectiveOf, times, type Vectors } from "./setup.ts";

/** Untied ReLU, no bias, three dimensions or more: any number of features without loss (U4b). */

const { lifted, liftedCircle, losslessCircle } = solutions;
type Pairs = ReturnType<typeof lifted>;

const losesNothing = ({ written, reading }: Pairs) => lossOf("relu", written, reading) < 1e-15;
const counts = integers(3, 40);

/** Three to twelve distinct unit vectors of two to five dimensions, no two closer than about 8 degrees. */
const scattered = fc
  .record({ d: integers(2, 5), count: integers(3, 12) })
  .chain(({ d, count }) => listOf(listOf(integers(-50, 50), d), count))
  .filter((points) => points.every((p) => norm(p) > 1))
  .map((points) => points.map((p) => times(p, 1 / norm(p))))
  .filter((points) => points.every((p, i) => points.slice(0, i).every((q) => geometry.dot(p, q) < 0.99)));

/** Every weight moved by so much at most; moves are in thousandths of it, from −1000 to 1000. */
const moved = (vectors: Vectors, moves: readonly number[], by: number) =>
  vectors.map((v, i) => v.map((x, k) => x + (by * moves[(3 * i + k) % moves.length]!) / 1000));

exactClaim("U4b three dimensions hold any number of features without loss", {
  row: "U4",
  role: "supporting",
  claim:
    "In three dimensions or more an untied ReLU model without biases reconstructs any number of features exactly: written (cos θᵢ, sin θᵢ, 1) and read c (cos θᵢ, sin θᵢ, −cos 2π/n), c = 1/(1 − cos 2π/n), on n even angles θᵢ. The third coordinate does what an end bias does.",
  operationalisation:
    "Reader i shows feature j as c (cos(θᵢ − θⱼ) − cos 2π/n): 1 for j = i, at most 0 for every other. The written third coordinate is always 1, so that the third one of a reader is added to its output whatever the input is: an end bias of −c cos 2π/n, which is that of the lossless circle (B1). In more dimensions any distinct points of a sphere will do.",
  properties: {
    "on a circle: reader i shows feature j as c (cos(θᵢ − θⱼ) − cos 2π/n)": fc.property(counts, (n) => {
      const { written, reading } = liftedCircle(n);
      const cosine = Math.cos((2 * Math.PI) / n);
      return reading.every((u, i) =>
        written.every((v, j) =>
          close(geometry.dot(u, v), (Math.cos((2 * Math.PI * (i - j)) / n) - cosine) / (1 - cosine), 1e-7),
        ),
      );
    }),
    "on a circle: the loss is 0, for every n from 3 on": fc.property(counts, (n) => losesNothing(liftedCircle(n))),
    "the readers' third coordinate is the lossless circle's end bias": fc.property(counts, (n) => {
      const { bias } = losslessCircle(n);
      return liftedCircle(n).reading.every((u) => close(u[2]!, bias));
    }),
    "any distinct points of a sphere, in three to six dimensions: the loss is 0": fc.property(scattered, (points) =>
      losesNothing(lifted(points)),
    ),
    "with a threshold between the largest inner product and 1, too, so that the others are silent with room":
      fc.property(scattered, integers(0, 900), (points, share) => {
        const nearest = Math.max(...points.flatMap((p, i) => points.slice(0, i).map((q) => geometry.dot(p, q))));
        return losesNothing(lifted(points, nearest + ((1 - nearest) * share) / 1000));
      }),
    "with room every other output stays off when all weights move by 0.001, so only Σ (1 − uᵢ·vᵢ)² is left":
      fc.property(integers(3, 12), listOf(integers(-1000, 1000), 7), (n, moves) => {
        const open = lifted(geometry.polygon(n), (1 + Math.cos((2 * Math.PI) / n)) / 2);
        const [w, r] = [moved(open.written, moves, 1e-3), moved(open.reading, [...moves].reverse(), 1e-3)];
        const own = w.reduce((total, v, i) => total + (1 - geometry.dot(v, r[i]!)) ** 2, 0);
        return close(lossOf("relu", w, r), own);
      }),
  },
  nearMiss: {
    "with + cos 2π/n in place of − cos 2π/n": fc.property(
      counts.filter((n) => n !== 4),
      (n) => {
        const { written, reading } = liftedCircle(n);
        return losesNothing({ written, reading: reading.map(([x, y, z]) => [x!, y!, -z!]) });
      },
    ),
    "with a threshold of cos 3π/n": fc.property(counts, (n) => {
      const { written } = liftedCircle(n);
      const t = Math.cos((3 * Math.PI) / n);
      return losesNothing({
        written,
        reading: written.map(([x, y]) => [x!, y!, -t].map((z) => z / (1 - t))),
      });
    }),
    "without the third coordinate": fc.property(counts, (n) => {
      const flatten = (vectors: Vectors) => vectors.map((v) => v.slice(0, 2));
      const { written, reading } = liftedCircle(n);
      return losesNothing({ written: flatten(written), reading: flatten(reading) });
    }),
    "read along the written vectors": fc.property(integers(7, 40), (n) => {
      const { written } = liftedCircle(n);
      return losesNothing({ written, reading: written.map((v) => times(v, 1 / geometry.dot(v, v))) });
    }),
    "no parameter feels a gradient when the written third coordinate is 1.01": fc.property(counts, (n) => {
      const { written, reading } = liftedCircle(n);
      const higher = written.map(([x, y]) => [x!, y!, 1.01]);
      return objectiveOf("relu", higher, reading).gradient.every((slope) => close(slope, 0));
    }),
  },
  figure: () => [
    shownBy(12),
    charts.pairs({ ...fromAbove(5), caption: "n = 5, from above: read where written", power: 1 }),
  ],
});

/** What one reader shows of features at each angle, before the ReLU. */
function shownBy(n: number) {
  const cosine = Math.cos((2 * Math.PI) / n);
  const shown = (angle: number) => (Math.cos((angle * Math.PI) / 180) - cosine) / (1 - cosine);
  return charts.series({
    caption: `n = ${n}: what reader 0 shows of each feature, before the ReLU`,
    x: "angle between the features, degrees",
    y: "u₀·v",
    width: 460,
    height: 300,
    series: [
      {
        label: "features",
        points: indices(n).map((j) => {
          const angle = degrees((2 * Math.PI * (j < n / 2 ? j : j - n)) / n);
          return { x: angle, y: shown(angle) };
        }),
        fit: { label: "c (cos θ − cos 2π/n)", at: shown },
      },
    ],
    references: [{ label: "0: the ReLU silences what is below", at: () => 0 }],
  });
}

/** The first two coordinates. */
function fromAbove(n: number) {
  const { written, reading } = liftedCircle(n);
  const flat = (vectors: Vectors) => vectors.map((v) => v.slice(0, 2));
  return { written: flat(written), reading: flat(reading) };
}
