import { describe, expect, test } from "vitest";
import type { Plan } from "../plan.ts";
import { Memory } from "./memory.ts";
import { Vector } from "./vector.ts";

/** Arrays of seven vectors of so many numbers, in workgroup memory or from a chunk of the scratch buffer on. */
function memory(size: number, options: { readonly seedsPerGroup?: number; readonly spilled?: number | null } = {}) {
  const { seedsPerGroup = 1, spilled = null } = options;
  const shared = new Map([["x", { name: "x", vector: new Vector(size), count: 7, spilled }]]);
  return new Memory({ shared, seedsPerGroup, scratch: spilled === null ? 0 : 50 } as unknown as Plan);
}

describe("in workgroup memory", () => {
  test("a vector is an element, or several if it has more than four numbers", () => {
    expect(memory(1).read("x", "i")).toBe("x[i]");
    expect(memory(3).read("x", "i")).toBe("x[i]");
    expect(memory(6).read("x", "i", "1u")).toBe("x[(i) * 2u + 1u]");
    expect(memory(6).read("x", "i")).toBe("x[(i) * 2u + 0u]");
  });

  test("the arrays of several seeds lie one after the other", () => {
    expect(memory(2, { seedsPerGroup: 3 }).read("x", "i")).toBe("x[team * 7u + i]");
    expect(memory(2, { seedsPerGroup: 1 }).read("x", "i")).toBe("x[i]");
  });

  test("has components", () => {
    expect(memory(1).component("x", "i", "0u")).toBe("x[i]");
    expect(memory(3).component("x", "i", "k")).toBe("x[i][k]");
    expect(memory(6).component("x", "i", "k")).toBe("x[(i) * 2u + (k) / 4u][(k) % 4u]");
  });

  test("is written as it is", () => {
    expect(memory(3).write("x", "i", "0u", "v")).toBe("x[i] = v;");
  });

  test("is declared for all seeds, in chunks", () => {
    expect(memory(1).declarations()).toBe("var<workgroup> x: array<f32, 7>;");
    expect(memory(3, { seedsPerGroup: 2 }).declarations()).toBe("var<workgroup> x: array<vec3f, 14>;");
    expect(memory(6, { seedsPerGroup: 2 }).declarations()).toBe("var<workgroup> x: array<vec4f, 28>;");
  });

  test("needs one barrier", () => {
    expect(memory(1).barrier()).toBe("workgroupBarrier();");
  });
});

describe("in the scratch buffer, whose elements are vec4f", () => {
  const spilled = { spilled: 20, seedsPerGroup: 3 };

  test("a seed's part is found by the seed, and cut to the vector's width", () => {
    expect(memory(1, spilled).read("x", "i")).toBe("scratch[seed * 50u + 20u + i].x");
    expect(memory(3, spilled).read("x", "i")).toBe("scratch[seed * 50u + 20u + i].xyz");
    expect(memory(4, spilled).read("x", "i")).toBe("scratch[seed * 50u + 20u + i]");
    expect(memory(6, spilled).read("x", "i", "1u")).toBe("scratch[seed * 50u + 20u + (i) * 2u + 1u]");
  });

  test("has components", () => {
    expect(memory(1, spilled).component("x", "i", "0u")).toBe("scratch[seed * 50u + 20u + i].x");
    expect(memory(3, spilled).component("x", "i", "k")).toBe("scratch[seed * 50u + 20u + i][k]");
  });

  test("is filled up with zeros", () => {
    const target = "scratch[seed * 50u + 20u + i]";
    expect(memory(1, spilled).write("x", "i", "0u", "v")).toBe(`${target} = vec4f(v, 0.0, 0.0, 0.0);`);
    expect(memory(3, spilled).write("x", "i", "0u", "v")).toBe(`${target} = vec4f(v, 0.0);`);
    expect(memory(4, spilled).write("x", "i", "0u", "v")).toBe(`${target} = v;`);
  });

  test("takes no workgroup memory, and a barrier of its own", () => {
    expect(memory(3, spilled).declarations()).toBe("");
    expect(memory(3, spilled).barrier()).toBe("storageBarrier();\nworkgroupBarrier();");
  });
});
