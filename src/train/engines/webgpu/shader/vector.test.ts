import { describe, expect, test } from "vitest";
import { pretty, repeat, share, Vector } from "./vector.ts";

describe("a vector of so many numbers", () => {
  test.each([
    [1, "f32", 1, 4],
    [2, "vec2f", 1, 8],
    // WGSL gives a vec3f the room of a vec4f.
    [3, "vec3f", 1, 16],
    [4, "vec4f", 1, 16],
    [5, "vec4f", 2, 32],
    [9, "vec4f", 3, 48],
  ])("%i: chunks of type %s", (size, type, chunks, bytes) => {
    const v = new Vector(size);
    expect([v.type, v.chunks, v.bytes]).toEqual([type, chunks, bytes]);
  });

  test("is filled up with zeros", () => {
    const v = new Vector(5);
    expect(v.build(0, (k) => `x${k}`)).toBe("vec4f(x0, x1, x2, x3)");
    expect(v.build(1, (k) => `x${k}`)).toBe("vec4f(x4, 0.0, 0.0, 0.0)");
    expect(new Vector(1).build(0, (k) => `x${k}`)).toBe("x0");
    expect(new Vector(3).build(0, (k) => `x${k}`)).toBe("vec3f(x0, x1, x2)");
  });

  test("has components, by number and by expression", () => {
    expect(new Vector(1).component("g", "0u")).toBe("g");
    expect(new Vector(3).component("g", "2u")).toBe("g.z");
    expect(new Vector(3).component("g", "k")).toBe("g[k]");
    expect(new Vector(7).component("g", "6u")).toBe("g[1u].z");
    expect(new Vector(7).component("g", "k")).toBe("g[(k) / 4u][(k) % 4u]");
    expect(new Vector(12).component("g", "11u")).toBe("g[2u].w");
    // An expression, though it ends or begins like a number.
    expect(new Vector(3).component("g", "k + 2u")).toBe("g[k + 2u]");
    expect(new Vector(3).component("g", "2u * k")).toBe("g[2u * k]");
  });

  test("has a dot product over all its chunks", () => {
    const chunk = (name: string) => (c: string) => `${name}[${c}]`;
    expect(new Vector(1).dotInto("z", chunk("a"), chunk("b"))).toBe("let z = a[0u] * b[0u];");
    expect(new Vector(2).dotInto("z", chunk("a"), chunk("b"), "bias")).toBe("let z = dot(a[0u], b[0u]) + bias;");
    expect(new Vector(6).dotInto("z", chunk("a"), chunk("b"), "bias").split("\n")).toEqual([
      "var z = bias;",
      "z += dot(a[0u], b[0u]);",
      "z += dot(a[1u], b[1u]);",
    ]);
    expect(new Vector(6).dotInto("z", chunk("a"), chunk("b"))).toMatch(/^var z = 0\.0;\n/);
  });
});

test("a long vector's chunks are walked by a loop", () => {
  expect(new Vector(68).each((c) => `f(${c});`)).toBe("for (var c = 0u; c < 17u; c++) {\nf(c);\n}");
});

test("few statements are written out, many become a loop", () => {
  expect(repeat("r", 2, (r) => `f(${r});`)).toBe("f(0u);\nf(1u);");
  expect(repeat("r", 16, (r) => `f(${r});`)).toMatch(/^f\(0u\);\n(.*\n){14}f\(15u\);$/);
  expect(repeat("r", 17, (r) => `f(${r});`)).toBe("for (var r = 0u; r < 17u; r++) {\nf(r);\n}");
});

test("a seed's threads take one index each, or several in turn", () => {
  expect(share("i", 5, 5, "f(i);")).toBe("if (lane < 5u) {\nlet i = lane;\nf(i);\n}");
  expect(share("i", 6, 5, "f(i);")).toBe("for (var i = lane; i < 6u; i += 5u) {\nf(i);\n}");
});

test("text is indented by its braces", () => {
  expect(pretty("a {\n   b;\n\n} else {\nc {\nd;\n}\n}")).toBe("a {\n  b;\n} else {\n  c {\n    d;\n  }\n}\n");
});
