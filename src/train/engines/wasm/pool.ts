import { Worker } from "node:worker_threads";
import type { Packed } from "../../packed.ts";
import type { Look } from "../../recipe.ts";
import type { Layout } from "./plan.ts";

/** Work for one thread: some seeds of one model. */
export interface Piece {
  readonly layout: Layout;
  /** Starting parameters in the order of `layout`, [seeds × size]. */
  readonly start: Float32Array;
  readonly looks: readonly Look[];
  /** Gradient norm at which a seed has converged. */
  readonly tolerance: number;
}

/** What a thread says. */
export type Message =
  | { readonly kind: "progress"; readonly seedSteps: number }
  | { readonly kind: "done"; readonly packed: Packed };

interface Task {
  readonly piece: Piece;
  readonly onProgress: (seedSteps: number) => void;
  readonly resolve: (packed: Packed) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Worker threads that take pieces from one queue. They start when there is work for them, and do not keep the process
 * alive while idle. A thread that fails takes its piece with it; the next piece gets a new thread.
 */
export class Pool {
  private readonly queue: Task[] = [];
  private readonly busy = new Map<Worker, Task>();
  private readonly idle: Worker[] = [];

  constructor(
    private readonly threads: number,
    private readonly kernel: () => Promise<WebAssembly.Module>,
  ) {}

  async run(piece: Piece, onProgress: (seedSteps: number) => void): Promise<Packed> {
    const module = await this.kernel();
    return new Promise((resolve, reject) => {
      this.queue.push({ piece, onProgress, resolve, reject });
      this.next(module);
    });
  }

  /** Stops every thread; work under way or waiting fails. */
  async close(): Promise<void> {
    const workers = [...this.idle.splice(0), ...this.busy.keys()];
    const abandoned = [...this.busy.values(), ...this.queue.splice(0)];
    this.busy.clear();
    for (const task of abandoned) task.reject(new Error("the training engine was closed"));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  private next(module: WebAssembly.Module): void {
    if (this.queue.length === 0 || this.busy.size >= this.threads) return;
    const task = this.queue.shift() as Task;
    const worker = this.idle.pop() ?? this.start(module);
    this.busy.set(worker, task);
    worker.ref();
    worker.postMessage(task.piece);
  }

  private start(module: WebAssembly.Module): Worker {
    // Loaders and flags that the process was started with are for its own code.
    const options = { workerData: { module }, execArgv: [] };
    const worker = new Worker(new URL("./worker.mjs", import.meta.url), options);
    worker.on("message", (message: Message) => {
      const task = this.busy.get(worker);
      if (!task) return;
      if (message.kind === "progress") {
        task.onProgress(message.seedSteps);
        return;
      }
      this.busy.delete(worker);
      this.idle.push(worker);
      worker.unref();
      task.resolve(message.packed);
      this.next(module);
    });
    const lost = (reason: string) => {
      const task = this.busy.get(worker);
      this.busy.delete(worker);
      const at = this.idle.indexOf(worker);
      if (at >= 0) this.idle.splice(at, 1);
      task?.reject(new Error(`a training thread failed: ${reason}`));
      this.next(module);
    };
    worker.on("error", (error) => lost(error.message));
    worker.on("exit", (code) => lost(`it ended with code ${code}`));
    return worker;
  }
}
