import { project } from "../figures/projection.ts";
import { directions } from "../geometry/directions.ts";
import { canonicalOrientation } from "../geometry/orientation.ts";
import { polyhedron } from "../geometry/polyhedron.ts";
import { dot, norm, type Point } from "../geometry/vector.ts";
import type { Run, State } from "../train/run.ts";

/**
 * A run's configuration small enough to travel with the report, as SVG path data in whole numbers. Dots and lines lie
 * within 50 of the origin, which stands for the model's; y grows downwards. Cells of a heat map are one unit wide.
 */
export interface Sketch {
  /** The largest norm, which is drawn 50 long. */
  readonly reach: number;
  /** A dot for each learned place with one feature, and for each with several. */
  readonly dots?: string;
  readonly many?: string;
  /** Reading directions, the unembedding's rows, of an untied model. */
  readonly read?: string;
  /** Edges of the polyhedron, in front and behind. */
  readonly edges?: string;
  readonly back?: string;
  /** How the features interfere: rows of cells that are strongly and weakly positive, weakly and strongly negative. */
  readonly heat?: { readonly size: number; readonly levels: readonly [string, string, string, string] };
}

/** Heat maps of more features than this say nothing at their size. */
const mostCells = 32;
const extent = 50;

/**
 * The columns that write the features into the narrowest layer: in one or two dimensions as dots, in three as the
 * polyhedron of their directions, in more as the features' interference. Tied configurations are turned so that equal ones
 * look equal. None for a run that diverged, for a model that reaches the bottleneck through a nonlinearity, and for more
 * than 32 features in more than three dimensions.
 */
export function sketch(run: Run): Sketch | null {
  const points = run.status === "diverged" ? null : written(run);
  if (!points) return null;
  const rows = reading(run);
  const reach = Math.max(...points.map(norm), ...(rows ?? []).map(norm));
  if (!(reach > 0 && Number.isFinite(reach))) return null;
  const hidden = points[0]!.length;
  const common = { reach: Number(reach.toPrecision(3)) };
  if (hidden > 3) return points.length > mostCells ? null : { ...common, heat: heat(points, rows ?? points) };
  if (hidden === 3 && !rows) return { ...common, ...solid(points, reach) };
  const flat = hidden === 2 && !rows ? canonicalOrientation(points).points : points;
  const at = place(hidden, reach);
  return {
    ...common,
    ...dots(flat.map(at)),
    ...(rows && { read: path([...new Set(rows.map(at).map(join))]) }),
  };
}

/** The bottleneck's index in `sizes`. */
function narrowest({ model: { sizes } }: State): number {
  const inner = sizes.slice(1, -1);
  return 1 + inner.indexOf(Math.min(...inner));
}

/** One point a feature: the product of the weights up to the bottleneck, as columns. */
function written(run: State): Point[] | null {
  const { sizes, layers } = run.model;
  if (sizes.length < 3) return null;
  const bottleneck = narrowest(run);
  if (layers.slice(0, bottleneck - 1).some((layer) => layer.nonlinearity !== "identity")) return null;
  let columns: Point[] = [...run.points];
  for (let layer = 1; layer < bottleneck; layer++) {
    const weights = run.matrix(`weight${layer}`);
    columns = columns.map((column) => weights.map((row) => dot(row, column)));
  }
  return columns;
}

/** The rows that read the outputs straight off the bottleneck, of an untied model. */
function reading(run: State): Point[] | null {
  const { tied, layers } = run.model;
  return tied || narrowest(run) !== layers.length - 1 ? null : [...run.unembedding];
}

/** Of a line or a plane as it is; of space what the camera of `projection` sees. */
function place(hidden: number, reach: number): (point: Point) => readonly [number, number] {
  if (hidden < 3) return ([x = 0, y = 0]) => [round((extent * x) / reach), round((-extent * y) / reach)];
  return (point) => round2(view({ vertices: [point], faces: [] }, reach).vertices[0]!.at);
}

function solid(points: readonly Point[], reach: number): Omit<Sketch, "reach"> {
  const found = directions(points).directions;
  if (found.length < 4) return dots(points.map(place(3, reach)));
  const { points: vertices, features } = canonicalOrientation(found.map((d) => d.unit));
  // A direction is worth √Σ‖w‖², but nobody reads lengths off a picture of this size: the longest member is on scale.
  const lengths = features.map((i) => Math.max(...found[i]!.members.map((m) => norm(points[m]!))));
  const corners = vertices.map((v, i) => v.map((x) => x * lengths[i]!));
  const seen = view({ vertices: corners, faces: polyhedron(corners).faces }, reach);
  const line = ({ from, to }: (typeof seen.edges)[number]) => `M${join(round2(from))}L${join(round2(to))}`;
  const places = seen.vertices.flatMap(({ at, index }) =>
    found[features[index]!]!.members.map(() => round2(at)),
  );
  return {
    ...dots(places),
    edges: seen.edges
      .filter((e) => e.front)
      .map(line)
      .join(""),
    back: seen.edges
      .filter((e) => !e.front)
      .map(line)
      .join(""),
  };
}

function view(solid: Parameters<typeof project>[0], reach: number) {
  const camera = { azimuth: 25, elevation: 20 };
  // What is nearer is drawn larger: room for it.
  return project(solid, { camera, reach, unit: (0.88 * extent) / reach, centre: [0, 0] });
}

/** Dots that fall on each other become one. */
function dots(places: readonly (readonly [number, number])[]): Pick<Sketch, "dots" | "many"> {
  const times = new Map<string, number>();
  for (const p of places) times.set(join(p), (times.get(join(p)) ?? 0) + 1);
  const of = (several: boolean) => path([...times].flatMap(([p, n]) => (n > 1 === several ? [p] : [])));
  return { ...(of(false) && { dots: of(false) }), ...(of(true) && { many: of(true) }) };
}

/** Lines of no length, which round caps make into dots. */
function path(places: readonly string[]): string {
  return places.map((p) => `M${p}h0`).join("");
}

function heat(points: readonly Point[], rows: readonly Point[]): NonNullable<Sketch["heat"]> {
  const order = chain(points);
  const matrix = order.map((i) => order.map((j) => dot(rows[i]!, points[j]!)));
  const most = Math.max(...matrix.flat().map(Math.abs));
  const level = (x: number) => Math.round((2 * x) / most);
  const runs = (wanted: number) =>
    matrix
      .flatMap((row, y) => {
        const cells = row.flatMap((x, i) => (level(x) === wanted ? [i] : []));
        const starts = cells.filter((i) => !cells.includes(i - 1));
        return starts.map((start) => {
          let length = 1;
          while (cells.includes(start + length)) length++;
          return `M${start} ${y}h${length}`;
        });
      })
      .join("");
  return { size: points.length, levels: [runs(2), runs(1), runs(-1), runs(-2)] };
}

/** The features, each followed by the one left that is most like it; the longest first. */
function chain(points: readonly Point[]): number[] {
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

function round2([x, y]: readonly [number, number]): readonly [number, number] {
  return [round(x), round(y)];
}

function join([x, y]: readonly [number, number]): string {
  return `${x} ${y}`;
}
