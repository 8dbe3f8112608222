import { checkPoints } from "../../geometry/vector.ts";
import { fail } from "../../util/check.ts";
import { mean } from "../../util/numbers.ts";
import { type Point, snap } from "../canvas/pen.ts";

/** A polyhedron around the origin: vertices [x, y, z], and faces as cycles of vertex indices. */
export interface Solid {
  readonly vertices: readonly (readonly number[])[];
  readonly faces: readonly (readonly number[])[];
}

/** Where the eye stands, in degrees: `azimuth` around the z axis from x towards y, `elevation` above the xy plane. */
export interface Camera {
  readonly azimuth: number;
  readonly elevation: number;
}

interface View {
  readonly camera: Camera;
  /** The largest norm in the scene. */
  readonly reach: number;
  /** CSS pixels a unit at the depth of the origin. */
  readonly unit: number;
  readonly centre: Point;
}

type Vector3 = readonly [number, number, number];

/** How much nearer things are larger: 0 is a parallel projection. */
const perspective = 0.14;

export function checkSolid({ vertices, faces }: Solid): void {
  if (vertices.length === 0) fail("vertices", vertices, "at least one");
  checkPoints(vertices, [3]);
  for (const [i, face] of faces.entries())
    if (face.length < 3 || face.some((v) => vertices[v] === undefined))
      fail(`face ${i}`, face, `three or more of ${vertices.length} vertices`);
}

/** What the camera sees of a solid, everything sorted back to front and independent of the order it came in. */
export function project({ vertices, faces }: Solid, { camera, reach, unit, centre }: View) {
  const az = (camera.azimuth * Math.PI) / 180;
  const el = (camera.elevation * Math.PI) / 180;
  const placed = vertices.map((v) => {
    const [x, y, z] = v as unknown as Vector3;
    const towards = Math.cos(az) * x + Math.sin(az) * y;
    const across = Math.cos(az) * y - Math.sin(az) * x;
    const depth = Math.cos(el) * towards + Math.sin(el) * z;
    const up = Math.cos(el) * z - Math.sin(el) * towards;
    const zoom = unit / (1 - (perspective * depth) / reach);
    const at: Point = [snap(centre[0] + across * zoom), snap(centre[1] - up * zoom)];
    return { at, depth: Math.round((depth / reach) * 1e4), position: [across, up, depth] as Vector3 };
  });

  const visible = new Set<number>();
  const edges = new Map<string, { ends: [number, number]; front: boolean }>();
  const sides = faces.map((face) => {
    const normal = outward(face.map((v) => placed[v]!.position));
    const front = normal[2] > 1e-6;
    for (const [i, v] of face.entries()) {
      if (front) visible.add(v);
      const [a, b] = [v, face[(i + 1) % face.length]!].sort((p, q) => p - q) as [number, number];
      const known = edges.get(`${a} ${b}`);
      edges.set(`${a} ${b}`, { ends: [a, b], front: front || (known?.front ?? false) });
    }
    const depth = Math.round(mean(face.map((v) => placed[v]!.depth)));
    // The lamp is above the eye's left shoulder.
    const lit = 0.5 + 0.5 * (-0.45 * normal[0] + 0.65 * normal[1] + 0.6 * normal[2]);
    const light = Math.round(Math.max(0, Math.min(1, lit)) * 100) / 100;
    return { corners: canonical(face.map((v) => placed[v]!.at)), front, depth, light };
  });

  const degrees = vertices.map(() => 0);
  for (const { ends } of edges.values()) for (const v of ends) degrees[v]!++;
  return {
    vertices: placed
      .map(({ at, depth }, index) => ({
        at,
        depth,
        index,
        degree: degrees[index]!,
        // A point off the hull lies inside it, behind the front faces.
        front: visible.has(index),
      }))
      .sort((p, q) => p.depth - q.depth || comparePoints(p.at, q.at)),
    edges: [...edges.values()]
      .map(({ ends: [a, b], front }) => {
        const [from, to] = [placed[a]!.at, placed[b]!.at].sort(comparePoints) as [Point, Point];
        return { from, to, front, depth: placed[a]!.depth + placed[b]!.depth };
      })
      .sort((p, q) => p.depth - q.depth || comparePoints(p.from, q.from) || comparePoints(p.to, q.to)),
    faces: sides.sort((p, q) => p.depth - q.depth || comparePoints(p.corners[0]!, q.corners[0]!)),
  };
}

function comparePoints(p: Point, q: Point): number {
  return p[0] - q[0] || p[1] - q[1];
}

/** The unit normal of a polygon (Newell's method), on the side away from the origin. */
function outward(corners: readonly Vector3[]): Vector3 {
  let normal = [0, 0, 0];
  const middle = [0, 0, 0];
  for (const [i, p] of corners.entries()) {
    const q = corners[(i + 1) % corners.length]!;
    for (let c = 0; c < 3; c++) {
      const [d, e] = [(c + 1) % 3, (c + 2) % 3];
      normal[c]! += (p[d]! - q[d]!) * (p[e]! + q[e]!);
      middle[c]! += p[c]!;
    }
  }
  const length = Math.hypot(...normal) || 1;
  const inside = normal.reduce((sum, n, c) => sum + n * middle[c]!, 0) < 0;
  normal = normal.map((n) => (inside ? -n : n) / length);
  return normal as unknown as Vector3;
}

/** The same cycle of corners whatever corner and sense of rotation it was given with. */
function canonical(corners: readonly Point[]): Point[] {
  const start = corners.reduce((best, p, i) => (comparePoints(p, corners[best]!) < 0 ? i : best), 0);
  const ring = [...corners.slice(start), ...corners.slice(0, start)];
  return comparePoints(ring[1]!, ring.at(-1)!) <= 0 ? ring : [ring[0]!, ...ring.slice(1).reverse()];
}
