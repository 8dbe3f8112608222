import { beforeAll, expect, test } from "vitest";
import { scalars } from "../../../models/nonlinearity.ts";
import { compileKernel } from "./compile.ts";
import { BASE } from "./plan.ts";

interface Kernel {
  readonly memory: WebAssembly.Memory;
  applyExp(at: number): void;
  applyPower(at: number): void;
  applyGelu32(at: number): void;
  applyGelu64(at: number): void;
}
let kernel: Kernel;
let single: Float32Array;
let double: Float64Array;

beforeAll(async () => {
  kernel = new WebAssembly.Instance(await compileKernel()).exports as unknown as Kernel;
  kernel.memory.grow(1);
  single = new Float32Array(kernel.memory.buffer, BASE, 8);
  double = new Float64Array(kernel.memory.buffer, BASE, 4);
});

/** Evenly spaced float32 numbers, both ends included. */
const grid = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => Math.fround(from + ((to - from) * i) / (count - 1)));

const { value, slope } = scalars.gelu;

test("exp is within 2 units in the last place down to −40, and 0 below", () => {
  for (const x of [...grid(-40, 0, 40_001), ...grid(-1e-3, 0, 1001)]) {
    single.fill(x, 0, 4);
    kernel.applyExp(BASE);
    expect(Math.abs(single[0]! / Math.exp(x) - 1)).toBeLessThan(2 * 2 ** -23);
    expect(single[3]).toBe(single[0]);
  }
  single.set([-40.01, -1e30, Number.NEGATIVE_INFINITY, Number.NaN]);
  kernel.applyExp(BASE);
  expect([...single.subarray(0, 4)]).toEqual([0, 0, 0, Number.NaN]);
});

test("powers of two are within 2 units in the last place, exact where they are whole, and NaN of NaN", () => {
  for (const x of [...grid(-60, 2, 40_001), ...grid(-0.5, 0.5, 10_001)]) {
    single.fill(x, 0, 4);
    kernel.applyPower(BASE);
    expect(Math.abs(single[0]! / 2 ** x - 1)).toBeLessThan(2 * 2 ** -23);
    expect(single[3]).toBe(single[0]);
  }
  single.set([-60, -1, 0, Number.NaN]);
  kernel.applyPower(BASE);
  expect([...single.subarray(0, 4)]).toEqual([2 ** -60, 0.5, 1, Number.NaN]);
  // Of either sign: what ∞ − ∞ gives differs between processors.
  new Uint32Array(single.buffer, BASE, 2).set([0x7fc00000, 0xffc00000]);
  kernel.applyPower(BASE);
  expect([...single.subarray(0, 2)]).toEqual([Number.NaN, Number.NaN]);
});

test("GELU and its derivative are accurate to float32's resolution", () => {
  for (const x of grid(-14, 14, 40_001)) {
    single.fill(x, 0, 4);
    kernel.applyGelu32(BASE);
    expect(Math.abs(single[0]! - value(x))).toBeLessThan(2.5 * 2 ** -24 * Math.max(Math.abs(x), 0.1));
    expect(Math.abs(single[4]! - slope(x))).toBeLessThan(2 ** -22);
  }
  // Relative to a small result, too.
  for (const x of grid(-5, -1, 2001)) {
    single.fill(x, 0, 4);
    kernel.applyGelu32(BASE);
    expect(Math.abs(single[0]! / value(x) - 1)).toBeLessThan(4e-6);
  }
});

test("in float64 to 15 digits", () => {
  for (const x of grid(-14, 14, 4001)) {
    double.fill(x, 0, 2);
    kernel.applyGelu64(BASE);
    expect(Math.abs(double[0]! - value(x))).toBeLessThan(1e-15 * Math.max(1, Math.abs(x)));
    expect(Math.abs(double[2]! - slope(x))).toBeLessThan(1e-15);
  }
});

test("GELU of what is not a number, infinite or tiny", () => {
  single.set([Number.NaN, Number.POSITIVE_INFINITY, 1e-20, -0.5]);
  kernel.applyGelu32(BASE);
  expect(single[0]).toBeNaN();
  expect(single[4]).toBeNaN();
  expect(Number.isFinite(single[1])).toBe(false);
  expect(single[2]! / 5e-21).toBeCloseTo(1, 6);
  expect(single[6]).toBe(0.5);
  expect(single[3]).toBeCloseTo(value(-0.5), 7);
});
