import { digest } from "../../util/kept.ts";
import type { Status, Trajectory } from "../engine.ts";
import { unpack } from "../packed.ts";

/*
 * One block of trained seeds as bytes, numbers in the machine's order:
 *
 *   length of the header (uint32) · header (JSON, padded with spaces to a multiple of 8 bytes with the length)
 *   loss, gradient norm of each snapshot (float64) · parameters of each snapshot (float32) · SHA-256 of all before
 *
 * A snapshot is a seed's end or one of its checkpoints. The numbers are kept as bits, so NaN and infinities survive.
 */

const format = 1;
const checksumBytes = 32;

interface Header {
  readonly format: number;
  readonly key: string;
  /** Parameters of a snapshot. */
  readonly size: number;
  readonly seeds: readonly number[];
  readonly statuses: readonly Status[];
  /** Of each seed, the step of its end and then those of its checkpoints. */
  readonly steps: readonly (readonly number[])[];
}

export function encodeEntry(key: string, trajectories: readonly Trajectory[]): Uint8Array {
  const snapshots = trajectories.flatMap((t) => [t.end, ...t.checkpoints]);
  const size = snapshots[0]?.parameters.length ?? 0;
  const header: Header = {
    format,
    key,
    size,
    seeds: trajectories.map((t) => t.seed),
    statuses: trajectories.map((t) => t.status),
    steps: trajectories.map((t) => [t.end, ...t.checkpoints].map((s) => s.step)),
  };
  const json = Buffer.from(JSON.stringify(header));
  const headerBytes = Math.ceil((4 + json.length) / 8) * 8;
  const scalarBytes = snapshots.length * 16;
  const body = headerBytes + scalarBytes + snapshots.length * size * 4;
  const bytes = new Uint8Array(body + checksumBytes).fill(0x20, 4, headerBytes);
  new Uint32Array(bytes.buffer, 0, 1)[0] = headerBytes;
  bytes.set(json, 4);
  const scalars = new Float64Array(bytes.buffer, headerBytes, snapshots.length * 2);
  const parameters = new Float32Array(bytes.buffer, headerBytes + scalarBytes, snapshots.length * size);
  snapshots.forEach((snapshot, i) => {
    scalars[2 * i] = snapshot.loss;
    scalars[2 * i + 1] = snapshot.gradientNorm;
    parameters.set(snapshot.parameters, i * size);
  });
  bytes.set(digest(bytes.subarray(0, body)), body);
  return bytes;
}

/** The block an entry holds; null when the bytes are not exactly what was written under this key. */
export function decodeEntry(key: string, entry: Uint8Array): Trajectory[] | null {
  const body = entry.length - checksumBytes;
  if (!digest(entry.subarray(0, body)).equals(entry.subarray(body))) return null;
  // A copy of its own, because typed arrays have to start at a multiple of their width.
  const bytes = new Uint8Array(entry.subarray(0, body));
  const headerBytes = new Uint32Array(bytes.buffer, 0, 1)[0]!;
  const header = JSON.parse(Buffer.from(bytes.buffer, 4, headerBytes - 4).toString()) as Header;
  if (header.format !== format || header.key !== key) return null;
  const { size, steps } = header;
  const count = steps.reduce((sum, of) => sum + of.length, 0);
  const scalars = new Float64Array(bytes.buffer, headerBytes, count * 2);
  const parameters = new Float32Array(bytes.buffer, headerBytes + count * 16, count * size);
  return unpack(header.seeds, { size, statuses: header.statuses, steps, scalars, parameters });
}
