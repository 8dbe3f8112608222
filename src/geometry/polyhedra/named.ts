import { type Point, unit } from "../vector.ts";
import { type Face, hullFaces } from "./hull.ts";
import { combinatorialType } from "./isomorphism.ts";
import { antiprism, bipyramid, prism, tricappedTrigonalPrism } from "./shapes.ts";

export interface NamedPolyhedron {
  readonly name: string;
  /** Vertices as vectors about the origin; unit vectors unless `source` says otherwise. */
  readonly points: readonly Point[];
  /** Where the coordinates, or the name, come from. */
  readonly source: string;
}

const johnson = (number: number, name: string) =>
  `combinatorially the Johnson solid J${number}, ${name} (N. W. Johnson, Canad. J. Math. 18, 1966)`;
const uniform = "the uniform polyhedron's own coordinates, scaled to the unit sphere";
const elementary = "rings of latitude on the unit sphere";

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

const icosahedron: Point[] = [...antiprism(5, { latitude: icosahedral, norm: 1 }), north, south];

/** The two ends of one edge give way to its midpoint. */
const edgeContractedIcosahedron: Point[] = [
  ...icosahedron.filter((_, i) => i !== 0 && i !== 10),
  unit([icosahedron[0]![0]!, icosahedron[0]![1]!, icosahedron[0]![2]! + 1]),
];

const bipyramidNames = ["triangular", "", "pentagonal", "hexagonal", "heptagonal", "octagonal"];
const pyramidNames = ["square", "pentagonal", "hexagonal", "heptagonal", "octagonal"];

/** Shapes that four to twelve vectors of comparable norm form: deltahedra, prisms and antiprisms with and without caps, pyramids. */
export const namedPolyhedra: readonly NamedPolyhedron[] = [
  {
    name: "tetrahedron",
    points: onSphere([
      [1, 1, 1],
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
    ]),
    source: uniform,
  },
  { name: "octahedron", points: bipyramid(4), source: uniform },
  { name: "cube", points: onSphere(withSigns([1, 1, 1])), source: uniform },
  { name: "icosahedron", points: icosahedron, source: uniform },
  { name: "cuboctahedron", points: cuboctahedron, source: uniform },
  {
    name: "truncated tetrahedron",
    points: onSphere(
      [
        [3, 1, 1],
        [1, 3, 1],
        [1, 1, 3],
      ]
        .flatMap(withSigns)
        .filter((p) => p.filter((x) => x < 0).length % 2 === 0),
    ),
    source: uniform,
  },
  ...bipyramidNames.flatMap((name, i) =>
    name ? [{ name: `${name} bipyramid`, points: bipyramid(i + 3), source: elementary }] : [],
  ),
  ...pyramidNames.map((name, i) => ({ name: `${name} pyramid`, points: pyramid(i + 4), source: elementary })),
  { name: "triangular prism", points: prism(3, { latitude: Math.PI / 4, norm: 1 }), source: elementary },
  { name: "pentagonal prism", points: prism(5, { latitude: Math.PI / 5, norm: 1 }), source: elementary },
  { name: "hexagonal prism", points: prism(6, { latitude: Math.PI / 6, norm: 1 }), source: elementary },
  { name: "square antiprism", points: antiprism(4, { latitude: 0.5, norm: 1 }), source: elementary },
  {
    name: "pentagonal antiprism",
    points: antiprism(5, { latitude: icosahedral, norm: 1 }),
    source: elementary,
  },
  { name: "hexagonal antiprism", points: antiprism(6, { latitude: 0.4, norm: 1 }), source: elementary },
  { name: "capped octahedron", points: [...bipyramid(4), unit([1, 1, 1])], source: elementary },
  {
    name: "capped trigonal prism",
    points: tricapped.slice(0, 7),
    source: johnson(49, "augmented triangular prism"),
  },
  {
    name: "bicapped trigonal prism",
    points: tricapped.slice(0, 8),
    source: johnson(50, "biaugmented triangular prism"),
  },
  {
    name: "tricapped trigonal prism",
    points: tricapped,
    source: johnson(51, "triaugmented triangular prism"),
  },
  {
    name: "snub disphenoid",
    points: snubDisphenoid,
    source: `edge length 2, two norms; ${johnson(84, "snub disphenoid")}`,
  },
  {
    name: "gyrobifastigium",
    points: [
      ...withSigns([1, 1, 0]),
      ...[1, -1].map((s) => [s, 0, Math.sqrt(3)]),
      ...[1, -1].map((s) => [0, s, -Math.sqrt(3)]),
    ],
    source: `edge length 2, two norms; ${johnson(26, "gyrobifastigium")}`,
  },
  {
    name: "capped square antiprism",
    points: [...antiprism(4, { latitude: 0.5, norm: 1 }), north],
    source: johnson(10, "gyroelongated square pyramid"),
  },
  {
    name: "bicapped square antiprism",
    points: [...antiprism(4, { latitude: 0.4, norm: 1 }), north, south],
    source: johnson(17, "gyroelongated square bipyramid"),
  },
  {
    name: "capped pentagonal antiprism",
    points: icosahedron.slice(0, 11),
    source: johnson(11, "gyroelongated pentagonal pyramid"),
  },
  {
    name: "edge-contracted icosahedron",
    points: edgeContractedIcosahedron,
    source: "the icosahedron above; the shape of eleven charges on a sphere (Thomson's problem)",
  },
  {
    name: "triangular orthobicupola",
    points: triangularOrthobicupola,
    source: johnson(27, "triangular orthobicupola"),
  },
];

const names = new Map(
  namedPolyhedra.map(({ name, points }) => [combinatorialType(hullFaces(points)).code, name]),
);

/** The name of a polyhedron's combinatorial type, where the table has it. */
export function nameOf(faces: readonly Face[]): string | undefined {
  return names.get(combinatorialType(faces).code);
}
