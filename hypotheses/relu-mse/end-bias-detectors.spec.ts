import fc from "fast-check";
import {
  dropAround,
  hypothesis,
  inside,
  leftOutline,
  newHighs,
  outline,
  passesBefore,
  plateau,
  regularPolygonPoints,
  twins,
} from "../../src/index.ts";
import { section } from "./end-bias-setup.ts";

/**
 * What B3d, B6, B7 and B10 are read with, tried on courses that are planted (B7h): points on a polygon, and losses and counts at
 * checkpoints.
 */

/** A regular k-gon of any size, turned by any angle, its corners in any order. */
const polygons = fc
  .record({
    k: fc.integer({ min: 5, max: 12 }),
    size: fc.integer({ min: 60, max: 200 }),
    degrees: fc.integer({ min: 0, max: 359 }),
    corner: fc.nat(),
    start: fc.nat(),
  })
  .map(({ k, size, degrees, corner, start }) => {
    const [c, s] = [Math.cos, Math.sin].map((of) => of((degrees * Math.PI) / 180)) as [number, number];
    const points = regularPolygonPoints(k, size / 100).map(([x, y]) => [c * x! - s * y!, s * x! + c * y!]);
    const from = start % k;
    return { k, points: [...points.slice(from), ...points.slice(0, from)], corner: corner % k };
  });
const close = (a: number, b: number) => Math.abs(a - b) < 1e-9;
const shown = (points: readonly (readonly number[])[], own = points.map(() => 1)) => outline(points, own);

/** A loss that is straight between bends in the logarithm of time, gentler in the middle; checkpoints at 2^(i/2), i = 0 … 20. */
const courses = fc
  .record({
    before: fc.integer({ min: 20, max: 90 }),
    after: fc.integer({ min: 20, max: 90 }),
    gentle: fc.integer({ min: 0, max: 9 }),
    from: fc.integer({ min: 6, max: 9 }),
    length: fc.integer({ min: 3, max: 5 }),
  })
  .map(({ before, after, gentle, from, length }) => {
    const index = Array.from({ length: 21 }, (_, i) => i);
    const to = from + length;
    const fall = (i: number) => (i < from ? before : i < to ? gentle : after) / 100;
    const losses = index.map((i) => 20 - index.slice(0, i).reduce((sum, j) => sum + fall(j), 0));
    return { times: index.map((i) => 2 ** (i / 2)), losses, from, to, steep: before / 100 };
  });
const found = ({ times, losses }: { times: number[]; losses: number[] }, from = 5, to = 80) =>
  plateau(times, losses, [from, to]) ?? -1;

/** A count at each checkpoint. */
const counts = fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 4, maxLength: 30 });

hypothesis("B7h what the detectors see", {
  claim:
    "The detectors of B3d, B6, B7 and B10 find in a planted course what was planted: the vertices and the widest gap of a polygon, features that have merged, the flattest stretch of a loss, each new highest count, the drop about a moment, what comes before what, and what left the polygon or lies inside it.",
  section,
  reading:
    "Polygons of any size and orientation, with a corner taken out or silent; losses made of three straight stretches against ln t, the middle one gentlest; any counts. At equal counts there is no new high; the first time decides. Twins differ by less than 0.01.",
  properties: {
    "a regular k-gon has k vertices and no gap; one without a corner a gap of 2(k − 1)/k": fc.property(
      polygons,
      ({ k, points, corner }) => {
        const [whole, open] = [shown(points), shown(points.filter((_, i) => i !== corner))];
        return (
          whole.vertices.length === k &&
          close(whole.gap, 1) &&
          whole.angleError < 1e-9 &&
          open.vertices.length === k - 1 &&
          close(open.gap, (2 * (k - 1)) / k) &&
          close(open.angleError, (2 * Math.PI * (k - 2)) / k / (k - 1))
        );
      },
    ),
    "a corner whose own output is a fifth, or that is shorter than a half, is no vertex": fc.property(
      polygons,
      ({ k, points, corner }) =>
        shown(
          points,
          points.map((_, i) => (i === corner ? 0.2 : 0.3)),
        ).vertices.length ===
          k - 1 &&
        shown(points.map((p, i) => (i === corner ? p.map((x) => (0.49 * x) / Math.hypot(...p)) : p))).vertices
          .length ===
          k - 1,
    ),
    "the plateau lies on the gentlest stretch, whichever way the loss goes": fc.property(
      courses,
      (course) => {
        const upwards = { ...course, losses: course.losses.map((l) => -l) };
        return [found(course), found(upwards)].every((at) => at > course.from && at < course.to);
      },
    ),
    "outside its window nothing is a plateau": fc.property(
      courses,
      (course) => found(course, 4, course.times[course.from - 1]!) < course.from,
    ),
    "new highs are the checkpoints above all before them": fc.property(counts, fc.nat(3), (all, from) => {
      const above = (i: number) => i > from && all.slice(from, i).every((c) => c < all[i]!);
      const seen = newHighs(all, from);
      return all.every((_, i) => above(i) === seen.includes(i));
    }),
    "the drop about a moment is what the loss falls by around it": fc.property(
      courses,
      ({ losses, steep }) =>
        close(dropAround(losses, 3, 2), 4 * steep) &&
        close(dropAround(losses, 0, 2), 2 * steep) &&
        dropAround(losses.toReversed(), 17, 2) < 0,
    ),
    "a count comes before another that is reached only later": fc.property(counts, (all) => {
      const six = all.indexOf(6);
      const five = all.indexOf(5);
      return passesBefore(all, 5, 6) === (six > 0 && five >= 0 && five < six);
    }),
    "corners are not inside, what is drawn in by a fifth is": fc.property(
      polygons,
      ({ points, corner }) =>
        inside(points).length === 0 &&
        inside([...points, points[corner]!.map((x) => 0.75 * x)]).join() === String(points.length),
    ),
    "twins have both the column and the bias in common": fc.property(polygons, ({ k, points, corner }) => {
      const doubled = [...points, points[corner]!];
      const same = doubled.map(() => -0.4);
      const other = same.map((b, i) => (i === k ? b + 0.05 : b));
      return (
        twins(points, same.slice(1)).length === 0 &&
        twins(doubled, same).join(";") === `${corner},${k}` &&
        twins(doubled, other).length === 0
      );
    }),
    "what was on an outline once and is not on the last has left": fc.property(
      fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 6 }),
      (outlines) => {
        const left = leftOutline(outlines);
        return Array.from({ length: 10 }, (_, i) => i).every(
          (i) =>
            left.includes(i) ===
            (outlines.some((o) => o.includes(i)) && !outlines[outlines.length - 1]!.includes(i)),
        );
      },
    ),
  },
  nearMiss: {
    "a count equal to the highest is a new high": fc.property(counts, (all) => {
      const seen = newHighs(all, 0);
      return all.every(
        (c, i) => i === 0 || all.slice(0, i).some((earlier) => earlier > c) || seen.includes(i),
      );
    }),
  },
});
