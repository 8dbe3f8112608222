import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { permutations } from "../testing/isometries.ts";
import { hullFaces } from "./hull.ts";
import { combinatorialType } from "./isomorphism.ts";
import { namedPolyhedra } from "./named.ts";
import { prism, squareAntiprism } from "./shapes.ts";

describe("combinatorialType", () => {
  test("a tetrahedron by hand", () => {
    expect(
      combinatorialType([
        [0, 1, 3],
        [0, 2, 1],
        [0, 3, 2],
        [1, 2, 3],
      ]),
    ).toEqual({ code: "1,2,3,;0,3,2,;0,1,3,;0,2,1,;", automorphisms: 24 });
  });

  test.prop([
    fc
      .constantFrom(...namedPolyhedra)
      .chain(({ points }) =>
        fc.tuple(fc.constant(hullFaces(points)), permutations(points.length), fc.nat(), fc.boolean()),
      ),
  ])(
    "does not change when corners are renumbered, faces shuffled or all seen from inside",
    ([faces, numbers, start, flip]) => {
      const copy = faces
        .map((face) => face.map((_, i) => numbers[face[(i + start) % face.length]!]!))
        .map((face) => (flip ? face.reverse() : face))
        .sort((a, b) => a[0]! - b[0]!);
      expect(combinatorialType(copy)).toEqual(combinatorialType(faces));
    },
  );

  test("tells apart polyhedra of equal numbers of corners, edges and faces", () => {
    // Both have twelve corners of degree four, eight triangles and six squares.
    const [a, b] = ["cuboctahedron", "triangular orthobicupola"].map((name) =>
      combinatorialType(hullFaces(namedPolyhedra.find((each) => each.name === name)!.points)),
    );
    expect(a!.code).not.toBe(b!.code);
    expect([a!.automorphisms, b!.automorphisms]).toEqual([48, 12]);
  });

  test("counts the ways a polyhedron corresponds to itself", () => {
    expect(combinatorialType(hullFaces(squareAntiprism({ latitude: 0.5, norm: 1 }))).automorphisms).toBe(16);
    expect(combinatorialType(hullFaces(prism(5, { latitude: 0.5, norm: 1 }))).automorphisms).toBe(20);
    const lopsided = [
      [0, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.4, 0.4, 0.9],
      [0.8, 0.1, 0.5],
    ];
    expect(combinatorialType(hullFaces(lopsided)).automorphisms).toBeLessThan(24);
  });
});
