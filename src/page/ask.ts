import { workerUrl } from "./data.ts";
import type { Answer, TaskName, Tasks, Tell } from "./messages.ts";

/** Somebody stopped it. */
export class Stopped extends Error {
  override name = "Stopped";
}

/** Held here, because nothing else holds a worker that is at work: in Firefox, driven by WebDriver, some then never answered. */
const alive = new Set<Worker>();

/**
 * A worker that has done a short task, for the next one: browsers take many seconds to give back all of what an ended one had, and
 * short tasks with a worker for each would fill the memory. After a long task it is ended, because what that left there can be large,
 * and nobody else knows that it is not needed.
 */
let resting: { readonly worker: Worker; readonly end: ReturnType<typeof setTimeout> } | null = null;
const restSeconds = 5;
const shortSeconds = 5;

/** Has a worker do a task, one that does nothing else, so that it can be stopped at any moment. */
export async function ask<T extends TaskName>(
  task: T,
  request: Tasks[T]["request"],
  tell: Partial<Tell<T>>,
  signal: AbortSignal,
): Promise<Tasks[T]["result"]> {
  const worker = await start();
  const began = performance.now();
  try {
    const result = await answered(worker, task, request, tell, signal);
    if (performance.now() - began < 1000 * shortSeconds) rest(worker);
    else void close(worker);
    return result;
  } catch (error) {
    end(worker);
    throw error;
  }
}

async function start(): Promise<Worker> {
  const url = await workerUrl();
  if (resting) {
    const { worker, end } = resting;
    clearTimeout(end);
    resting = null;
    return worker;
  }
  const worker = new Worker(url);
  alive.add(worker);
  return worker;
}

function rest(worker: Worker): void {
  if (resting) void close(worker);
  else {
    const end = setTimeout(() => {
      resting = null;
      void close(worker);
    }, 1000 * restSeconds);
    resting = { worker, end };
  }
}

/** Its threads end first: after workers that were ended with threads at hand Firefox, so driven, started the next one late or never. */
async function close(worker: Worker): Promise<void> {
  await answered(worker, "close", null, {}, new AbortController().signal).catch(() => {});
  end(worker);
}

function end(worker: Worker): void {
  worker.terminate();
  alive.delete(worker);
}

async function answered<T extends TaskName>(
  worker: Worker,
  task: T,
  request: Tasks[T]["request"],
  tell: Partial<Tell<T>>,
  signal: AbortSignal,
): Promise<Tasks[T]["result"]> {
  const listening = new AbortController();
  const { signal: over } = listening;
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Stopped("stopped")), { signal: over });
      if (signal.aborted) reject(new Stopped("stopped"));
      const failed = ({ message }: ErrorEvent) => reject(new Error(message || "the browser refused the worker"));
      worker.addEventListener("error", failed, { signal: over });
      const told = ({ data }: MessageEvent<Answer<T>>) => {
        if (data.kind === "progress") tell.progress?.(data.words);
        else if (data.kind === "partial") tell.partial?.(data.partial);
        else if (data.kind === "result") resolve(data.result);
        else reject(new Error(data.why));
      };
      worker.addEventListener("message", told, { signal: over });
      worker.postMessage({ task, request });
    });
  } finally {
    listening.abort();
  }
}
