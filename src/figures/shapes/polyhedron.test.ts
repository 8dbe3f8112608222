import { describe, expect, test } from "vitest";
import { mix, palette } from "../canvas/style.ts";
import { render, words } from "../testing/render.ts";
import { polyhedron, usualCamera } from "./polyhedron.ts";
import { type Camera, checkSolid, project, type Solid } from "./projection.ts";

const octahedron: Solid = {
  vertices: [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ],
  faces: [0, 1].flatMap((x) => [2, 3].flatMap((y) => [4, 5].map((z) => [x, y, z]))),
};
const cube: Solid = {
  vertices: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i & 4 ? 1 : -1, i & 2 ? 1 : -1, i & 1 ? 1 : -1]),
  faces: [
    [0, 1, 3, 2],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 3, 7, 6],
    [0, 2, 6, 4],
    [1, 3, 7, 5],
  ],
};

/** The same solid with other numbers for its vertices, other starts and senses of its faces, and these in another order. */
function renumbered({ vertices, faces }: Solid): Solid & { to: (v: number) => number } {
  const to = (v: number) => (v * 5 + 3) % vertices.length;
  const moved: (readonly number[])[] = [];
  for (const [v, vertex] of vertices.entries()) moved[to(v)] = vertex;
  return { vertices: moved, faces: faces.map((f) => [...f.slice(1), f[0]!].reverse().map(to)).reverse(), to };
}

describe("projection", () => {
  const view = { camera: { azimuth: 0, elevation: 0 }, reach: 1, unit: 100, centre: [0, 0] as const };

  test("looks along −x, with y to the right and z up, and nearer things larger", () => {
    const seen = project(octahedron, view);
    const place = (index: number) => seen.vertices.find((v) => v.index === index)!;
    expect(place(2).at).toEqual([100, 0]);
    expect(place(4).at).toEqual([0, -100]);
    expect(seen.vertices.at(-1)!.index).toBe(0);
    expect(seen.vertices[0]!.index).toBe(1);
    const near = project(
      {
        vertices: [
          [0.5, 0.5, 0],
          [-0.5, 0.5, 0],
        ],
        faces: [],
      },
      view,
    ).vertices;
    expect(near[1]!.at[0]).toBeGreaterThan(50);
    expect(near[0]!.at[0]).toBeLessThan(50);
  });

  test("elevation raises the eye: the far side of a level square goes up the picture", () => {
    const seen = project(octahedron, { ...view, camera: { azimuth: 0, elevation: 30 } });
    expect(seen.vertices.find((v) => v.index === 1)!.at[1]).toBeLessThan(-40);
    expect(seen.vertices.find((v) => v.index === 0)!.at[1]).toBeGreaterThan(40);
  });

  test("azimuth walks from x towards y", () => {
    const seen = project(octahedron, { ...view, camera: { azimuth: 90, elevation: 0 } });
    expect(seen.vertices.at(-1)!.index).toBe(2);
  });

  test("a cube from a corner shows three faces, nine edges and seven corners", () => {
    const seen = project(cube, { ...view, reach: Math.sqrt(3), camera: { azimuth: 25, elevation: 20 } });
    expect(seen.faces.map((f) => f.front)).toEqual([false, false, false, true, true, true]);
    expect(seen.edges).toHaveLength(12);
    expect(seen.edges.filter((e) => e.front)).toHaveLength(9);
    expect(seen.vertices.filter((v) => !v.front)).toHaveLength(1);
    expect(seen.vertices.map((v) => v.degree)).toEqual(Array(8).fill(3));
    // The lid faces the lamp more than either wall does.
    const lid = seen.faces.find(
      (f) => Math.min(...f.corners.map((c) => c[1])) === Math.min(...seen.vertices.map((v) => v.at[1])) && f.front,
    );
    expect(lid!.light).toBe(Math.max(...seen.faces.map((f) => f.light)));
  });

  test("a point that belongs to no face has degree 0 and is not in front", () => {
    const seen = project({ ...octahedron, vertices: [...octahedron.vertices, [0.1, 0, 0]] }, view);
    expect(seen.vertices.find((v) => v.index === 6)).toMatchObject({ degree: 0, front: false });
  });

  test("solids that cannot be drawn are errors that quote what is wrong", () => {
    const bad = (vertices: number[][], faces: number[][]) => () => checkSolid({ vertices, faces });
    expect(bad([[0, Number.NaN, 1]], [])).toThrow('invalid point: [0,"NaN",1]; expected 3 finite');
    expect(bad([[0, 1]], [])).toThrow("invalid point: [0,1]; expected 3 coordinates");
    expect(bad([], [])).toThrow("invalid vertices: []; expected at least one");
    expect(bad([[0, 0, 1]], [[0, 0, 7]])).toThrow("invalid face 0: [0,0,7]; expected three or more of 1 vertices");
    expect(
      bad(
        [
          [0, 0, 1],
          [1, 0, 0],
        ],
        [[0, 1]],
      ),
    ).toThrow("face 0");
  });
});

