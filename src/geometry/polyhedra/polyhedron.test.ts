import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { isometries, jittered, permutations, turned } from "../testing/isometries.ts";
import { namedPolyhedra } from "./named.ts";
import { polyhedron } from "./polyhedron.ts";
import { bipyramid, polygon, tricappedTrigonalPrism } from "./shapes.ts";

describe("polyhedron", () => {
  test.prop([
    fc
      .constantFrom(...namedPolyhedra)
      .chain((named) => fc.tuple(fc.constant(named), permutations(named.points.length))),
    isometries(3),
    fc.constantFrom(0, 1e-9, 1e-3),
  ])("is named the same in any orientation, order and small noise", ([{ name, points }, order], isometry, noise) => {
    expect(
      polyhedron(
        jittered(
          turned(
            order.map((i) => points[i]!),
            isometry,
          ),
          noise,
        ),
      ).name,
    ).toBe(name);
  });

  test("reports faces by the indices of the points, whatever lies inside", () => {
    const points = [[0.1, 0, 0], ...bipyramid(3), [0, 0, 0.2]];
    const { name, faces } = polyhedron(points);
    expect(name).toBe("triangular bipyramid");
    expect(faces).toHaveLength(6);
    expect(faces).toContainEqual([1, 2, 4]);
    expect([...new Set(faces.flat())].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test("norms decide whether caps stand out", () => {
    const options = { latitude: 0.73, prismNorm: 0.886 };
    expect(polyhedron(tricappedTrigonalPrism({ ...options, capNorm: 0.756 })).name).toBe("tricapped trigonal prism");
    const sunk = polyhedron(tricappedTrigonalPrism({ ...options, capNorm: 0.3 }));
    expect(sunk.name).toBe("triangular prism");
    expect(Math.max(...sunk.faces.flat())).toBe(5);
  });

  test("an unknown type gets a systematic name", () => {
    const augmented = [...namedPolyhedra.find(({ name }) => name === "capped octahedron")!.points, [-0.6, -0.6, -0.6]];
    expect(polyhedron(augmented).name).toBe("8 vertices: 12 faces (3^12), degrees 3^2 5^6");
    const house = [...[0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].map((z) => [x, y, z]))), [0.5, 0.5, 1.5]];
    expect(polyhedron(house).name).toBe("9 vertices: 9 faces (3^4 4^5), degrees 3^4 4^5");
  });

  test("points in a plane are flat", () => {
    const flat = polyhedron(polygon(5).map(([x, y]) => [x!, y!, 0]));
    expect(flat).toEqual({ name: "flat: 5 points", faces: [] });
    expect(polyhedron([]).name).toBe("flat: 0 points");
  });
});
