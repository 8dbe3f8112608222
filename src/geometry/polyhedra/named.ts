import { type Point, unit } from "../vector.ts";
import { type Face, hullFaces } from "./hull.ts";
import { combinatorialType } from "./isomorphism.ts";
import { antiprism, bipyramid, prism, tricappedTrigonalPrism } from "./shapes.ts";

/** Latitude (radians) of the rings of a regular icosahedron standing on a vertex. */
const icosahedral = Math.atan(1 / 2);
const north = [0, 0, 1];
const south = [0, 0, -1];

function withSigns(point: Point): Point[] {
  return point.reduce<number[][]>(
    (signed, x) =>
      signed.flatMap((start) =>
        x === 0
          ? [[...start, 0]]
          : [
              [...start, x],
              [...start, -x],
            ],
      ),
    [[]],
  );
}

const evenSigns = (point: Point) => withSigns(point).filter((p) => p.filter((x) => x < 0).length % 2 === 0);

const onSphere = (points: readonly Point[]): Point[] => points.map(unit);

/** A regular k-gon and an apex, all on the unit sphere, with the base as far below as the apex leaves it. */
const pyramid = (k: number): Point[] => [...prism(k, { latitude: -0.3, norm: 1 }).slice(0, k), north];

const cuboctahedron = onSphere(
  [
    [1, 1, 0],
    [1, 0, 1],
    [0, 1, 1],
  ].flatMap(withSigns),
);

const truncatedTetrahedron = onSphere(
  [
    [3, 1, 1],
    [1, 3, 1],
    [1, 1, 3],
  ].flatMap(evenSigns),
);

/** Turns by a third about (1, 1, 1) permute the coordinates, so a half cuboctahedron is Σx > 0 and its hexagon Σx = 0. */
const triangularOrthobicupola = cuboctahedron.map((point) => {
  const height = point.reduce((a, b) => a + b);
  // The lower triangle is the upper one reflected in the hexagon's plane.
  return height < -0.5 ? point.map((x) => -x).map((x) => x + (2 / 3) * height) : point;
});

const tricapped = tricappedTrigonalPrism({ latitude: Math.PI / 4, prismNorm: 1, capNorm: 1 });

/** Root of 2q³ + 11q² + 4q − 1 that makes the snub disphenoid's edges equal (2 in the coordinates below). */
const q = 0.16902222942417583;
const snubDisphenoid: Point[] = [
  ...[1, -1].map((s) => [s * Math.sqrt(2 - 2 * q), Math.sqrt(q), 0]),
  ...[1, -1].map((s) => [0, -Math.sqrt(q), s * Math.sqrt(2 - 2 * q)]),
  ...[1, -1].map((s) => [s, -Math.sqrt((1 - q) / (2 * q)), 0]),
  ...[1, -1].map((s) => [0, Math.sqrt((1 - q) / (2 * q)), s]),
];

const gyrobifastigium: Point[] = [
  ...withSigns([1, 1, 0]),
  ...[1, -1].map((s) => [s, 0, Math.sqrt(3)]),
  ...[1, -1].map((s) => [0, s, -Math.sqrt(3)]),
];

const icosahedron: Point[] = [...antiprism(5, { latitude: icosahedral, norm: 1 }), north, south];

/** The two ends of one edge give way to its midpoint. */
const edgeContractedIcosahedron: Point[] = [
  ...icosahedron.filter((_, i) => i !== 0 && i !== 10),
  unit([icosahedron[0]![0]!, icosahedron[0]![1]!, icosahedron[0]![2]! + 1]),
];

const bipyramidNames = { triangular: 3, pentagonal: 5, hexagonal: 6, heptagonal: 7, octagonal: 8 };
const pyramidNames = { square: 4, pentagonal: 5, hexagonal: 6, heptagonal: 7, octagonal: 8 };

/**
 * Shapes that four to twelve vectors of comparable norm form: deltahedra, prisms and antiprisms with and without caps,
 * pyramids. Vertices are vectors about the origin: of uniform polyhedra their own coordinates, scaled to the unit sphere;
 * of others rings of latitude on the unit sphere, which Jn says have the combinatorial type of Johnson's n-th solid
 * (N. W. Johnson, Canad. J. Math. 18, 1966); J26 and J84 have edges of length 2, and two norms.
 */
export const namedPolyhedra: readonly { readonly name: string; readonly points: readonly Point[] }[] = [
  { name: "tetrahedron", points: onSphere(evenSigns([1, 1, 1])) },
  { name: "octahedron", points: bipyramid(4) },
  { name: "cube", points: onSphere(withSigns([1, 1, 1])) },
  { name: "icosahedron", points: icosahedron },
  { name: "cuboctahedron", points: cuboctahedron },
  { name: "truncated tetrahedron", points: truncatedTetrahedron },
  ...Object.entries(bipyramidNames).map(([name, k]) => ({ name: `${name} bipyramid`, points: bipyramid(k) })),
  ...Object.entries(pyramidNames).map(([name, k]) => ({ name: `${name} pyramid`, points: pyramid(k) })),
  { name: "triangular prism", points: prism(3, { latitude: Math.PI / 4, norm: 1 }) },
  { name: "pentagonal prism", points: prism(5, { latitude: Math.PI / 5, norm: 1 }) },
  { name: "hexagonal prism", points: prism(6, { latitude: Math.PI / 6, norm: 1 }) },
  { name: "square antiprism", points: antiprism(4, { latitude: 0.5, norm: 1 }) },
  { name: "pentagonal antiprism", points: antiprism(5, { latitude: icosahedral, norm: 1 }) },
  { name: "hexagonal antiprism", points: antiprism(6, { latitude: 0.4, norm: 1 }) },
  { name: "capped octahedron", points: [...bipyramid(4), unit([1, 1, 1])] },
  // J49, J50 and J51: augmented, biaugmented and triaugmented triangular prism.
  { name: "capped trigonal prism", points: tricapped.slice(0, 7) },
  { name: "bicapped trigonal prism", points: tricapped.slice(0, 8) },
  { name: "tricapped trigonal prism", points: tricapped },
  // J84.
  { name: "snub disphenoid", points: snubDisphenoid },
  // J26.
  { name: "gyrobifastigium", points: gyrobifastigium },
  // J10, J17 and J11: gyroelongated square pyramid and bipyramid, gyroelongated pentagonal pyramid.
  { name: "capped square antiprism", points: [...antiprism(4, { latitude: 0.5, norm: 1 }), north] },
  { name: "bicapped square antiprism", points: [...antiprism(4, { latitude: 0.4, norm: 1 }), north, south] },
  { name: "capped pentagonal antiprism", points: icosahedron.slice(0, 11) },
  // The shape of eleven charges on a sphere (Thomson's problem).
  { name: "edge-contracted icosahedron", points: edgeContractedIcosahedron },
  // J27.
  { name: "triangular orthobicupola", points: triangularOrthobicupola },
];

const names = new Map(namedPolyhedra.map(({ name, points }) => [combinatorialType(hullFaces(points)), name]));

/** The name of a polyhedron's combinatorial type, where the table has it. */
export function nameOf(faces: readonly Face[]): string | undefined {
  return names.get(combinatorialType(faces));
}