describe("polyhedron", () => {
  const corner = (solid: Solid, index: number) => {
    const reach = Math.max(...solid.vertices.map((v) => Math.hypot(...v)));
    const view = {
      camera: { azimuth: 25, elevation: 20 },
      reach,
      unit: 111 / reach,
      centre: [150, 135] as const,
    };
    const [x, y] = project(solid, view).vertices.find((v) => v.index === index)!.at;
    return [Math.round(x), Math.round(y)] as const;
  };

  test("front vertices have the colour of their degree, and the hidden one a paler one", () => {
    const drawn = render(polyhedron(cube));
    expect(drawn.at(...corner(cube, 7))).toBe(palette.green);
    const hidden = drawn.at(...corner(cube, 0));
    expect([palette.green, palette.paper]).not.toContain(hidden);
    expect(render(polyhedron(octahedron)).at(...corner(octahedron, 4))).toBe(palette.gelu);
  });

  test("the faces in front are filled once, each with its own light", () => {
    const drawn = render(polyhedron(cube));
    const view = {
      camera: { azimuth: 25, elevation: 20 },
      reach: Math.sqrt(3),
      unit: 111 / Math.sqrt(3),
      centre: [150, 135] as const,
    };
    const fronts = project(cube, view).faces.filter((face) => face.front);
    expect(fronts).toHaveLength(3);
    for (const { corners, light } of fronts) {
      // Off the middle, where edges of the far side would cross.
      const weights = [0.4, 0.3, 0.2, 0.1];
      const [x, y] = [0, 1].map((c) => Math.round(corners.reduce((sum, p, i) => sum + weights[i]! * p[c]!, 0))) as [
        number,
        number,
      ];
      const found = drawn.at(x, y);
      const expected = mix(palette.paper, mix("#3d5a80", "#cfe0f3", light), 0.42);
      const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
      for (const at of [1, 3, 5]) expect(Math.abs(channel(found, at) - channel(expected, at))).toBeLessThanOrEqual(2);
    }
  });

  test("a larger norm gives a larger vertex", () => {
    const vertices = octahedron.vertices.map((v, i) => (i === 4 ? [0, 0, 1.1] : i === 2 ? [0, 0.9, 0] : v));
    const solid = { ...octahedron, vertices };
    const drawn = render(polyhedron(solid));
    const around = (index: number) => {
      const [x, y] = corner(solid, index);
      return drawn.count(palette.gelu, [x - 14, y - 14, x + 14, y + 14]);
    };
    expect(around(4)).toBeGreaterThan(1.5 * around(2));
  });

  test("is seen from where the camera stands, the usual one if none is given", () => {
    const seen = (camera?: Camera) => render(polyhedron({ ...cube, ...(camera && { camera }) })).data;
    expect(seen(usualCamera).equals(seen())).toBe(true);
    expect(seen({ ...usualCamera, azimuth: 60 }).equals(seen())).toBe(false);
    // A cube looks the same from each side.
    expect(seen({ ...usualCamera, azimuth: 115 }).equals(seen())).toBe(true);
  });

  test("with an extent it is as small as it is beside a larger one", () => {
    const alone = render(polyhedron(octahedron));
    expect(render(polyhedron({ ...octahedron, extent: 1 })).data.equals(alone.data)).toBe(true);
    const drawn = render(polyhedron({ ...octahedron, extent: 2 }));
    const [x, y] = corner(octahedron, 4);
    // Half as far from the middle, but for what perspective adds.
    const [nearX, nearY] = [(150 + x) / 2, (135 + y) / 2];
    expect(drawn.count(palette.gelu, [nearX - 8, nearY - 8, nearX + 8, nearY + 8])).toBeGreaterThan(50);
    expect(drawn.count(palette.gelu, [x - 8, y - 8, x + 8, y + 8])).toBe(0);
  });

  test("the legend sums up degrees, norms and features at the origin", () => {
    const written = words(
      polyhedron({
        ...octahedron,
        vertices: [...octahedron.vertices.slice(0, 5), [0, 0, -0.9]],
        atOrigin: 12,
      }),
    );
    expect(written).toEqual(["6 of degree 4, norms 0.900 to 1.000", "at the origin: 12"]);
    expect(words(polyhedron({ ...cube, vertices: [...cube.vertices, [0, 0, 0.5]] }))).toEqual([
      "1 inside the hull, norm 0.500",
      "8 of degree 3, norm 1.732",
    ]);
  });

  test("counts above 1 are written", () => {
    const written = words(polyhedron({ ...octahedron, counts: [1, 2, 3, 1, 1, 1] }));
    expect(written.filter((w) => w.startsWith("×")).sort()).toEqual(["×2", "×3", "×k"]);
    expect(words(polyhedron({ ...octahedron, counts: [1, 1, 1, 1, 1, 1] })).join()).not.toContain("×");
  });

  test("the order of vertices and faces does not change a pixel", () => {
    for (const solid of [cube, octahedron]) {
      const other = renumbered(solid);
      const counts = solid.vertices.map((_, i) => 1 + (i % 3));
      const moved: number[] = [];
      for (const [i, count] of counts.entries()) moved[other.to(i)] = count;
      const first = render(polyhedron({ ...solid, counts })).data;
      const second = render(polyhedron({ vertices: other.vertices, faces: other.faces, counts: moved })).data;
      expect(second.equals(first)).toBe(true);
    }
  });

  test("bad input is quoted", () => {
    expect(() => polyhedron({ ...cube, counts: [1] })).toThrow("invalid number of counts: 1; expected one a vertex, 8");
    expect(() => polyhedron({ vertices: [[Number.NaN, 0, 0]], faces: [] })).toThrow("invalid point");
    expect(() => polyhedron({ vertices: [[0, 0, 0]], faces: [] })).toThrow("invalid largest norm of the vertices: 0");
  });
});
