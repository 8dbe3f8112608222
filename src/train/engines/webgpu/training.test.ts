import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Snapshot, Status } from "../../engine.ts";
import { recipe } from "../../recipe.ts";
import type { Device } from "./device.ts";
import { type Kernel, Launch, type Start } from "./launch.ts";
import { type Member, type Training, trainBatch } from "./training.ts";

/** The first parameter of a seed is its number of steps plus its index in hundreds, the second the negative; its gradient norm is told. */
const size = 2;
let starts: Start[] = [];
let stretches: (readonly [from: number, to: number])[] = [];
let released = 0;
let destroyed = 0;
/** [seed]: the step at which the device ends it, or 0. */
let ends: number[] = [];

beforeEach(() => {
  starts = [];
  stretches = [];
  released = 0;
  destroyed = 0;
  vi.spyOn(Launch, "create").mockImplementation(async (_device, _kernel, start) => {
    starts.push(start);
    const run = async (from: number, to: number) => {
      stretches.push([from, to]);
      const stops = ends.map((end) => (end > 0 && end < to ? end : 0));
      return {
        from,
        to,
        parameters: Float32Array.from(start.parameters, (p, k) => {
          const steps = (stops[Math.floor(k / size)] || to) - start.step;
          return k % size === 0 ? p + steps : p - steps;
        }),
        ended: Uint32Array.from(stops),
        elapsed: 1,
        release: () => {
          released++;
        },
      };
    };
    const destroy = () => {
      destroyed++;
    };
    return { run, destroy } as unknown as Launch;
  });
});

afterEach(() => vi.restoreAllMocks());

async function follow(options: {
  readonly recipe: Parameters<typeof recipe>[0];
  readonly ends: number[];
  readonly gradientNorm: (parameter: number) => number;
  readonly step?: number;
}) {
  const { step = 0 } = options;
  ends = options.ends;
  const runs = ends.map(() => ({
    checkpoints: [] as Snapshot[],
    status: "" as Status,
    end: [] as Snapshot[],
  }));
  const seen: number[] = [];
  const training: Training = {
    device: {} as Device,
    kernel: { plan: { size, factor: 2 } } as Kernel,
    recipe: recipe(options.recipe),
    report: (parameters, wanted) =>
      wanted.map((i) => ({ loss: 1, gradientNorm: options.gradientNorm(parameters[i * size]!) })),
    onProgress: (seedSteps) => seen.push(seedSteps),
  };
  const members: Member[] = runs.map((run) => ({
    checkpoints: run.checkpoints,
    end: (status, end) => {
      run.status = status;
      run.end.push(end);
    },
  }));
  const strays = await trainBatch(training, {
    members,
    step,
    parameters: Float32Array.from(runs.flatMap((_, i) => [100 * i + step, -100 * i - step])),
    tolerance: 0.5,
  });
  expect(seen).not.toContain(0);
  // One stretch takes over where the last one ended.
  stretches.forEach(([from, to], i) => {
    expect(from).toBe(stretches[i - 1]?.[1] ?? step);
    expect(to).toBeGreaterThan(from);
  });
  return { runs, members, strays, seedSteps: seen.reduce((a, b) => a + b, 0) };
}

const convergence = { gradientNorm: 0.5, every: 10 };

test("ends each seed at the step and with the parameters at which the device ended it", async () => {
  const { runs, strays, seedSteps } = await follow({
    recipe: { steps: 100, rate: 1, convergence },
    ends: [30, 0, 70],
    gradientNorm: (p) => (p === 30 || p === 270 ? 0.4 : 2),
  });
  expect(runs.map((r) => [r.status, ...r.end.map((s) => [s.step, ...s.parameters])])).toEqual([
    ["converged", [30, 30, -30]],
    ["stopped", [100, 200, -200]],
    ["converged", [70, 270, -270]],
  ]);
  expect(strays).toEqual([]);
  expect(seedSteps).toBe(200);
  // The shader accumulates half the gradient.
  expect(starts).toMatchObject([{ step: 0, every: 10, tolerance: 0.0625 }]);
  expect(destroyed).toBe(1);
  expect(stretches.at(-1)![1]).toBe(100);
  expect(released).toBe(stretches.length);
  expect(released).toBeGreaterThan(2);
});

