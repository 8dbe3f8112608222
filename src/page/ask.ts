import { workerUrl } from "./data.ts";
import type { Answer, TaskName, Tasks, Tell } from "./messages.ts";

/** Somebody stopped it. */
export class Stopped extends Error {
  override name = "Stopped";
}

/** Held here, because nothing else holds a worker that is at work: in Firefox some then never answered. */
const alive = new Set<Worker>();

/** Has a worker of its own do a task, so that it can be stopped at any moment and leaves no memory behind. */
export async function ask<T extends TaskName>(
  task: T,
  request: Tasks[T]["request"],
  tell: Partial<Tell<T>>,
  signal: AbortSignal,
): Promise<Tasks[T]["result"]> {
  const worker = new Worker(await workerUrl());
  alive.add(worker);
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Stopped("stopped")));
      if (signal.aborted) reject(new Stopped("stopped"));
      worker.addEventListener("error", ({ message }) => reject(new Error(message || "the browser refused the worker")));
      worker.addEventListener("message", ({ data }: MessageEvent<Answer<T>>) => {
        if (data.kind === "progress") tell.progress?.(data.words);
        else if (data.kind === "partial") tell.partial?.(data.partial);
        else if (data.kind === "result") resolve(data.result);
        else reject(new Error(data.why));
      });
      worker.postMessage({ task, request });
    });
  } finally {
    // Its training threads end with it.
    worker.terminate();
    alive.delete(worker);
  }
}
