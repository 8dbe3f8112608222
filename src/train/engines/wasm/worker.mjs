/**
 * A training thread: takes one piece of work at a time, trains its seeds in groups of four lanes, and posts
 * `progress` a few times a second and then `done` with a result for each seed in order.
 * Plain JavaScript, because Node 20 cannot load TypeScript in a worker thread.
 *
 * @typedef {import("./pool").Piece} Piece
 * @typedef {import("../../packed").Packed} Packed
 * @typedef {import("./pool").Message} Message
 * @typedef {import("../../engine").Snapshot} Snapshot
 * @typedef {import("../../engine").Status} Status
 */
import { parentPort, workerData } from "node:worker_threads";

/** The kernel's constants lie below; as in plan.ts. */
const BASE = 65536;
const LANES = 4;
const LANE_BYTES = 4 * LANES;
/** Milliseconds between progress reports, and the longest stretch that the kernel should run unheard. */
const REPORT_EVERY = 150;
const STRETCH = 50;

const kernel =
  /** @type {{ memory: WebAssembly.Memory, run(plan: number, group: number, from: number, to: number): void, report(plan: number, group: number): void }} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(workerData.module).exports)
  );

/** @param {Message} message @param {readonly ArrayBuffer[]} [transfer] */
const post = (message, transfer) => parentPort?.postMessage(message, transfer);

parentPort?.on("message", (/** @type {Piece} */ piece) => {
  const packed = pack(train(piece), piece.layout.size);
  const { scalars, parameters } = packed;
  post({ kind: "done", packed }, /** @type {ArrayBuffer[]} */ ([scalars.buffer, parameters.buffer]));
});

/** @typedef {{ status: Status, end: Snapshot, checkpoints: readonly Snapshot[] }} Result */

/** @param {readonly Result[]} results @param {number} size @returns {Packed} */
function pack(results, size) {
  const snapshots = results.flatMap(({ end, checkpoints }) => [end, ...checkpoints]);
  const scalars = new Float64Array(2 * snapshots.length);
  const parameters = new Float32Array(size * snapshots.length);
  snapshots.forEach((snapshot, i) => {
    scalars[2 * i] = snapshot.loss;
    scalars[2 * i + 1] = snapshot.gradientNorm;
    parameters.set(snapshot.parameters, i * size);
  });
  return {
    size,
    statuses: results.map(({ status }) => status),
    steps: results.map(({ end, checkpoints }) => [end, ...checkpoints].map(({ step }) => step)),
    scalars,
    parameters,
  };
}

/** @param {Piece} piece @returns {Result[]} */
function train({ layout, start, looks, tolerance }) {
  const { size, order, groups } = layout;
  const count = start.length / size;
  const groupBytes = size * LANE_BYTES;
  reserve(groups + Math.ceil(count / LANES) * groupBytes);
  new Uint8Array(kernel.memory.buffer).set(layout.image, BASE);
  const memory = new Float32Array(kernel.memory.buffer);

  /** Index of a slot's first number in memory: slot s is lane s mod 4 of group ⌊s / 4⌋. @param {number} slot */
  const indexOf = (slot) => (groups + Math.floor(slot / LANES) * groupBytes) / 4 + (slot % LANES);
  for (let slot = 0; slot < Math.ceil(count / LANES) * LANES; slot++) {
    // The spare lanes of the last group repeat its first seed.
    const seed = slot < count ? slot : count - 1 - ((count - 1) % LANES);
    for (let k = 0; k < size; k++)
      memory[indexOf(slot) + /** @type {number} */ (order[k]) * LANES] = /** @type {number} */ (start[seed * size + k]);
  }
  const clock = createClock();
  /** The seeds that still train, by slot. */
  let running = Array.from({ length: count }, (_, seed) => seed);
  /** @type {Result[]} */
  const results = [];
  /** @type {Snapshot[][]} */
  const checkpoints = running.map(() => []);
  let step = 0;

  for (const look of looks) {
    for (let group = 0; group * LANES < running.length; group++)
      clock.run(groups + group * groupBytes, step, look.step, Math.min(LANES, running.length - group * LANES));
    step = look.step;
    /** @type {number[]} */
    const stay = [];
    running.forEach((seed, slot) => {
      if (slot % LANES === 0) kernel.report(BASE, groups + (slot / LANES) * groupBytes);
      const now = readSnapshot(layout, indexOf(slot), slot % LANES, step);
      if (look.keep) checkpoints[seed]?.push(now);
      const status = statusOf(now, look, tolerance);
      if (status) results[seed] = { status, end: now, checkpoints: checkpoints[seed] ?? [] };
      else stay.push(slot);
    });
    // Close up: the lanes that go on move to the front, so that stopped ones cost nothing.
    stay.forEach((from, to) => {
      if (from !== to)
        for (let k = 0; k < size; k++)
          memory[indexOf(to) + k * LANES] = /** @type {number} */ (memory[indexOf(from) + k * LANES]);
    });
    running = stay.map((slot) => /** @type {number} */ (running[slot]));
    if (running.length === 0) break;
  }
  clock.flush();
  return results;
}

/** Grows the memory to so many bytes. @param {number} bytes */
function reserve(bytes) {
  const missing = Math.ceil((bytes - kernel.memory.buffer.byteLength) / 65536);
  if (missing > 0) kernel.memory.grow(missing);
}

/**
 * @param {Piece["layout"]} layout @param {number} index where the slot's first parameter lies
 * @param {number} lane @param {number} step @returns {Snapshot}
 */
function readSnapshot(layout, index, lane, step) {
  const memory = new Float32Array(kernel.memory.buffer);
  const [loss, square] = new Float64Array(kernel.memory.buffer, layout.report, 8).filter((_, i) => i % LANES === lane);
  const parameters = Float32Array.from(layout.order, (k) => {
    const x = /** @type {number} */ (memory[index + k * LANES]);
    // The bits of a NaN differ between machines.
    return Number.isNaN(x) ? Number.NaN : x;
  });
  return {
    step,
    loss: /** @type {number} */ (loss) / layout.terms,
    gradientNorm: layout.factor * Math.sqrt(/** @type {number} */ (square)),
    parameters,
  };
}

/** @param {Snapshot} now @param {Piece["looks"][number]} look @param {number} tolerance @returns {Status | null} */
function statusOf(now, look, tolerance) {
  const finite =
    Number.isFinite(now.loss) && Number.isFinite(now.gradientNorm) && now.parameters.every(Number.isFinite);
  if (!finite) return "diverged";
  if (look.check && now.gradientNorm <= tolerance) return "converged";
  return look.last ? "stopped" : null;
}

/** Runs the kernel in stretches short enough for progress to be told; how they are cut changes no result. */
function createClock() {
  let stretch = 64;
  let seedSteps = 0;
  let told = performance.now();
  const flush = () => {
    if (seedSteps > 0) post({ kind: "progress", seedSteps });
    seedSteps = 0;
    told = performance.now();
  };
  /** @param {number} group @param {number} from @param {number} to @param {number} lanes */
  const run = (group, from, to, lanes) => {
    for (let step = from; step < to; ) {
      const before = performance.now();
      const next = Math.min(step + stretch, to);
      kernel.run(BASE, group, step, next);
      seedSteps += (next - step) * lanes;
      const now = performance.now();
      if (next - step === stretch && now - before < STRETCH / 2) stretch *= 2;
      else if (now - before > STRETCH && stretch > 1) stretch /= 2;
      if (now - told > REPORT_EVERY) flush();
      step = next;
    }
  };
  return { run, flush };
}
