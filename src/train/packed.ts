import type { Snapshot, Status, Trajectory } from "./engine.ts";

/**
 * Snapshots of a block of seeds in few arrays: each seed's end and then its checkpoints, seed after seed. A population has
 * millions of them, and an object and a buffer for each would take several times the room of its numbers.
 */
export interface Packed {
  /** Parameters of a snapshot. */
  readonly size: number;
  readonly statuses: readonly Status[];
  /** Of each seed, the step of its end and then those of its checkpoints. */
  readonly steps: readonly (readonly number[])[];
  /** Loss and gradient norm, [snapshots × 2]. */
  readonly scalars: Float64Array;
  /** [snapshots × size] */
  readonly parameters: Float32Array;
}

export function unpack(seeds: readonly number[], { size, statuses, steps, scalars, parameters }: Packed): Trajectory[] {
  let before = 0;
  return seeds.map((seed, s) => {
    const first = before;
    const own = steps[s]!;
    before += own.length;
    const snapshot = (i: number): Snapshot => {
      const at = first + i;
      return {
        step: own[i]!,
        loss: scalars[2 * at]!,
        gradientNorm: scalars[2 * at + 1]!,
        parameters: parameters.subarray(at * size, (at + 1) * size),
      };
    };
    return {
      seed,
      status: statuses[s]!,
      end: snapshot(0),
      // Made anew whenever asked for: most of them nobody looks at.
      get checkpoints() {
        return own.slice(1).map((_, i) => snapshot(i + 1));
      },
    };
  });
}