test("nothing is trained once all seeds have ended, but for the stretch that is under way", async () => {
  await follow({
    recipe: { steps: 100_000, rate: 1, convergence },
    ends: [30, 20],
    gradientNorm: () => 0.4,
  });
  // The first that goes beyond 30 steps tells of both ends.
  const telling = stretches.findIndex(([, to]) => to > 30);
  expect(stretches.length).toBe(telling + 2);
  expect(destroyed).toBe(1);
});

test("seeds that are infinite at the start have diverged there, and nothing is trained", async () => {
  const { runs, strays } = await follow({
    recipe: { steps: 100, rate: 1, checkpoints: { count: 2, spacing: "even" } },
    ends: [0],
    gradientNorm: () => Number.POSITIVE_INFINITY,
  });
  expect(runs).toMatchObject([{ status: "diverged", checkpoints: [{ step: 0 }], end: [{ step: 0 }] }]);
  expect([strays, stretches, destroyed]).toEqual([[], [], 1]);
});

test("seeds that go on from a later step keep no checkpoint twice", async () => {
  const { runs, seedSteps } = await follow({
    recipe: { steps: 100, rate: 1, convergence, checkpoints: { count: 4, spacing: "even" } },
    step: 50,
    ends: [0, 0],
    gradientNorm: () => 2,
  });
  expect(runs.map((r) => r.checkpoints.map((c) => c.step))).toEqual([
    [75, 100],
    [75, 100],
  ]);
  expect(runs.map((r) => r.end.map((e) => [e.step, ...e.parameters]))).toEqual([
    [[100, 100, -100]],
    [[100, 200, -200]],
  ]);
  expect(starts).toMatchObject([{ step: 50 }]);
  expect(seedSteps).toBe(100);
});

test("a seed ended by rounding alone has to go on, with half the tolerance", async () => {
  const { runs, members, strays, seedSteps } = await follow({
    recipe: { steps: 100, rate: 1, convergence },
    ends: [30, 50, 30],
    gradientNorm: (p) => (p === 150 ? 0.5 : 0.500001),
  });
  expect(runs.map((r) => r.end.length)).toEqual([0, 1, 0]);
  expect(strays).toHaveLength(1);
  expect(strays[0]).toMatchObject({
    step: 30,
    parameters: Float32Array.of(30, -30, 230, -230),
    tolerance: 0.25,
  });
  expect(strays[0]!.members).toEqual([members[0], members[2]]);
  expect(seedSteps).toBe(110);
});

test("keeps checkpoints up to a seed's end, the start included", async () => {
  const { runs, strays } = await follow({
    recipe: { steps: 100, rate: 1, convergence, checkpoints: { count: 4, spacing: "even" } },
    ends: [60, 0],
    gradientNorm: (p) => (p === 60 ? 0 : 2),
  });
  expect(runs.map((r) => r.checkpoints.map((c) => [c.step, ...c.parameters]))).toEqual([
    [0, 25, 50].map((step) => [step, step, -step]),
    [0, 25, 50, 75, 100].map((step) => [step, 100 + step, -100 - step]),
  ]);
  expect(strays).toEqual([]);
});

test("a seed found infinite at a checkpoint or at the end has diverged there", async () => {
  const { runs, seedSteps } = await follow({
    recipe: { steps: 100, rate: 1, checkpoints: { count: 2, spacing: "even" } },
    ends: [0, 0],
    gradientNorm: (p) => (p === 50 || p === 200 ? Number.NaN : 2),
  });
  expect(runs.map((r) => [r.status, r.end.map((s) => s.step)])).toEqual([
    ["diverged", [50]],
    ["diverged", [100]],
  ]);
  expect(runs[0]!.checkpoints.map((c) => c.step)).toEqual([0, 50]);
  expect(seedSteps).toBe(150);
});

test("convergence is looked for at the end only, unless asked", async () => {
  const { runs } = await follow({
    recipe: {
      steps: 20,
      rate: 1,
      convergence: { gradientNorm: 0.5 },
      checkpoints: { count: 2, spacing: "even" },
    },
    ends: [0],
    gradientNorm: () => 0.1,
  });
  expect(runs.map((r) => [r.status, r.end.map((s) => s.step)])).toEqual([["converged", [20]]]);
  expect(starts).toMatchObject([{ every: 0 }]);
});
