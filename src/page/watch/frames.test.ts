import { afterAll, describe, expect, test } from "vitest";
import { directions } from "../../geometry/directions.ts";
import { canonicalOrientation } from "../../geometry/symmetry/orientation.ts";
import { dot, norm, subtract } from "../../geometry/vector.ts";
import { autoencoder } from "../../models/autoencoder.ts";
import { layout, type Model } from "../../models/model.ts";
import { closeEngines } from "../../train/engines/registry.ts";
import { recipe } from "../../train/recipe.ts";
import { Run } from "../../train/run.ts";
import { framesOf } from "./frames.ts";
import { picture } from "./picture.ts";
import { retrain } from "./retrain.ts";

afterAll(closeEngines);

type Rows = readonly (readonly number[])[];

const tied = (features: number, hidden: number, loss: "mse" | "cross-entropy" = "mse") =>
  autoencoder({ features, hidden, loss, nonlinearity: loss === "mse" ? "relu" : "identity" });
const untied = (features: number, hidden: number) =>
  autoencoder({ features, hidden, tied: false, nonlinearity: "relu", loss: "mse" });
const trained = (model: Model, rate = 0.75, steps = 3000) =>
  retrain({ model, recipe: recipe({ steps, rate }), seeds: [1] }, 1, () => {});

/** A run with these embeddings (columns are points), one a step. */
function through(model: Model, ...embeddings: Rows[]): Run {
  const snapshots = embeddings.map((points, step) => {
    const parameters = new Float32Array(layout(model).size);
    parameters.set(points[0]!.flatMap((_, row) => points.map((point) => point[row]!)));
    return { step, loss: 1, gradientNorm: 1, parameters };
  });
  const end = snapshots.at(-1)!;
  return new Run(model, recipe({ steps: 9, rate: 1 }), { seed: 1, status: "converged", end, checkpoints: snapshots });
}
const draw = (found: ReturnType<typeof framesOf>) =>
  found.frames.map((frame) => picture({ ...found, remarks: [] }, frame, { azimuth: 25, elevation: 20 }));
const products = (points: Rows) => points.map((a) => points.map((b) => dot(a, b)));

describe("the frames of a training", () => {
  test("go from before the first step to the end, each step once", async () => {
    const run = await trained(tied(5, 2));
    const { frames, steps } = framesOf(run);
    expect(steps).toBe(3000);
    expect(frames[0]!.step).toBe(0);
    expect(frames.at(-1)).toMatchObject({ step: run.step, loss: run.loss, gradientNorm: run.gradientNorm });
    for (const [i, { step }] of frames.entries()) if (i > 0) expect(step).toBeGreaterThan(frames[i - 1]!.step);
  });

  test.each([2, 3])("are turned alike, as galleries turn the end: %i dimensions", async (hidden) => {
    const run = await trained(tied(4 * hidden, hidden));
    const { frames } = framesOf(run);
    const states = [...run.checkpoints, run];
    for (const [i, { points }] of frames.entries())
      expect(products(points).flat()).toEqual(
        products(states[i]!.points)
          .flat()
          .map((x) => expect.closeTo(x, 10)),
      );
    const end = hidden === 2 ? run.points : directions(run.points).directions.map(({ unit }) => unit);
    const { points, features } = canonicalOrientation(end);
    const shown = frames.at(-1)!.points;
    const first = hidden === 2 ? features[0]! : directions(run.points).directions[features[0]!]!.members[0]!;
    const along = (point: readonly number[]) => point.map((x) => expect.closeTo(x / norm(point), 2));
    expect(shown[first]!.map((x) => x / norm(shown[first]!))).toEqual(along(points[0]!));
    // Nothing jumps: no column goes further from one frame to the next than in the training itself.
    const longest = (list: readonly Rows[]) =>
      Math.max(...list.flatMap((all, i) => (i === 0 ? [] : all.map((p, k) => norm(subtract(p, list[i - 1]![k]!))))));
    expect(longest(frames.map((frame) => frame.points))).toBeCloseTo(longest(states.map((state) => state.points)), 10);
  });

  test("of an untied model have both layers, as they are", async () => {
    const run = await trained(untied(6, 2));
    expect(framesOf(run).frames.at(-1)).toMatchObject({ points: run.points, reading: run.unembedding });
    expect(framesOf(run).combined).toBe(false);
  });

  test("fit the scale that they share", async () => {
    const run = await trained(untied(6, 2));
    const { extent, frames } = framesOf(run);
    expect(extent).toBe(Math.max(...frames.flatMap(({ points, reading }) => [...points, ...reading!].map(norm))));
  });

  test("on a line lie on it", async () => {
    const { frames, drawn } = framesOf(await trained(tied(2, 1)));
    expect(drawn).toBe("plane");
    expect(frames.every(({ points }) => points.every((point) => point.length === 2 && point[1] === 0))).toBe(true);
  });

  test("count directions under squared error, decoded features under softmax", async () => {
    const run = await trained(tied(7, 2));
    expect(framesOf(run)).toMatchObject({ counted: "directions" });
    expect(framesOf(run).frames.at(-1)!.learned).toBe(directions(run.points).directions.length);
    const softmax = framesOf(await trained(tied(6, 2, "cross-entropy"), 2));
    expect(softmax.counted).toBe("features decoded");
    expect(softmax.frames.at(-1)!.learned).toBeGreaterThan(3);
  });

  test("in more than three dimensions are a matrix, like features side by side, the same order in all", () => {
    const start = [
      [0, 0, 0, 0.1],
      [0.1, 0, 0, 0],
      [0, 0.1, 0, 0],
    ];
    const end = [
      [2, 0, 0, 0],
      [0, 1, 0, 0],
      [1, 0, 0, 0],
    ];
    const { drawn, frames, extent } = framesOf(through(tied(3, 4), start, end));
    expect([drawn, extent]).toEqual(["matrix", 4]);
    expect(frames[1]!.points).toEqual([end[0], end[2], end[1]]);
    expect(frames[0]!.points.map((p) => p.map((x) => Math.round(10 * x)))).toEqual([
      [0, 0, 0, 1],
      [0, 1, 0, 0],
      [1, 0, 0, 0],
    ]);
  });

  test("in space have a hull, and none where there is none yet", () => {
    const none = [0, 1, 2, 3, 4].map(() => [0, 0, 0]);
    const flat = [0, 1, 2, 3, 4].map((i) => [Math.cos(i), Math.sin(i), 0]);
    const line = [0, 1, 2, 3, 4].map((i) => [0, 0, i]);
    const solid = [...flat.slice(0, 3).map(([x, y]) => [x!, y!, -0.5]), [0, 0, 1], [0, 0, 0]];
    const found = framesOf(through(tied(5, 3), none, line, flat, solid));
    expect(found.frames.map(({ shape }) => shape!.vertices.length)).toEqual([0, 1, 5, 4]);
    expect(found.frames.map(({ shape }) => shape!.faces.length)).toEqual([0, 0, 0, 4]);
    expect(found.frames[3]!.shape).toMatchObject({ counts: [1, 1, 1, 1], atOrigin: 1 });
    expect(draw(found)).toHaveLength(4);
  });

  test("of a seed that diverged end where it was finite, each on its own scale", async () => {
    const run = await trained(tied(6, 2), 50);
    expect(run.status).toBe("diverged");
    const found = framesOf(run);
    expect(found.extent).toBeNull();
    expect(found.frames.at(-1)!.step).toBeLessThan(run.step);
    expect(draw(found)).toHaveLength(found.frames.length);
  });
});
