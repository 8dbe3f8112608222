import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { gradient, loss, terms } from "../models/objective.ts";
import { dot } from "./basis.ts";
import { redistribute } from "./redistribute.ts";
import { embeddingOf, planar } from "./testing/polygon.ts";

const shares = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  .filter((w) => w.reduce((a, b) => a + b, 0) > 0.1)
  .map((w) => w.map((x) => x / w.reduce((a, b) => a + b, 0)));
const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
const others = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 4 });

/** Features 0, 1 and 2 in one direction with these norms, and others anywhere: no critical point is needed. */
const group = (norms: readonly number[], angle: number) =>
  norms.map((a) => [a * Math.cos(angle), a * Math.sin(angle)]);
const norms = fc.array(fc.double({ min: 0.1, max: 1.2, noNaN: true }), { minLength: 3, maxLength: 3 });
const angle = fc.double({ min: 0, max: 6.3, noNaN: true });

describe("redistribute", () => {
  test.prop([norms, angle, others, shares])(
    "keeps the ReLU loss, wherever the others are",
    (a, phi, rest, parts) => {
      const points = [...group(a, phi), ...rest];
      const model = planar(points.length);
      const moved = redistribute(points, [0, 1, 2], parts);
      const total = a.reduce((sum, x) => sum + x * x, 0);
      parts.forEach((part, i) => {
        expect(dot(moved[i]!, moved[i]!)).toBeCloseTo(part * total, 12);
        expect(moved[i]![0]! * Math.sin(phi)).toBeCloseTo(moved[i]![1]! * Math.cos(phi), 12);
      });
      expect(moved.slice(3)).toEqual(rest.map((p) => [...p]));
      const before = loss(model, embeddingOf(points)) * terms(model);
      const after = loss(model, embeddingOf(moved)) * terms(model);
      expect(Math.abs(after - before)).toBeLessThan(1e-12 * before);
    },
  );

  test.prop([norms, angle, others])(
    "so no gradient runs along it, at a critical point or not",
    (a, phi, rest) => {
      const points = [...group(a, phi), ...rest];
      const g = gradient(planar(points.length), embeddingOf(points)).gradient;
      const tangent = embeddingOf([...group([a[1]!, -a[0]!, 0], phi), ...rest.map(() => [0, 0])]);
      expect(Math.abs(dot(g, tangent))).toBeLessThan(1e-14 * (1 + Math.sqrt(dot(g, g))));
    },
  );

  test("does change the loss of GELU, and of ReLU when the sum of squares moves", () => {
    const points = [...group([0.6, 0.5, 0.4], 0.3), [-0.8, 0.1]];
    const moved = redistribute(points, [0, 1, 2], [0.1, 0.8, 0.1]);
    const change = (model: ReturnType<typeof planar>, q: number[][]) =>
      Math.abs(loss(model, embeddingOf(q)) - loss(model, embeddingOf(points)));
    expect(change(planar(4), moved)).toBeLessThan(1e-15);
    expect(change(planar(4, "gelu"), moved)).toBeGreaterThan(1e-3);
    const grown = points.map((p, i) => (i === 0 ? p.map((x) => 1.1 * x) : p));
    expect(change(planar(4), grown)).toBeGreaterThan(1e-3);
  });

  test("refuses what is not a group, and shares that are not shares", () => {
    const points = [
      [1, 0],
      [2, 0],
      [0, 1],
      [0, 0],
    ];
    expect(redistribute(points, [1, 3], [0.25, 0.75])[3]![0]).toBeCloseTo(Math.sqrt(3), 12);
    expect(() => redistribute(points, [0, 2], [0.5, 0.5])).toThrow(
      "invalid members: [0,2]; expected features in",
    );
    expect(() => redistribute(points, [3], [1])).toThrow("invalid members: [3]; expected features of which");
    expect(() => redistribute(points, [0, 9], [0.5, 0.5])).toThrow("member: 9; expected a feature below 4");
    expect(() => redistribute(points, [0, 1], [0.5, 0.6])).toThrow(
      "shares: [0.5,0.6]; expected numbers that",
    );
    expect(() => redistribute(points, [0, 1], [1.5, -0.5])).toThrow("invalid share: -0.5");
    expect(() => redistribute(points, [0, 1], [1])).toThrow("shares: [1]; expected 2 numbers");
    expect(() => redistribute(points, [], [])).toThrow("shares: []; expected numbers that sum to 1");
  });
});
