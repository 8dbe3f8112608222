import { expect } from "vitest";
import { layout, type Model } from "../../../models/model.ts";
import { gradientNorm, loss } from "../../../models/objective.ts";
import type { Engine, Job, Snapshot, Trajectory } from "../../engine.ts";
import { createReferenceEngine } from "../reference.ts";
import { collect } from "./collect.ts";

const reference = createReferenceEngine();

/** Largest difference between numbers of the same place, relative to those above 1. */
export function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(...Array.from(a, (x, k) => Math.abs(x - b[k]!) / Math.max(1, Math.abs(b[k]!))));
}

function expectClose(actual: Snapshot, expected: Snapshot, model: Model, tolerance: number): void {
  expect(actual.step).toBe(expected.step);
  expect(actual.parameters).toBeInstanceOf(Float32Array);
  expect(actual.parameters.length).toBe(layout(model).size);
  expect(furthest(actual.parameters, expected.parameters)).toBeLessThan(tolerance);
  expect(furthest([actual.loss], [expected.loss])).toBeLessThan(tolerance);
  // What is reported is exact for the parameters that are reported.
  expect(furthest([actual.loss], [loss(model, actual.parameters)])).toBeLessThan(1e-9);
  expect(furthest([actual.gradientNorm], [gradientNorm(model, actual.parameters)])).toBeLessThan(1e-9);
}

/** Trains a job on the engine and on the reference, and expects the same endings and the same weights, within the tolerance. */
export async function expectAgreement(
  engine: Engine,
  job: Job,
  tolerance: number,
): Promise<readonly Trajectory[]> {
  const [actual] = await collect(engine, [job]);
  const [expected] = await collect(reference, [job]);
  expect(endings(actual!)).toEqual(endings(expected!));
  actual!.forEach((trajectory, i) => {
    if (trajectory.status === "diverged") return;
    expectClose(trajectory.end, expected![i]!.end, job.model, tolerance);
    expect(trajectory.checkpoints.length).toBe(expected![i]!.checkpoints.length);
    trajectory.checkpoints.forEach((c, k) => {
      expectClose(c, expected![i]!.checkpoints[k]!, job.model, tolerance);
    });
  });
  return actual!;
}

/** How each seed ended. */
export function endings(block: readonly Trajectory[]): [seed: number, status: string][] {
  return block.map((t) => [t.seed, t.status]);
}
