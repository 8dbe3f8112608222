/**
 * A training thread: takes one piece of work at a time, trains its seeds in groups of four lanes, and posts
 * `progress` a few times a second and then `done` with a result for each seed in order.
 * Plain JavaScript, because Node 20 cannot load TypeScript in a worker thread.
 *
 * @typedef {import("./pool").Piece} Piece
 * @typedef {import("../../packed").Packed} Packed
 * @typedef {import("./pool").Message} Message
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
  const packed = train(piece);
  const { scalars, parameters } = packed;
  post({ kind: "done", packed }, /** @type {ArrayBuffer[]} */ ([scalars.buffer, parameters.buffer]));
});

/** @param {Piece} piece @returns {Packed} */
function train({ layout, start, looks, tolerance }) {
  const { size, order, groups } = layout;
  const count = start.length / size;
  const groupBytes = size * LANE_BYTES;
  reserve(groups + Math.ceil(count / LANES) * groupBytes);
  new Uint8Array(kernel.memory.buffer).set(layout.image, BASE);
  const memory = new Float32Array(kernel.memory.buffer);
  /** Loss and squared gradient norm of a group, [2 × lanes]. */
  const report = new Float64Array(kernel.memory.buffer, layout.report, 2 * LANES);

  /** Index of a slot's first number in memory: slot s is lane s mod 4 of group ⌊s / 4⌋. @param {number} slot */
  const indexOf = (slot) => (groups + Math.floor(slot / LANES) * groupBytes) / 4 + (slot % LANES);
  for (let slot = 0; slot < Math.ceil(count / LANES) * LANES; slot++) {
    // The spare lanes of the last group repeat its first seed.
    const seed = slot < count ? slot : count - 1 - ((count - 1) % LANES);
    for (let k = 0; k < size; k++)
      memory[indexOf(slot) + /** @type {number} */ (order[k]) * LANES] = /** @type {number} */ (start[seed * size + k]);
  }
  const clock = createClock();
  const snapshots = createSnapshots(count, 1 + looks.filter(({ keep }) => keep).length, order);
  /** The seeds that still train, by slot. */
  let running = Array.from({ length: count }, (_, seed) => seed);
  let step = 0;

  for (const look of looks) {
    for (let group = 0; group * LANES < running.length; group++)
      clock.run(groups + group * groupBytes, step, look.step, Math.min(LANES, running.length - group * LANES));
    step = look.step;
    /** @type {number[]} */
    const stay = [];
    running.forEach((seed, slot) => {
      const lane = slot % LANES;
      if (lane === 0) kernel.report(BASE, groups + (slot / LANES) * groupBytes);
      const loss = /** @type {number} */ (report[lane]) / layout.terms;
      const gradientNorm = layout.factor * Math.sqrt(/** @type {number} */ (report[LANES + lane]));
      const now = { step, loss, gradientNorm, memory, index: indexOf(slot) };
      if (look.keep) snapshots.keep(seed, now);
      const status = statusOf(now, size, look, tolerance);
      if (status) snapshots.end(seed, status, now);
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
  return snapshots.packed();
}

/**
 * A seed at a step: its loss, the norm of its gradient, and where in memory its first parameter lies.
 * @typedef {{ step: number, loss: number, gradientNorm: number, memory: Float32Array, index: number }} Now
 */

/**
 * Snapshots of seeds, each seed's end and then its checkpoints, `room` of them at most. They are written where they will stay:
 * an array for each would be most of what a training leaves to the garbage collector.
 * @param {number} count @param {number} room @param {Piece["layout"]["order"]} order
 */
function createSnapshots(count, room, order) {
  const size = order.length;
  const scalars = new Float64Array(2 * count * room);
  const parameters = new Float32Array(size * count * room);
  /** @type {Status[]} */
  const statuses = [];
  const steps = Array.from({ length: count }, () => [0]);

  /** @param {number} at @param {Now} now */
  const write = (at, { loss, gradientNorm, memory, index }) => {
    scalars.set([loss, gradientNorm], 2 * at);
    for (let k = 0; k < size; k++) {
      const x = /** @type {number} */ (memory[index + /** @type {number} */ (order[k]) * LANES]);
      // The bits of a NaN differ between machines.
      parameters[at * size + k] = Number.isNaN(x) ? Number.NaN : x;
    }
  };
  /** @param {number} seed @param {Now} now */
  const keep = (seed, now) => {
    const own = /** @type {number[]} */ (steps[seed]);
    write(seed * room + own.length, now);
    own.push(now.step);
  };
  /** @param {number} seed @param {Status} status @param {Now} now */
  const end = (seed, status, now) => {
    /** @type {number[]} */ (steps[seed])[0] = now.step;
    statuses[seed] = status;
    write(seed * room, now);
  };
  /** @returns {Packed} Without the room that seeds which ended early have left. */
  const packed = () => {
    let to = 0;
    steps.forEach(({ length }, seed) => {
      const from = seed * room;
      scalars.copyWithin(2 * to, 2 * from, 2 * (from + length));
      parameters.copyWithin(size * to, size * from, size * (from + length));
      to += length;
    });
    const full = to === count * room;
    return {
      size,
      statuses,
      steps,
      scalars: full ? scalars : scalars.slice(0, 2 * to),
      parameters: full ? parameters : parameters.slice(0, size * to),
    };
  };
  return { keep, end, packed };
}

/** Grows the memory to so many bytes. @param {number} bytes */
function reserve(bytes) {
  const missing = Math.ceil((bytes - kernel.memory.buffer.byteLength) / 65536);
  if (missing > 0) kernel.memory.grow(missing);
}

/** @param {Now} now @param {number} size @param {Piece["looks"][number]} look @param {number} tolerance @returns {Status | null} */
function statusOf({ loss, gradientNorm, memory, index }, size, look, tolerance) {
  let finite = Number.isFinite(loss) && Number.isFinite(gradientNorm);
  for (let k = 0; finite && k < size; k++) finite = Number.isFinite(memory[index + k * LANES]);
  if (!finite) return "diverged";
  if (look.check && gradientNorm <= tolerance) return "converged";
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
