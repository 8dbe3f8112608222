import { createHash } from "node:crypto";
import { mersenne } from "pure-rand/generator/mersenne";
import { fail } from "../../util/check.ts";
import type { Seeded, Trained, Trainer } from "../claim/trainer.ts";

/** Something to make claims about that is no neural network: walks on the whole numbers. */
export interface Walks extends Seeded {
  readonly steps: number;
  /** The chance that a step goes up. */
  readonly up: number;
}

export interface Walk extends Trained {
  /** Where it is after each step, from 0. */
  readonly path: readonly number[];
}

/** A condition of `count` walks from seed 0. */
export const walks = (count: number, { steps = 20, up = 0.5, from = 0 } = {}): Walks => ({
  steps,
  up,
  seeds: Array.from({ length: count }, (_, i) => from + i),
});

function walk(seed: number, { steps, up }: Walks): number[] {
  const generator = mersenne(seed);
  const path = [0];
  for (let step = 0; step < steps; step++) {
    const uniform = (generator.next() >>> 0) / 2 ** 32;
    path.push(path.at(-1)! + (uniform < up ? 1 : -1));
  }
  return path;
}

const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** What tests may vary: the engine's name, whether it promises its bits, and how each seed ends. */
export interface WalkOptions {
  readonly engine?: string;
  readonly reproducible?: boolean;
  readonly ending?: (seed: number) => Trained["status"];
}

/** Walks as something to verify claims about. */
export function randomWalks({
  engine = "exact",
  reproducible = true,
  ending = () => "converged",
}: WalkOptions = {}): Trainer<Walks, Walk> {
  return {
    train: async (condition, progress) => {
      if (!(condition.up >= 0 && condition.up <= 1)) fail("up", condition.up, "a probability");
      progress(`${condition.seeds.length} walks`);
      const runs = condition.seeds.map((seed) => {
        const path = walk(seed, condition);
        return { seed, status: ending(seed), loss: Math.abs(path.at(-1)!), path };
      });
      return {
        runs,
        key: hash(condition),
        fingerprint: hash([engine, runs]),
        engine: { name: engine, device: "paper", reproducible },
        trainedSeconds: 0,
        blocks: { trained: 1, cached: 0, corrupted: 0, unkept: 0 },
      };
    },
    describe: ({ steps, up, seeds }) => `${seeds.length} walks of ${steps} steps, up with probability ${up}`,
    replay: ({ steps }, name) => `walk --steps ${steps} --engine ${name} --seed {seed}`,
    thumbnail: ({ path }) => ({
      reach: path.length,
      places: path.flatMap((y, x) => [Math.round((100 * x) / path.length) - 50, -y || 0]),
      shared: 0,
    }),
  };
}
