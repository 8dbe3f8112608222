import { duration } from "../../util/duration.ts";

/** What a test took last time, in seconds, by its name. */
export type Took = ReadonlyMap<string, number>;

/** Before this share is done nothing is said: it would be a guess. */
const least = 1 / 20;

/**
 * How much of a run is done and how long the rest will take: each spec file counts for what its tests took last time, one
 * that has not been run before for as much as the others in the mean. What is reused does not count.
 */
export class Left {
  private readonly files = new Map<
    string,
    { readonly took: Took | null; readonly ended: Set<string>; closed: boolean }
  >();

  /** `began`: when the run did, in milliseconds. */
  constructor(private readonly began: number) {}

  /** A spec file is to be run; null where nobody knows how long that takes. */
  add(file: string, took: Took | null): void {
    this.files.set(file, { took, ended: new Set(), closed: false });
  }

  /** A spec file is not run after all. */
  remove(file: string): void {
    this.files.delete(file);
  }

  /** A test has ended. */
  end(file: string, test: string): void {
    this.files.get(file)?.ended.add(test);
  }

  /** All tests of a file have ended. */
  close(file: string): void {
    const found = this.files.get(file);
    if (found) found.closed = true;
  }

  /** "the whole run: 40 % done, 3 min 5 s left"; null where it is too early to tell, or nothing is left. */
  line(now: number): string | null {
    const files = [...this.files.values()];
    const known = files.flatMap(({ took }) => (took ? [sum(took)] : []));
    const mean = known.length > 0 ? known.reduce((a, b) => a + b) / known.length : 1;
    let [done, total] = [0, 0];
    for (const { took, ended, closed } of files) {
      const whole = took ? sum(took) : mean;
      total += whole;
      done += closed ? whole : sum(new Map([...(took ?? [])].filter(([test]) => ended.has(test))));
    }
    const share = total > 0 ? done / total : 0;
    if (share < least || share >= 1) return null;
    const left = ((now - this.began) / 1000) * (1 / share - 1);
    return `the whole run: ${Math.floor(100 * share)} % done, ${duration(left)} left`;
  }
}

const sum = (took: Took) => [...took.values()].reduce((a, b) => a + b, 0);
