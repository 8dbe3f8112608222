import type { Status } from "../../train/engine.ts";
import { kindOf } from "./kind.ts";
import type { Outcome } from "./messages.ts";

type Example = Outcome & { readonly kind: string; readonly thumbnail: NonNullable<Outcome["example"]>["thumbnail"] };

/** What has come of a training so far, block by block. */
export class Results {
  readonly endings: Record<Status, number> = { converged: 0, stopped: 0, diverged: 0 };
  readonly directions = new Map<number, number>();
  readonly shapes = new Map<string, number>();
  /** Of seeds that did not diverge. */
  readonly losses: number[] = [];
  private readonly kinds = new Map<string, number>();
  private readonly examples: Example[] = [];

  add(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const { status, loss, directions, shape, example } = outcome;
      const kind = kindOf(outcome);
      this.endings[status]++;
      if (status !== "diverged") this.losses.push(loss);
      if (directions !== null) count(this.directions, directions);
      if (shape !== null) count(this.shapes, shape);
      count(this.kinds, kind);
      if (example) this.examples.push({ ...outcome, kind, thumbnail: example.thumbnail });
    }
  }

  get done(): number {
    return this.endings.converged + this.endings.stopped + this.endings.diverged;
  }

  /** Seeds to look at: of the most frequent kinds first. `like`: how many seeds are of a kind that is as rare, or rarer. */
  gallery(most: number): readonly (Example & { readonly like: number; readonly of: number })[] {
    const byFrequency = [...this.kinds].sort(([, a], [, b]) => b - a);
    const like = (n: number) => byFrequency.reduce((sum, [, other]) => sum + (other <= n ? other : 0), 0);
    return byFrequency
      .flatMap(([kind, n]) => {
        const those = this.examples.filter((example) => example.kind === kind).sort((a, b) => a.seed - b.seed);
        return those.map((example) => ({ ...example, like: like(n), of: this.done }));
      })
      .slice(0, most);
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
