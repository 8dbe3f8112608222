import { describe, expect, test } from "vitest";
import { symmetryGroup } from "../symmetry/symmetry.ts";
import { norm, squaredDistance } from "../vector.ts";
import { type Face, hullFaces, sides } from "./hull.ts";
import { combinatorialType } from "./isomorphism.ts";
import { namedPolyhedra, nameOf } from "./named.ts";
import { polyhedron } from "./polyhedron.ts";

/** Corners, edges, face sizes and degrees (each as "value^count"), symmetry of the coordinates: from the literature. */
const known: Record<string, [number, number, string, string, string]> = {
  tetrahedron: [4, 6, "3^4", "3^4", "Td"],
  octahedron: [6, 12, "3^8", "4^6", "Oh"],
  cube: [8, 12, "4^6", "3^8", "Oh"],
  icosahedron: [12, 30, "3^20", "5^12", "Ih"],
  cuboctahedron: [12, 24, "3^8 4^6", "4^12", "Oh"],
  "truncated tetrahedron": [12, 18, "3^4 6^4", "3^12", "Td"],
  "triangular bipyramid": [5, 9, "3^6", "3^2 4^3", "D3h"],
  "pentagonal bipyramid": [7, 15, "3^10", "4^5 5^2", "D5h"],
  "hexagonal bipyramid": [8, 18, "3^12", "4^6 6^2", "D6h"],
  "heptagonal bipyramid": [9, 21, "3^14", "4^7 7^2", "D7h"],
  "octagonal bipyramid": [10, 24, "3^16", "4^8 8^2", "D8h"],
  "square pyramid": [5, 8, "3^4 4^1", "3^4 4^1", "C4v"],
  "pentagonal pyramid": [6, 10, "3^5 5^1", "3^5 5^1", "C5v"],
  "hexagonal pyramid": [7, 12, "3^6 6^1", "3^6 6^1", "C6v"],
  "heptagonal pyramid": [8, 14, "3^7 7^1", "3^7 7^1", "C7v"],
  "octagonal pyramid": [9, 16, "3^8 8^1", "3^8 8^1", "C8v"],
  "triangular prism": [6, 9, "3^2 4^3", "3^6", "D3h"],
  "pentagonal prism": [10, 15, "4^5 5^2", "3^10", "D5h"],
  "hexagonal prism": [12, 18, "4^6 6^2", "3^12", "D6h"],
  "square antiprism": [8, 16, "3^8 4^2", "4^8", "D4d"],
  "pentagonal antiprism": [10, 20, "3^10 5^2", "4^10", "D5d"],
  "hexagonal antiprism": [12, 24, "3^12 6^2", "4^12", "D6d"],
  "capped octahedron": [7, 15, "3^10", "3^1 4^3 5^3", "C3v"],
  "capped trigonal prism": [7, 13, "3^6 4^2", "3^2 4^5", "C2v"],
  "bicapped trigonal prism": [8, 17, "3^10 4^1", "4^6 5^2", "C2v"],
  "tricapped trigonal prism": [9, 21, "3^14", "4^3 5^6", "D3h"],
  "snub disphenoid": [8, 18, "3^12", "4^4 5^4", "D2d"],
  gyrobifastigium: [8, 14, "3^4 4^4", "3^4 4^4", "D2d"],
  "capped square antiprism": [9, 20, "3^12 4^1", "4^5 5^4", "C4v"],
  "bicapped square antiprism": [10, 24, "3^16", "4^2 5^8", "D4d"],
  "capped pentagonal antiprism": [11, 25, "3^15 5^1", "4^5 5^6", "C5v"],
  "edge-contracted icosahedron": [11, 27, "3^18", "4^2 5^8 6^1", "C2v"],
  "triangular orthobicupola": [12, 24, "3^8 4^6", "4^12", "D3h"],
};

/** Of edge length 2, and of two norms. */
const ofEqualEdges = ["snub disphenoid", "gyrobifastigium"];
const edgesOf = (faces: readonly Face[]) => faces.flatMap(sides).filter(([from, to]) => from < to);
const powers = (numbers: readonly number[]) =>
  [...new Set(numbers)]
    .sort((a, b) => a - b)
    .map((value) => `${value}^${numbers.filter((n) => n === value).length}`)
    .join(" ");

describe("named polyhedra", () => {
  test("the table of known numbers covers the table of shapes", () => {
    expect(namedPolyhedra.map(({ name }) => name).sort()).toEqual(Object.keys(known).sort());
  });

  test.each(namedPolyhedra)("$name", ({ name, points }) => {
    const { faces } = polyhedron(points);
    const edges = edgesOf(faces);
    const found = [
      new Set(faces.flat()).size,
      edges.length,
      powers(faces.map((face) => face.length)),
      powers(points.map((_, i) => edges.filter((edge) => edge.includes(i)).length)),
      symmetryGroup(points).name,
    ];
    expect(found).toEqual(known[name]);
    expect(found[0]).toBe(points.length);
    expect(nameOf(faces)).toBe(name);
    if (!ofEqualEdges.includes(name)) for (const point of points) expect(norm(point)).toBeCloseTo(1, 12);
  });

  test("no two have the same type", () => {
    const types = namedPolyhedra.map(({ points }) => combinatorialType(hullFaces(points)));
    expect(new Set(types).size).toBe(namedPolyhedra.length);
  });

  test.each(ofEqualEdges)("all edges of the %s are 2", (name) => {
    const { points } = namedPolyhedra.find((each) => each.name === name)!;
    const lengths = edgesOf(polyhedron(points).faces).map(([a, b]) =>
      Math.sqrt(squaredDistance(points[a]!, points[b]!)),
    );
    expect(Math.min(...lengths)).toBeCloseTo(2, 9);
    expect(Math.max(...lengths)).toBeCloseTo(2, 9);
  });
});
