import fc from "fast-check";
import { dynamics, exactClaim, geometry, models } from "../../src/index.ts";
import { flatten, withEndBias } from "../end-bias/setup.ts";
import { close, hundredths, indices } from "../helpers.ts";

/** The detectors of B3d, B6, B7 and B10, tried where the truth is known (B7h): planted polygons, losses and counts. */

const between = (min: number, max: number) => fc.integer({ min, max });

/** A regular k-gon of any size, turned by any angle, and one of its corners. */
const polygons = fc
  .record({ k: between(5, 12), size: hundredths(60, 200), turn: hundredths(0, 628), corner: fc.nat() })
  .map(({ k, size, turn, corner }) => {
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const points = geometry.polygon(k, size).map(([x, y]) => [c * x! - s * y!, s * x! + c * y!]);
    return { k, points, corner: corner % k };
  });
const outlineOf = (points: readonly geometry.Point[], own = points.map(() => 1)) => geometry.outline(points, own);

/** A loss of three straight stretches against the logarithm of time, the middle one gentlest; checkpoints at 2^(i/2), i = 0 … 20. */
const courses = fc
  .record({
    steep: hundredths(20, 90),
    after: hundredths(20, 90),
    gentle: hundredths(0, 9),
    from: between(6, 9),
    length: between(3, 5),
  })
  .map(({ steep, after, gentle, from, length }) => {
    const to = from + length;
    const fall = (i: number) => [steep, gentle, after][Number(i >= from) + Number(i >= to)]!;
    const losses = indices(21).map((i) => indices(i).reduce((loss, j) => loss - fall(j), 20));
    return { times: indices(21).map((i) => 2 ** (i / 2)), losses, from, to, steep };
  });
const plateauOf = ({ times, losses }: { times: number[]; losses: number[] }, from = 5, to = 80) =>
  dynamics.plateau(times, losses, [from, to]) ?? -1;

/** A count at each checkpoint. */
const counts = fc.array(between(2, 9), { minLength: 4, maxLength: 30 });

exactClaim("B7h what the detectors of polygons and their history find", {
  row: "B7",
  role: "instrument",
  claim:
    "The detectors of B3d, B6, B7 and B10 find what was planted: what reaches each output, the vertices and the widest gap of a polygon, features that have merged, the flattest stretch of a loss, each new highest count, the drop about a moment, and what lies inside the polygon.",
  operationalisation:
    "Polygons of any size and orientation, with a corner taken out or silent; losses of three straight stretches against ln t, the middle one gentlest; any counts. An equal count is no new high. Twins differ by less than 0.01.",
  properties: {
    "a k-gon has k vertices; without a corner a gap of 2(k − 1)/k": fc.property(polygons, (polygon) => {
      const { k, points, corner } = polygon;
      const [whole, open] = [outlineOf(points), outlineOf(points.toSpliced(corner, 1))];
      const asPlanted = whole.vertices.length === k && open.vertices.length === k - 1;
      const gaps = close(whole.gap, 1) && close(open.gap, (2 * (k - 1)) / k);
      const openError = (2 * Math.PI * (k - 2)) / k / (k - 1);
      return asPlanted && gaps && close(whole.angleError, 0) && close(open.angleError, openError);
    }),
    "a corner of an output of a fifth, or a short one, is no vertex": fc.property(polygons, (polygon) => {
      const { k, points, corner } = polygon;
      const faint = points.map((_, i) => (i === corner ? 0.2 : 0.3));
      const short = points[corner]!.map((x) => (0.49 * x) / Math.hypot(...points[corner]!));
      const found = [outlineOf(points, faint), outlineOf(points.with(corner, short))];
      return found.every((o) => o.vertices.length === k - 1);
    }),
    "what reaches output j from feature i is wᵢ·wⱼ + bⱼ": fc.property(polygons, ({ k, points }) => {
      const bias1 = points.map((_, i) => i / 10);
      const weight0 = [0, 1].flatMap((axis) => points.map((p) => p[axis]!));
      const z = models.preactivations(withEndBias(k), flatten({ weight0, bias1 }));
      return z.every((row, i) => row.every((x, j) => close(x, geometry.dot(points[i]!, points[j]!) + bias1[j]!, 1e-6)));
    }),
    "the plateau lies on the gentlest stretch, up or down": fc.property(courses, (course) => {
      const upwards = { ...course, losses: course.losses.map((l) => -l) };
      return [plateauOf(course), plateauOf(upwards)].every((at) => at > course.from && at < course.to);
    }),
    "outside its window nothing is a plateau": fc.property(
      courses,
      (course) => plateauOf(course, 4, course.times[course.from - 1]!) < course.from,
    ),
    "new highs are the checkpoints above all before them": fc.property(counts, fc.nat(3), (all, from) => {
      const above = (i: number) => i > from && all.slice(from, i).every((c) => c < all[i]!);
      const found = dynamics.newHighs(all, from);
      return all.every((_, i) => above(i) === found.includes(i));
    }),
    "the drop about a moment is what the loss falls by around it": fc.property(
      courses,
      ({ losses, steep }) =>
        close(dynamics.dropAround(losses, 3, 2), 4 * steep) &&
        close(dynamics.dropAround(losses, 0, 2), 2 * steep) &&
        dynamics.dropAround(losses.toReversed(), 17, 2) < 0,
    ),
    "a point drawn in by a quarter is inside, no corner is": fc.property(polygons, ({ points, corner }) => {
      const drawnIn = points[corner]!.map((x) => 0.75 * x);
      const found = geometry.inside([...points, drawnIn]);
      return geometry.inside(points).length === 0 && found.join() === String(points.length);
    }),
    "twins have both the column and the bias in common": fc.property(polygons, ({ k, points, corner }) => {
      const doubled = [...points, points[corner]!];
      const equal = doubled.map(() => -0.4);
      return (
        geometry.twins(points, equal.slice(1)).length === 0 &&
        geometry.twins(doubled, equal).join(";") === `${corner},${k}` &&
        geometry.twins(doubled, equal.with(k, -0.35)).length === 0
      );
    }),
  },
  nearMiss: {
    "a count equal to the highest is a new high": fc.property(counts, (all) => {
      const found = dynamics.newHighs(all, 0);
      return all.every((c, i) => i === 0 || all.slice(0, i).some((b) => b > c) || found.includes(i));
    }),
  },
});
