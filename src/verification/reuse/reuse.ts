import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../util/canonical.ts";
import { fromRoot } from "../record/places.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { KeptConclusions, type KeptSpec } from "./kept.ts";

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
  private readonly hashes = new Map<string, { readonly stamp: string; readonly hash: string }>();

  constructor(
    private readonly root: string,
    private readonly options: ReuseOptions,
  ) {
    this.kept = new KeptConclusions(options.directory);
    this.environment = sha256(...options.environment);
  }

  /** The plan for a spec file, given from the root. */
  async plan(spec: string): Promise<Plan> {
    const plan = await this.decide(spec);
    this.plans.set(spec, plan);
    return plan;
  }

  private async decide(spec: string): Promise<Plan> {
    const kept = this.kept.read(spec);
    const complete = kept?.whole && kept.tests.every(({ figure }) => figure === null || this.kept.figure(figure));
    if (complete && kept.environment === this.environment && this.changed(kept).length === 0) return { kept };
    const fresh = await bundle(join(this.root, spec), this.root, this.options.apart).catch(() => null);
    // What cannot be bundled cannot be run, either: that will be told better.
    if (!fresh) return { because: `${spec} cannot be bundled`, bundle: null };
    const run = (because: string) => ({ because, bundle: fresh });
    if (!kept) return run("not concluded before");
    if (kept.environment !== this.environment) return run("another engine, option or block of seeds");
    if (kept.bundle !== fresh.hash) {
      const files = this.changed(kept);
      return run(files.length > 0 ? `changed: ${files.join(", ")}` : "the version of a package changed");
    }
    if (!complete) return run("not concluded whole before");
    const same = { ...kept, inputs: this.hashed(fresh) };
    this.kept.write(spec, same);
    return { kept: same };
  }

  /** Why a spec file is run; undefined where it is not, or was not asked for. */
  because(spec: string): string | undefined {
    const plan = this.plans.get(spec);
    return plan && "because" in plan ? plan.because : undefined;
  }

  /** Keeps what a spec file came to, unless its code has changed since it was read. */
  keep(spec: string, found: Pick<KeptSpec, "tests" | "whole">): void {
    const plan = this.plans.get(spec);
    if (!plan || "kept" in plan || !plan.bundle) return;
    const { hash } = plan.bundle;
    const { environment } = this;
    const before = this.kept.read(spec);
    const others =
      before?.bundle === hash && before.environment === environment
        ? before.tests.filter((old) => !found.tests.some(({ name }) => name === old.name))
        : [];
    const inputs = this.hashed(plan.bundle);
    this.kept.write(spec, { ...found, environment, bundle: hash, inputs, tests: [...found.tests, ...others] });
  }

  /** Files of which what is kept is a function, and that are not what they were. */
  private changed({ inputs }: KeptSpec): string[] {
    return Object.entries(inputs).flatMap(([file, hash]) => (this.hash(file) === hash ? [] : [file]));
  }

  private hashed({ inputs }: Bundle): Record<string, string> {
    const files = inputs.map((file) => fromRoot({ root: this.root }, file));
    return Object.fromEntries(files.map((file) => [file, this.hash(file)]));
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
