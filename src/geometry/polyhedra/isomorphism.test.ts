import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { permutations } from "../testing/isometries.ts";
import { hullFaces } from "./hull.ts";
import { combinatorialType } from "./isomorphism.ts";
import { namedPolyhedra } from "./named.ts";

describe("combinatorialType", () => {
  test("a tetrahedron by hand", () => {
    expect(
      combinatorialType([
        [0, 1, 3],
        [0, 2, 1],
        [0, 3, 2],
        [1, 2, 3],
      ]),
    ).toBe("1,2,3,;0,3,2,;0,1,3,;0,2,1,;");
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
    expect(a).not.toBe(b);
  });
});
