import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";
import type { KeptTest } from "../reuse/kept.ts";
import type { Reuse } from "../reuse/reuse.ts";
import type { Unwritten } from "./unwritten.ts";

/** Keeps what each spec file came to, once it has ended, and says at the end of a run what was run, and why. */
export class ReuseReporter implements Reporter {
  private vitest!: Vitest;

  constructor(
    private readonly reuse: Reuse,
    private readonly unwritten: Unwritten,
  ) {}

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(): void {
    this.reuse.begin();
  }

  onTestModuleEnd(module: TestModule): void {
    if (module.project.name !== "hypotheses" || this.vitest.config.mergeReports) return;
    const cases = [...module.children.allTests()];
    try {
      const tests = cases.flatMap((test) => this.kept(test));
      const names = cases.map(({ name }) => name);
      if (tests.length > 0) this.reuse.keep(module.relativeModuleId, tests, names);
    } catch (error) {
      // As the run cache is.
      this.unwritten.add("conclusions to reuse", (error as Error).message, { courtesy: true });
    }
  }

  private kept(test: TestCase): KeptTest[] {
    const { hypothesis } = test.meta();
    // What an engine does not promise to give again is not kept.
    if (!hypothesis || hypothesis.reused || hypothesis.conclusion.engine?.reproducible === false) return [];
    const { conclusion, galleries, replay, lacks, engine, spec, picture } = hypothesis;
    // Nor what was drawn and could not be written.
    if (conclusion.figure && !picture.actual) return [];
    const figure = picture.actual
      ? this.reuse.kept.writeFigure(readFileSync(join(this.vitest.config.root, picture.actual)))
      : null;
    const nothing = { secondsTraining: 0, blocks: { trained: 0, cached: 0, corrupted: 0, unkept: 0 } };
    const how = engine && { ...engine, device: null };
    const seconds = (test.diagnostic()?.duration ?? 0) / 1000;
    const { line } = spec;
    return [{ name: test.name, line, seconds, conclusion, galleries, replay, lacks, engine: how, figure, ...nothing }];
  }
}
