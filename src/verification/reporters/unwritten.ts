/** A reason, and everything that it kept from being written. */
interface Obstacle {
  readonly why: string;
  readonly kept: Set<string>;
}

/**
 * What a run could not write, for one line at its end: a disk that is full, or not ours to write on, is one fact, however many
 * reporters meet it. It stops none of them, and fails the run.
 */
export class Unwritten {
  private readonly obstacles = new Map<string, Obstacle>();
  private attempts: Promise<void>[] = [];
  private turn = Promise.resolve();

  /** Notes that something was not written. A courtesy costs time later, and fails no run. */
  add(what: string, why: string, { courtesy = false } = {}): void {
    const line = why.split("\n", 1)[0]!;
    // The same full disk has another message for every path.
    const kind = /^E[A-Z]+(?=:)/.exec(line)?.[0] ?? line;
    const obstacle = this.obstacles.get(kind) ?? { why: line, kept: new Set() };
    obstacle.kept.add(what);
    this.obstacles.set(kind, obstacle);
    if (!courtesy) process.exitCode = 1;
  }

  /** Writes something, beginning at once; where that fails it is noted. */
  attempt(what: string, write: () => unknown): Promise<void> {
    const attempt = (async () => {
      try {
        await write();
      } catch (error) {
        this.add(what, (error as Error).message);
      }
    })();
    this.attempts.push(attempt);
    return attempt;
  }

  /** The same, once all that was to be written in turn before it is written, or cannot be: Vitest starts its reporters at once. */
  inTurn(what: string, write: () => unknown): Promise<void> {
    this.turn = this.turn.then(() => this.attempt(what, write));
    return this.turn;
  }

  /** The line, once all that was begun has ended; null where everything was written. Then all is forgotten. */
  async line(): Promise<string | null> {
    await this.turn;
    await Promise.all(this.attempts);
    const words = new Intl.ListFormat("en-GB");
    const parts = [...this.obstacles.values()].map(
      ({ why, kept }) => `${words.format(kept)} could not be written: ${why}`,
    );
    this.attempts = [];
    this.obstacles.clear();
    return parts.length > 0 ? parts.join("; ") : null;
  }
}
