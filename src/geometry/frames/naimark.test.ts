import { expect, test } from "vitest";
import { dot } from "../vector.ts";
import { orthonormalDilation } from "./naimark.ts";

const polygon = (n: number, radius = 1) =>
  Array.from({ length: n }, (_, k) => [
    radius * Math.cos((2 * Math.PI * k) / n),
    radius * Math.sin((2 * Math.PI * k) / n),
  ]);

test.each([
  ["triangle", polygon(3)],
  ["pentagon", polygon(5, 0.3)],
  ["cross and pentagon", [...polygon(4, 2), ...polygon(5)]],
  ["basis", polygon(4).slice(0, 2)],
  ["line", [[1], [2], [-3]]],
])("%s: an orthonormal basis whose shadow is the frame", (_, frame) => {
  const basis = orthonormalDilation(frame);
  const a = frame.reduce((sum, w) => sum + dot(w, w), 0) / frame[0]!.length;
  basis.forEach((b, i) => {
    expect(b).toHaveLength(frame.length);
    basis.forEach((c, j) => {
      expect(dot(b, c)).toBeCloseTo(+(i === j), 12);
    });
    frame[i]!.forEach((x, k) => {
      expect(b[k]! * Math.sqrt(a)).toBeCloseTo(x, 12);
    });
  });
});

test("refuses frames that are not tight", () => {
  expect(
    () =>
      orthonormalDilation([
        [1, 0],
        [0, 1.01],
      ]),
    // S = diag(1, 1.0201): 0.01005 √2 / √(1 + 1.0201²) = 0.009949.
  ).toThrow("deviation of the frame: 0.00994");
  expect(() => orthonormalDilation([])).toThrow("frame: []; expected at least one vector");
  expect(() =>
    orthonormalDilation([
      [0, 0],
      [0, 0],
    ]),
  ).toThrow("a tight frame");
  expect(() => orthonormalDilation([[1, 0]])).toThrow("number of vectors: 1; expected at least their dimension, 2");
});
