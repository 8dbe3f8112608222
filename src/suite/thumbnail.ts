import { reading, written } from "../explore/bottleneck.ts";
import { project } from "../figures/shapes/projection.ts";
import { directions } from "../geometry/directions.ts";
import { polyhedron } from "../geometry/polyhedra/polyhedron.ts";
import { canonicalOrientation } from "../geometry/symmetry/orientation.ts";
import { dot, norm, type Point, scale } from "../geometry/vector.ts";
import type { Run } from "../train/run.ts";
import type { Thumbnail } from "../verification/claim/trainer.ts";

/** Heat maps of more features than this say nothing at their size. */
const mostCells = 32;
const extent = 50;

type Place = readonly [x: number, y: number];

/**
 * The columns that write the features into the narrowest layer: in one or two dimensions as dots, in three as the
 * polyhedron of their directions, in more as the features' interference. Tied configurations are turned so that equal ones
 * look equal. None for a run that diverged, for a model that reaches the bottleneck through a nonlinearity, and in more than
 * three dimensions for more than 32 features, unless a tied model has them in at most 32 directions.
 */
export function thumbnail(run: Run): Thumbnail | null {
  const points = run.status === "diverged" ? null : written(run);
  if (!points) return null;
  const rows = reading(run);
  const reach = Math.max(...points.map(norm), ...(rows ?? []).map(norm));
  if (!(reach > 0 && Number.isFinite(reach))) return null;
  const hidden = points[0]!.length;
  const size = Number(reach.toPrecision(3));
  if (hidden > 3) {
    // Outputs that are not the features (labels, say) have no interference with them to show.
    const paired = rows?.length === points.length ? rows : null;
    const few = points.length <= mostCells || paired ? points : directions(points).directions.map((d) => d.vector);
    return few.length > mostCells || few.length === 0
      ? null
      : { reach: size, places: [], shared: 0, heat: heat(few, paired ?? few) };
  }
  if (hidden === 3 && !rows) return { reach: size, ...solid(points, reach) };
  const flat = hidden === 2 && !rows ? canonicalOrientation(points).points : points;
  const at = placed(hidden, reach);
  return { reach: size, ...distinct(flat.map(at)), ...(rows && { read: distinct(rows.map(at)).places }) };
}

/** Of a line or a plane as it is; of space what the camera of `projection` sees. */
function placed(hidden: number, reach: number): (point: Point) => Place {
  if (hidden < 3) return ([x = 0, y = 0]) => [round((extent * x) / reach), round((-extent * y) / reach)];
  return (point) => near(view({ vertices: [point], faces: [] }, reach).vertices[0]!.at);
}

function solid(points: readonly Point[], reach: number): Omit<Thumbnail, "reach"> {
  const found = directions(points).directions;
  if (found.length < 4) return distinct(points.map(placed(3, reach)));
  const { points: units, features } = canonicalOrientation(found.map((d) => d.unit));
  const members = features.map((i) => found[i]!.members);
  // A direction is worth √Σ‖w‖², but what is drawn are columns: the longest of each.
  const corners = units.map((unit, i) => scale(unit, Math.max(...members[i]!.map((m) => norm(points[m]!)))));
  const seen = view({ vertices: corners, faces: polyhedron(corners).faces }, reach);
  const all = distinct(seen.vertices.flatMap(({ at, index }) => members[index]!.map(() => near(at))));
  const dots = Array.from({ length: all.places.length / 2 }, (_, i) => String(all.places.slice(2 * i, 2 * i + 2)));
  const index = (at: Place) => dots.indexOf(String(near(at)));
  const ends = (front: boolean) =>
    seen.edges.filter((e) => e.front === front).map(({ from, to }) => [index(from), index(to)]);
  return { ...all, edges: [...ends(true), ...ends(false)].flat(), front: ends(true).length };
}

function view(solid: Parameters<typeof project>[0], reach: number) {
  const camera = { azimuth: 25, elevation: 20 };
  // What is nearer is drawn larger: room for it.
  return project(solid, { camera, reach, unit: (0.88 * extent) / reach, centre: [0, 0] });
}

/** Places that fall on each other become one. */
function distinct(places: readonly Place[]): Pick<Thumbnail, "places" | "shared"> {
  const times = new Map<string, { place: Place; n: number }>();
  for (const place of places) times.set(String(place), { place, n: 1 + (times.get(String(place))?.n ?? 0) });
  const shared = [...times.values()].filter(({ n }) => n > 1);
  const single = [...times.values()].filter(({ n }) => n === 1);
  return { places: [...shared, ...single].flatMap(({ place }) => [...place]), shared: shared.length };
}

function heat(points: readonly Point[], rows: readonly Point[]): string {
  const order = chain(points);
  const products = order.flatMap((i) => order.map((j) => dot(rows[i]!, points[j]!)));
  const most = Math.max(...products.map(Math.abs));
  return products.map((x) => "abcde"[2 + round((2 * x) / most)]).join("");
}

/** The features, each followed by the one left that is most like it; the longest first. */
export function chain(points: readonly Point[]): number[] {
  const left = new Set(points.keys());
  const order: number[] = [];
  const take = (score: (i: number) => number) => {
    const next = [...left].reduce((best, i) => (score(i) > score(best) ? i : best));
    left.delete(next);
    order.push(next);
  };
  take((i) => norm(points[i]!));
  while (left.size > 0) {
    const last = points[order.at(-1)!]!;
    take((i) => dot(points[i]!, last));
  }
  return order;
}

/** Without −0, which would be written "0" but differ. */
function round(x: number): number {
  return Math.round(x) || 0;
}

function near([x, y]: Place): Place {
  return [round(x), round(y)];
}
