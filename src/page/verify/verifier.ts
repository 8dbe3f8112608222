import { ask, Stopped } from "../ask.ts";
import { pageData } from "../data.ts";
import type { Verified } from "./messages.ts";
import { outcomeOf } from "./outcome.ts";
import type { Tally } from "./tally.ts";

/** How far a hypothesis is. */
export type Stage =
  | { readonly is: "waiting" }
  | { readonly is: "running"; readonly progress: string }
  | { readonly is: "done"; readonly verified: Verified }
  | { readonly is: "failed"; readonly why: string };

/** Runs hypotheses one after another (each uses all cores), and tells whoever listens how far each is. */
export class Verifier {
  readonly stages = new Map<string, Stage>();
  private readonly queue: string[] = [];
  private readonly listeners = new Set<(id: string) => void>();
  private running: { readonly id: string; readonly controller: AbortController } | null = null;

  constructor(readonly tally: Tally) {}

  /** `listener` is told of each hypothesis whose stage has changed. */
  listen(listener: (id: string) => void): void {
    this.listeners.add(listener);
  }

  get busy(): boolean {
    return this.running !== null || this.queue.length > 0;
  }

  start(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.running?.id === id || this.queue.includes(id)) continue;
      this.queue.push(id);
      this.move(id, { is: "waiting" });
    }
    if (!this.running) void this.next();
  }

  /** What was seen so far, here and on earlier visits. */
  forget(): void {
    const ids = [...this.tally.seen.keys()];
    this.tally.clear();
    for (const id of ids) this.move(id, null);
  }

  /** One of them, or all. */
  stop(id?: string): void {
    for (const waiting of this.queue.splice(0)) {
      if (id !== undefined && waiting !== id) this.queue.push(waiting);
      else this.move(waiting, null);
    }
    if (this.running && (id === undefined || this.running.id === id)) this.running.controller.abort();
  }

  private async next(): Promise<void> {
    const id = this.queue.shift();
    if (id === undefined) return;
    const controller = new AbortController();
    this.running = { id, controller };
    const start = performance.now();
    this.move(id, { is: "running", progress: "" });
    let end: Stage | null;
    try {
      const { note, record } = await pageData();
      const progress = (words: string) => this.move(id, { is: "running", progress: words });
      const verified = await ask("verify", { id, recorded: record[id]!, note }, { progress }, controller.signal);
      this.tally.add(id, { outcome: outcomeOf(verified.comparison), seconds: verified.seconds });
      end = { is: "done", verified };
    } catch (error) {
      end = error instanceof Stopped ? null : { is: "failed", why: (error as Error).message };
      if (end) this.tally.add(id, { outcome: "failed", seconds: (performance.now() - start) / 1000 });
    }
    this.running = null;
    this.move(id, end);
    await this.next();
  }

  private move(id: string, stage: Stage | null): void {
    if (stage) this.stages.set(id, stage);
    else this.stages.delete(id);
    for (const listener of this.listeners) listener(id);
  }
}
