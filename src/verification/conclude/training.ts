import { createHash } from "node:crypto";
import type { Population, Seeded, Trained, Trainer } from "../claim/trainer.ts";

/** What a hypothesis trains, one condition after another (training itself uses every core), and what came of it. */
export class Training<Condition extends Seeded, Run extends Trained> {
  readonly populations: Population<Run>[] = [];

  constructor(
    readonly trainer: Trainer<Condition, Run>,
    private readonly onProgress: (line: string) => void = () => {},
  ) {}

  async train(condition: Condition, label: string): Promise<Population<Run>> {
    const population = await this.trainer.train(condition, (words) => this.onProgress(`${label}: ${words}`));
    this.populations.push(population);
    return population;
  }

  /** What trained everything and what it came to, as the record has it. */
  get provenance() {
    return { engine: this.engine, trained: this.hash("key"), fingerprint: this.hash("fingerprint") };
  }

  /** The device belongs to it where results depend on it, and where it is known: runs out of a cache do not say. */
  private get engine() {
    const [first] = this.populations;
    if (!first) return null;
    const { name, device, reproducible } = first.engine;
    const allNow = this.populations.every(({ blocks }) => blocks.cached === 0);
    return { name: !reproducible && allNow ? `${name} on ${device}` : name, reproducible };
  }

  private hash(field: "key" | "fingerprint"): string | null {
    if (this.populations.length === 0) return null;
    const hash = createHash("sha256");
    for (const population of this.populations) hash.update(population[field]);
    return hash.digest("hex").slice(0, 16);
  }
}
