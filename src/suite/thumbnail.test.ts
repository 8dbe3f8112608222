import { describe, expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { oneHot } from "../models/data/data.ts";
import { layout, type Model } from "../models/model.ts";
import { network } from "../models/network.ts";
import type { Status } from "../train/engine.ts";
import { recipe } from "../train/recipe.ts";
import { Run } from "../train/run.ts";
import type { Thumbnail } from "../verification/claim/trainer.ts";
import { thumbnail } from "./thumbnail.ts";

type Rows = readonly (readonly number[])[];

function runOf(model: Model, matrices: Readonly<Record<string, Rows>>, status: Status = "converged"): Run {
  const parameters = new Float32Array(layout(model).size);
  for (const { name, offset } of layout(model).slots) parameters.set((matrices[name] ?? []).flat(), offset);
  return new Run(model, recipe({ steps: 1, rate: 1 }), {
    seed: 1,
    status,
    end: { step: 1, loss: 0, gradientNorm: 0, parameters },
    checkpoints: [],
  });
}
const tied = (features: number, hidden: number) => autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse" });
/** Points as the embedding's columns. */
const columns = (points: Rows): Rows => points[0]!.map((_, row) => points.map((p) => p[row]!));

const polygon = (n: number, turn = 0): number[][] =>
  Array.from({ length: n }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / n;
    return [2 * Math.cos(angle), 2 * Math.sin(angle)];
  });

