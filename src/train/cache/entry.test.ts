import { createHash } from "node:crypto";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Snapshot, Trajectory } from "../engine.ts";
import { decodeEntry, encodeEntry } from "./entry.ts";

const key = "0123456789abcdef";
const snapshot = (step: number, loss: number, gradientNorm: number, parameters: number[]): Snapshot => ({
  step,
  loss,
  gradientNorm,
  parameters: Float32Array.from(parameters),
});
const block: Trajectory[] = [
  {
    seed: 4_294_967_295,
    status: "converged",
    end: snapshot(40_000, 0.1, 1e-300, [1.5, -0, 3]),
    checkpoints: [snapshot(0, 1 / 3, 2, [0.1, 0.2, 0.3]), snapshot(7, 0.25, 1, [1, 2, 3])],
  },
  {
    seed: 0,
    status: "diverged",
    end: snapshot(3, Number.NaN, Number.POSITIVE_INFINITY, [Number.NaN, Number.NEGATIVE_INFINITY, 0]),
    checkpoints: [],
  },
];

describe("an entry of the run cache", () => {
  test("gives back what was put in, NaN and infinities included", () => {
    expect(decodeEntry(key, encodeEntry(key, block))).toEqual(block);
  });

  const scalar = fc.double();
  test.prop([
    fc.integer({ min: 0, max: 5 }).chain((size) => {
      const snapshots = fc.record({
        step: fc.nat(),
        loss: scalar,
        gradientNorm: scalar,
        parameters: fc.float32Array({ minLength: size, maxLength: size }),
      });
      return fc.array(
        fc.record({
          seed: fc.nat(),
          status: fc.constantFrom("converged" as const, "stopped" as const, "diverged" as const),
          end: snapshots,
          checkpoints: fc.array(snapshots, { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 5 },
      );
    }),
  ])("of any shape survives the round trip bit for bit", (trajectories) => {
    expect(decodeEntry(key, encodeEntry(key, trajectories))).toEqual(trajectories);
  });

  test("is refused when any byte of it is changed", () => {
    const bytes = encodeEntry(key, block);
    for (let i = 0; i < bytes.length; i++) {
      const damaged = bytes.slice();
      damaged[i] = damaged[i]! ^ 1;
      expect(decodeEntry(key, damaged), `byte ${i}`).toBeNull();
    }
  });

  test("is refused when cut anywhere, or made longer", () => {
    const bytes = encodeEntry(key, block);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeEntry(key, bytes.subarray(0, length)), `${length} bytes`).toBeNull();
    expect(decodeEntry(key, Buffer.concat([bytes, Buffer.alloc(1)]))).toBeNull();
  });

  test("may hold no seeds", () => {
    expect(decodeEntry(key, encodeEntry(key, []))).toEqual([]);
  });

  test("pads its header by less than 8 bytes", () => {
    const bytes = Buffer.from(encodeEntry(key, block));
    const header = bytes.subarray(4, new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0]).toString();
    expect(header.length - header.trimEnd().length).toBeLessThan(8);
  });

  test("is refused in another format", () => {
    const bytes = Buffer.from(encodeEntry(key, block));
    const body = bytes.length - 32;
    bytes.write('"format":2', bytes.indexOf('"format":1'));
    createHash("sha256").update(bytes.subarray(0, body)).digest().copy(bytes, body);
    expect(decodeEntry(key, bytes)).toBeNull();
  });

  test("is refused under another key", () => {
    expect(decodeEntry("another", encodeEntry(key, block))).toBeNull();
  });
});
