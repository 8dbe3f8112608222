import { availableParallelism } from "node:os";
import type { Engine } from "../src/train/engine.ts";
import { type EngineName, openEngine } from "../src/train/engines/registry.ts";
import { plainJavaScript } from "../src/train/engines/tfjs/backend.ts";
import { createTfjsEngine } from "../src/train/engines/tfjs/engine.ts";
import { createWasmEngine } from "../src/train/engines/wasm/engine.ts";
import { type Kind, training } from "./kinds.ts";

/** Someone who trains seeds 0…count−1 of a kind of model for so many steps, and gives the losses they end with. */
export interface Contestant {
  readonly name: string;
  readonly device: string;
  /** More seeds than this it would train no faster, and would need too long for. */
  readonly most: number;
  train(kind: Kind, size: Size, steps: number, count: number): Promise<number[]>;
}

export interface Size {
  readonly features: number;
  readonly hidden: number;
}

/** The size at which all are compared with each other. */
export const common: Size = { features: 40, hidden: 2 };

/** Who does not run here, and why. */
export interface Absent {
  readonly name: string;
  readonly reason: string;
}

export const baseline: Contestant = {
  name: "baseline",
  device: "plain JavaScript, float32 typed arrays, one seed at a time",
  most: 4,
  async train(kind, { features, hidden }, steps, count) {
    const [model, recipe] = [kind.model(features, hidden), training(kind, features, steps)];
    return Array.from({ length: count }, (_, seed) => kind.baseline(model, recipe, seed));
  },
};

function contestant(name: string, engine: Engine, most: number): Contestant {
  return {
    name,
    device: engine.device,
    most,
    async train(kind, { features, hidden }, steps, count) {
      const losses: number[] = [];
      const seeds = Array.from({ length: count }, (_, seed) => seed);
      const job = { model: kind.model(features, hidden), recipe: training(kind, features, steps), seeds };
      await engine.train([job], (_, block) => losses.push(...block.map((t) => t.end.loss)));
      return losses;
    },
  };
}

/**
 * The engines asked for that run here, wasm once on one thread and once on all, and why the others do not. `close` ends
 * those that the registry does not keep.
 */
export async function enter(names: readonly EngineName[]) {
  const ready: Contestant[] = [];
  const absent: Absent[] = [];
  const own: Engine[] = [];
  for (const name of names) {
    if (name === "wasm") {
      for (const threads of new Set([1, availableParallelism()])) {
        const engine = createWasmEngine({ threads });
        own.push(engine);
        ready.push(contestant(`wasm, ${threads} thread${threads > 1 ? "s" : ""}`, engine, Infinity));
      }
      continue;
    }
    try {
      const engine = await openEngine(name);
      // In plain JavaScript as well, where it has found a library.
      if (name === "tfjs" && !engine.device.includes("plain JavaScript"))
        ready.push(contestant("tfjs, plain JavaScript", await createTfjsEngine(plainJavaScript), 64));
      const most =
        name === "reference" ? 4 : engine.device.includes("TensorFlow ") || name === "webgpu" ? Infinity : 64;
      ready.push(contestant(name, engine, most));
    } catch (error) {
      absent.push({ name, reason: (error as Error).message.split("\n")[0]! });
    }
  }
  const close = async () => {
    for (const engine of own) await engine.close();
  };
  return { ready, absent, close };
}
