import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../util/canonical.ts";
import { fromRoot } from "../record/places.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { KeptConclusions, type KeptSpec, type KeptTest } from "./kept.ts";

/** What a suite says of its own conclusions. */
export interface ReuseOptions {
  /** Everything besides code and packages that decides what comes out: the engine, its sources, options, seeds. */
  readonly environment: readonly string[];
  /** Files that a spec reaches and that decide nothing: engines that are not used. */
  readonly apart: (file: string) => boolean;
  /** Where conclusions are kept. */
  readonly directory: string;
}

/** What is to be done with a spec file: take what is kept, or run it, and why. */
export type Plan = { readonly kept: KeptSpec } | { readonly because: string; readonly bundle: Bundle | null };

/**
 * Says of each spec file whether its conclusions are kept. They are taken where nothing has changed that they are a function of:
 * the spec and all code that it reaches, apart from names, comments and what is unused; the packages' versions; and what the
 * suite says of its environment.
 */
export class Reuse {
  readonly kept: KeptConclusions;
  /** Of the spec files that this run has asked for, from the suite's root. */
  readonly plans = new Map<string, Plan>();
  private readonly environment: string;
  /** Of each file that was bundled, what it was when this run first read it: what its spec files have been run with. */
  private readonly first = new Map<string, string>();
  private readonly hashes = new Map<string, { readonly stamp: string; readonly hash: string }>();

  constructor(
    private readonly root: string,
    private readonly options: ReuseOptions,
  ) {
    this.kept = new KeptConclusions(options.directory);
    this.environment = sha256(...options.environment);
  }

  /** A run begins: what has changed since the last one is read again. */
  begin(): void {
    this.first.clear();
  }

  /** The plan for a spec file, given from the root. */
  async plan(spec: string): Promise<Plan> {
    const plan = await this.decide(spec);
    this.plans.set(spec, plan);
    return plan;
  }

  private async decide(spec: string): Promise<Plan> {
    const kept = this.kept.read(spec);
    if (kept && this.unchanged(kept)) return { kept };
    const fresh = await bundle(join(this.root, spec), this.root, this.options.apart).catch(() => null);
    // What cannot be bundled cannot be run, either: that will be told better.
    if (!fresh) return { because: `${spec} cannot be bundled`, bundle: null };
    for (const [input, hash] of Object.entries(this.inputsOf(fresh)))
      if (!this.first.has(input)) this.first.set(input, hash);
    const run = (because: string) => ({ because, bundle: fresh });
    if (!kept) return run("not concluded before");
    if (kept.environment !== this.environment) return run("another engine, option, block of seeds or note");
    if (kept.bundle !== fresh.hash) {
      const files = this.changed(kept);
      return run(files.length > 0 ? `changed: ${files.join(", ")}` : "the version of a package changed");
    }
    if (!this.complete(kept)) return run("not concluded whole before");
    const same = { ...kept, inputs: this.inputsOf(fresh) };
    this.kept.write(spec, same);
    return { kept: same };
  }

  /** Whether what is kept of a spec file is taken; undefined where it was not asked for yet. */
  taken(spec: string): boolean | undefined {
    const plan = this.plans.get(spec);
    return plan && "kept" in plan;
  }

  /** Why a spec file is run; undefined where it is not, or was not asked for. */
  because(spec: string): string | undefined {
    const plan = this.plans.get(spec);
    return plan && "because" in plan ? plan.because : undefined;
  }

  /**
   * Keeps what a spec file came to, beside what is kept of its other tests; `names` are those of all. Nothing is kept where a
   * file that it reaches was changed during the run: nobody knows which of the two it ran with.
   */
  keep(spec: string, found: readonly KeptTest[], names: readonly string[]): void {
    const plan = this.plans.get(spec);
    if (!plan || "kept" in plan || !plan.bundle) return;
    const { hash } = plan.bundle;
    const inputs = this.inputsOf(plan.bundle);
    const steady = ([file, was]: [string, string]) => this.first.get(file) === was && this.hash(file) === was;
    if (!Object.entries(inputs).every(steady)) return;
    const { environment } = this;
    const before = this.kept.read(spec);
    const others =
      before?.bundle === hash && before.environment === environment
        ? before.tests.filter((old) => !found.some(({ name }) => name === old.name))
        : [];
    const tests = [...found, ...others];
    const whole = names.every((each) => tests.some(({ name }) => name === each));
    this.kept.write(spec, { environment, bundle: hash, inputs, whole, tests });
  }

  /** Whether every file is as it was, to the byte; if not, it may still come to the same. */
  unchanged(kept: KeptSpec): boolean {
    return this.complete(kept) && kept.environment === this.environment && this.changed(kept).length === 0;
  }

  private complete({ whole, tests }: KeptSpec): boolean {
    return whole && tests.every(({ figure }) => figure === null || this.kept.figure(figure));
  }

  /** Files of which what is kept is a function, and that are not what they were. */
  private changed({ inputs }: KeptSpec): string[] {
    return Object.entries(inputs).flatMap(([file, hash]) => (this.hash(file) === hash ? [] : [file]));
  }

  private inputsOf({ inputs }: Bundle): Record<string, string> {
    return Object.fromEntries([...inputs].map(([file, hash]) => [fromRoot({ root: this.root }, file), hash]));
  }

  private hash(file: string): string {
    const path = join(this.root, file);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return "absent";
    const stamp = `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
    const known = this.hashes.get(file);
    if (known?.stamp === stamp) return known.hash;
    const hash = sha256(readFileSync(path));
    this.hashes.set(file, { stamp, hash });
    return hash;
  }
}
