import thread from "virtual:thread";

type Listener = (value: never) => void;

/** `Worker` of node:worker_threads as the embedded engine uses it: a thread of the browser's that runs the engine's worker. */
export class Worker {
  private static url: string | undefined;
  /** As in ask.ts. */
  private static readonly alive = new Set<globalThis.Worker>();
  private readonly thread: globalThis.Worker;

  constructor() {
    // From a Blob, because a page from disk may load no worker's file.
    Worker.url ??= URL.createObjectURL(new Blob([thread], { type: "text/javascript" }));
    this.thread = new globalThis.Worker(Worker.url);
    Worker.alive.add(this.thread);
  }
  on(event: "message" | "error" | "exit", listener: Listener): void {
    if (event === "message") this.thread.addEventListener("message", ({ data }) => listener(data as never));
    // Some browsers say nothing of the error: WebAssembly refused, or memory lacking.
    if (event === "error")
      this.thread.addEventListener("error", ({ message }) =>
        listener(new Error(message || "the browser stopped it") as never),
      );
  }
  postMessage(message: unknown): void {
    this.thread.postMessage(message);
  }
  async terminate(): Promise<void> {
    this.thread.terminate();
    Worker.alive.delete(this.thread);
  }
  ref(): void {}
  unref(): void {}
}
