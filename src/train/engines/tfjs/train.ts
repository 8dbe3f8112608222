import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { layout, type Model } from "../../../models/model.ts";
import { type Job, type Snapshot, startOf, type Trajectory } from "../../engine.ts";
import { looks, rates } from "../../recipe.ts";
import { measured, statusOf } from "../look.ts";
import { download, upload } from "./batch.ts";
import { type Batch, createNetwork, type Network } from "./network.ts";

/** Steps between two words of progress, at which the event loop gets its turn. */
const breath = 50;

/**
 * TensorFlow's CPU library takes the numbers of a tensor 4, 8 or 16 at a time, and those that are left over one by one, by
 * an exponential that rounds otherwise. With a multiple of 16 seeds none are left over, and no seed's bits depend on the others.
 */
const companions = () => (tf.getBackend() === "tensorflow" ? 16 : 1);

/** Trains the seeds of a job together, as one batch; those that end leave it. Gives their trajectories in the order of the seeds. */
export async function trainBatch(job: Job, onProgress: (seedSteps: number) => void): Promise<Trajectory[]> {
  const { model, recipe, seeds } = job;
  const rate = rates(recipe);
  const due = new Map(looks(recipe).map((look) => [look.step, look]));
  const ended: Trajectory[] = [];
  const checkpoints = seeds.map((): Snapshot[] => []);
  let running = seeds.map((_, i) => i);
  let told = 0;
  if (seeds.length === 0) return ended;
  const network = createNetwork(model);
  let parameters = upload(
    model,
    seeds.map((seed) => startOf(model, seed, job.start)),
    companions(),
  );
  try {
    for (let step = 0; ; step++) {
      const look = due.get(step);
      if (look || step - told === breath) {
        onProgress(running.length * (step - told));
        told = step;
        await setImmediate();
      }
      if (look) {
        const vectors = await download(model, parameters);
        const left: number[] = [];
        running.forEach((i, k) => {
          const now = measured(model, step, vectors[k]!);
          if (look.keep) checkpoints[i]!.push(now);
          const status = statusOf(now, look, recipe.convergence.gradientNorm);
          if (status) ended[i] = { seed: seeds[i]!, status, end: now, checkpoints: checkpoints[i]! };
          else left.push(k);
        });
        if (left.length === 0) return ended;
        if (left.length < running.length) {
          tf.dispose([...parameters]);
          parameters = upload(
            model,
            left.map((k) => vectors[k]!),
            companions(),
          );
          running = left.map((k) => running[k]!);
        }
      }
      parameters = descend(model, network, parameters, rate[step]!);
    }
  } finally {
    tf.dispose([...parameters]);
    network.dispose();
  }
}

/** A step against the gradient of the mean loss, then back to columns of norm 1 where the model asks for them; disposes of what it steps from. */
function descend(model: Model, network: Network, parameters: Batch, rate: number): Batch {
  const { slots } = layout(model);
  const next = tf.tidy(() => {
    const gradients = network.gradients(parameters);
    return parameters.map((p, k) => {
      const gradient = gradients[k];
      if (!gradient) return tf.clone(p);
      const moved: tf.Tensor3D = tf.sub(p, tf.mul(gradient, rate));
      if (!model.unitNorm || slots[k]!.name !== "weight0") return moved;
      return tf.div(moved, tf.sqrt(tf.sum(tf.square(moved), 1, true))) as tf.Tensor3D;
    });
  });
  tf.dispose([...parameters]);
  return next;
}
