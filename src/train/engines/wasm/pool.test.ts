import { Worker } from "node:worker_threads";
import { afterEach, expect, type MockInstance, test, vi } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { initialise } from "../../../models/initialise.ts";
import { recipe } from "../../recipe.ts";
import { compileKernel } from "./compile.ts";
import { planMemory } from "./plan.ts";
import { type Piece, Pool } from "./pool.ts";

const model = autoencoder({ features: 5, hidden: 2, nonlinearity: "relu", loss: "mse" });
const look = { keep: false, check: false, last: true };
const piece: Piece = {
  layout: planMemory(model, recipe({ steps: 1, rate: 0.1 })),
  start: initialise(model, 0),
  looks: [{ ...look, step: 1 }],
  tolerance: 1,
};
/** Fails for want of memory. */
const impossible: Piece = { ...piece, layout: { ...piece.layout, groups: 2 ** 40 } };
/** Runs for many seconds. */
const steps = 1e6;
const large = autoencoder({ features: 40, hidden: 2, loss: "cross-entropy" });
const long: Piece = {
  layout: planMemory(large, recipe({ steps, rate: 0.1 })),
  start: initialise(large, 0),
  looks: [{ ...look, step: steps }],
  tolerance: 1,
};

let pool: Pool;
let posts: MockInstance<Worker["postMessage"]>;
function open(threads: number): Pool {
  posts = vi.spyOn(Worker.prototype, "postMessage");
  pool = new Pool(threads, compileKernel);
  return pool;
}
afterEach(async () => {
  await pool.close();
  vi.restoreAllMocks();
});

/** The threads that were given work, each once. */
const used = () => [...new Set(posts.mock.contexts as Worker[])];
const run = (some: Piece) => pool.run(some, () => {});
const working = (some: Piece) => {
  const before = posts.mock.calls.length;
  const done = run(some);
  done.catch(() => {});
  return vi.waitFor(() => expect(posts.mock.calls.length).toBeGreaterThan(before)).then(() => ({ done }));
};

test("threads are no more than allowed, and take one piece after another", async () => {
  open(2);
  const results = await Promise.all([piece, piece, piece, piece, piece].map(run));
  expect(results.map(({ statuses }) => statuses.length)).toEqual([1, 1, 1, 1, 1]);
  expect(used().length).toBe(2);
  expect(posts).toHaveBeenCalledTimes(5);
});

test("closing stops the idle threads and the busy ones, and what they still say is not heard", async () => {
  open(2);
  await Promise.all([run(piece), run(piece)]);
  const { done } = await working(long);
  const stop = vi.spyOn(Worker.prototype, "terminate");
  const closed = pool.close();
  for (const worker of used()) worker.emit("message", { kind: "progress", seedSteps: 1 });
  for (const worker of used()) worker.emit("message", { kind: "done", packed: null });
  await closed;
  await expect(done).rejects.toThrow("closed");
  expect(new Set(stop.mock.contexts)).toEqual(new Set(used()));
  expect((await run(piece)).statuses).toHaveLength(1);
});

test("a thread that ends by itself fails its piece", async () => {
  open(1);
  const { done } = await working(long);
  await used()[0]!.terminate();
  await expect(done).rejects.toThrow("a training thread failed: it ended with code");
});

test("an idle thread that ended is not given work", async () => {
  open(1);
  await run(piece);
  await used()[0]!.terminate();
  expect((await run(piece)).statuses).toHaveLength(1);
  expect(used().length).toBe(2);
});

test("a busy thread that fails leaves the idle ones in use", async () => {
  open(2);
  await Promise.all([run(piece), run(piece)]);
  await expect(run(impossible)).rejects.toThrow("a training thread failed");
  expect((await run(piece)).statuses).toHaveLength(1);
  expect(used().length).toBe(2);
});