describe("a thumbnail", () => {
  test("of a plane: dots at 50 of the largest norm, turned so that one direction is up", () => {
    const found = thumbnail(runOf(tied(4, 2), { weight0: columns(polygon(4)) }))!;
    expect(found.reach).toBe(2);
    expect(found.shared).toBe(0);
    const places = Array.from({ length: 4 }, (_, i) => String(found.places.slice(2 * i, 2 * i + 2))).sort();
    expect(places).toEqual(["-50,0", "0,-50", "0,50", "50,0"]);
  });

  test("is the same for a turned copy", () => {
    const [a, b] = [0, 0.7].map((turn) => thumbnail(runOf(tied(5, 2), { weight0: columns(polygon(5, turn)) }))!);
    expect(b).toEqual(a);
  });

  test("features in one place become one dot, before the single ones", () => {
    const points = [
      [0, 1],
      [1, 0],
      [1, 0],
      [0, 0],
    ];
    const found = thumbnail(runOf(tied(4, 2), { weight0: columns(points) }))!;
    expect(found.shared).toBe(1);
    expect(found.places).toHaveLength(6);
    expect(Math.hypot(found.places[0]!, found.places[1]!)).toBe(50);
  });

  test("of an untied model is not turned, and has the reading directions", () => {
    const model = autoencoder({ features: 2, hidden: 2, tied: false, nonlinearity: "relu", loss: "mse" });
    const weight0 = columns([
      [1, 0],
      [0, 0.5],
    ]);
    const found = thumbnail(
      runOf(model, {
        weight0,
        weight1: [
          [0, 2],
          [-1, 0],
        ],
      }),
    )!;
    expect(found).toEqual({ reach: 2, places: [25, 0, 0, -12], shared: 0, read: [0, -50, -25, 0] });
  });

  test("of a line lies on it", () => {
    const found = thumbnail(runOf(tied(2, 1), { weight0: [[0.5, -1]] }))!;
    expect(found.places).toEqual([25, 0, -50, 0]);
  });

  test("of space: the polyhedron of the directions, every edge between two places", () => {
    const octahedron = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
      [0, 0, -0.5],
    ];
    const found = thumbnail(runOf(tied(7, 3), { weight0: columns(octahedron) }))!;
    expect(found.places).toHaveLength(12);
    expect(found.shared).toBe(1);
    expect(found.edges).toHaveLength(24);
    expect(found.front).toBeGreaterThan(4);
    expect(found.front).toBeLessThan(12);
    expect(found.edges!.every((i) => i >= 0 && i < 6)).toBe(true);
    for (const i of Array.from({ length: 12 }, (_, edge) => edge))
      expect(found.edges![2 * i]).not.toBe(found.edges![2 * i + 1]);
    // Four edges meet in each corner.
    expect([0, 1, 2, 3, 4, 5].map((corner) => found.edges!.filter((i) => i === corner).length)).toEqual([
      4, 4, 4, 4, 4, 4,
    ]);
  });

  test("of space: a corner lies where the longest feature of its direction does", () => {
    const octahedron = [1, -1].flatMap((sign) =>
      [0, 1, 2].map((axis) => [0, 1, 2].map((i) => (i === axis ? 2 * sign : 0))),
    );
    const sorted = ({ places }: Thumbnail) =>
      places.flatMap((x, i) => (i % 2 === 0 ? [`${x},${places[i + 1]}`] : [])).sort();
    const [alone, joined] = [octahedron, [[0, 0, 1], ...octahedron]].map(
      (points) => thumbnail(runOf(tied(points.length, 3), { weight0: columns(points) }))!,
    );
    expect(joined!.shared).toBe(1);
    expect(sorted(joined!)).toEqual(sorted(alone!));
  });

  test("of space: four directions already make a polyhedron, the tetrahedron with its six edges", () => {
    const corners = [
      [1, 1, 1],
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
    ];
    const found = thumbnail(runOf(tied(4, 3), { weight0: columns(corners) }))!;
    const edges = Array.from({ length: 6 }, (_, i) => String(found.edges!.slice(2 * i, 2 * i + 2).sort()));
    expect(found.edges).toHaveLength(12);
    expect(edges.sort()).toEqual(["0,1", "0,2", "0,3", "1,2", "1,3", "2,3"]);
  });

  // A camera 25° around from x towards y and 20° up, 44 pixels long what is as long as the largest norm, and an eye that sees
  // what is nearer larger, by 1 / (1 − 0.14 · depth). −x: (sin 25°, −cos 25° sin 20°) · 44 / (1 + 0.14 cos 25° cos 20°)
  // = (16.6, −12.2); y: (cos 25°, sin 25° sin 20°) · 44 / (1 − 0.14 sin 25° cos 20°) = (42.2, 6.7);
  // z: (0, −cos 20°) · 44 / (1 − 0.14 sin 20°) = (0, −43.4).
  const axes = [17, -12, 42, 7, 0, -43];
  const diagonal = [
    [-2, 0, 0],
    [0, 2, 0],
    [0, 0, 2],
  ];

  test("of space with three directions, which make no polyhedron: dots", () => {
    expect(thumbnail(runOf(tied(3, 3), { weight0: diagonal }))).toEqual({
      reach: 2,
      places: axes,
      shared: 0,
    });
  });

  test("of an untied model in space: dots, and the reading directions as the same camera sees them", () => {
    const model = autoencoder({ features: 3, hidden: 3, tied: false, nonlinearity: "relu", loss: "mse" });
    const turned = [diagonal[1]!, diagonal[2]!, diagonal[0]!];
    expect(thumbnail(runOf(model, { weight0: diagonal, weight1: turned }))).toEqual({
      reach: 2,
      places: axes,
      shared: 0,
      read: [42, 7, 0, -43, 17, -12],
    });
  });

  test("of more dimensions: how the features interfere, like ones next to each other", () => {
    const points = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [-1, 0, 0, 0],
      [0, 0.5, 0, 0],
    ];
    const found = thumbnail(runOf(tied(4, 4), { weight0: columns(points) }))!;
    // In the order 1, 2, 4, 3: the second and the last point the same way.
    expect(found).toEqual({
      reach: 1,
      places: [],
      shared: 0,
      heat: ["ecca", "cedc", "cddc", "acce"].join(""),
    });
  });

  test("of more dimensions begins with the longest feature", () => {
    const points = [
      [0.5, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    // ‖1‖² = 1 first, then 0.5² = a quarter, which is rounded up to the weaker positive letter.
    expect(thumbnail(runOf(tied(2, 4), { weight0: columns(points) }))!.heat).toBe("eccd");
  });

  test("of an untied model in more dimensions: how each feature is read where another is written", () => {
    const model = network({ sizes: [2, 4, 2], nonlinearities: ["identity", "relu"], loss: "mse" });
    const weight0 = columns([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    const weight1 = [
      [1, -1, 0, 0],
      [0, 1, 0, 0],
    ];
    // The first output reads the second feature, negatively; the second does not read the first.
    expect(thumbnail(runOf(model, { weight0, weight1 }))!.heat).toBe("eace");
  });

  test("of outputs that are not the features: how the features interfere with each other", () => {
    const labels = (features: number) => {
      const { inputs } = oneHot(features);
      const data = { name: "labels", inputs, targets: inputs.map(() => [1, 0]) };
      return network({
        sizes: [features, 4, 2],
        nonlinearities: ["identity", "identity"],
        loss: "mse",
        data,
      });
    };
    const weight0 = columns([
      [1, 0, 0, 0],
      [-1, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    const weight1 = [
      [1, 1, 0, 0],
      [0, 1, 0, 0],
    ];
    // In the order 1, 3, 2.
    expect(thumbnail(runOf(labels(3), { weight0, weight1 }))!.heat).toBe(["eca", "cec", "ace"].join(""));
    // Too many features to show each, and none of them in any direction.
    expect(thumbnail(runOf(labels(33), { weight1 }))).toBeNull();
  });

  test("of 32 features: each of them, even in few directions", () => {
    const points = Array.from({ length: 32 }, (_, i) => [i % 2, 1 - (i % 2), 0, 0]);
    expect(thumbnail(runOf(tied(32, 4), { weight0: columns(points) }))!.heat).toHaveLength(32 * 32);
  });

  test("of many features in few directions: the directions", () => {
    const points = Array.from({ length: 40 }, (_, i) => [i % 2, 1 - (i % 2), 0, 0]);
    expect(thumbnail(runOf(tied(40, 4), { weight0: columns(points) }))!.heat).toHaveLength(4);
  });

  test("of many features each in its own direction there is none", () => {
    const points = Array.from({ length: 40 }, (_, i) => Array.from({ length: 40 }, (_, j) => Number(i === j)));
    expect(thumbnail(runOf(tied(40, 40), { weight0: columns(points) }))).toBeNull();
  });

  test("of a chain multiplies what leads to the bottleneck", () => {
    const model = network({
      sizes: [2, 2, 1, 2],
      nonlinearities: ["identity", "identity", "relu"],
      loss: "mse",
    });
    const found = thumbnail(
      runOf(model, {
        weight0: [
          [1, 0],
          [0, 2],
        ],
        weight1: [[1, 1]],
        weight2: [[0.5], [1]],
      }),
    )!;
    expect(found).toMatchObject({ reach: 2, places: [25, 0, 50, 0], read: [13, 0, 25, 0] });
  });

  test("of a chain that goes on after the bottleneck has no reading directions", () => {
    const model = network({
      sizes: [2, 1, 2, 2],
      nonlinearities: ["identity", "identity", "relu"],
      loss: "mse",
    });
    const weight2 = [
      [5, 0],
      [0, 5],
    ];
    expect(thumbnail(runOf(model, { weight0: [[1, 2]], weight1: [[1], [1]], weight2 }))).toEqual({
      reach: 2,
      places: [25, 0, 50, 0],
      shared: 0,
    });
  });

  test("there is none of a model without a layer between features and outputs", () => {
    const model = network({ sizes: [2, 2], nonlinearities: ["identity"], loss: "mse" });
    const weight0 = [
      [1, 0],
      [0, 1],
    ];
    expect(thumbnail(runOf(model, { weight0 }))).toBeNull();
  });

  test("there is none behind a nonlinearity, of a run that diverged, and of zeros", () => {
    const bent = network({ sizes: [2, 2, 1, 2], nonlinearities: ["relu", "identity", "relu"], loss: "mse" });
    expect(
      thumbnail(
        runOf(bent, {
          weight0: [
            [1, 0],
            [0, 2],
          ],
          weight1: [[1, 1]],
          weight2: [[1], [1]],
        }),
      ),
    ).toBeNull();
    expect(thumbnail(runOf(tied(4, 2), { weight0: columns(polygon(4)) }, "diverged"))).toBeNull();
    expect(thumbnail(runOf(tied(4, 2), {}))).toBeNull();
  });
});
