import { BroadcastChannel } from "node:worker_threads";
import { expect, type TestContext, TestRunner, test } from "vitest";
import { fail, InputError } from "../util/check.ts";
import { acceptCommand } from "./accept.ts";
import { annotationsOf } from "./annotations.ts";
import type { Conclusion } from "./conclusion.ts";
import { Trainer } from "./condition.ts";
import { detailsOf } from "./details.ts";
import { concludeExact } from "./exact.ts";
import type { Finding } from "./finding.ts";
import { compare, sameBits } from "./gate.ts";
import type { Observation } from "./observation.ts";
import { concludeOpen } from "./open.ts";
import { comparePicture, type PictureState } from "./picture.ts";
import { concludePopulation, Vacuous } from "./population.ts";
import { readRecord } from "./record.ts";
import { idOf, progressChannel, type Report } from "./report.ts";
import type { ExactSpec, OpenSpec, PopulationSpec, Spec } from "./specification.ts";
import { strict } from "./strict.ts";

/** The ids of each file, by its collector: a file collected again, in watch mode, starts afresh. */
const seenIn = new WeakMap<object, Set<string>>();

/**
 * Registers a hypothesis as a test. The title's first word is its id ("T10 tied ReLU in 3D …"), the key of its
 * conclusion on record. The test passes when the conclusion is the one on record, whatever the verdict; see the
 * README for the gate. Bad input fails this hypothesis alone, with one line that quotes the value.
 */
export function hypothesis<T extends Observation>(title: string, spec: PopulationSpec<T>): void;
export function hypothesis(title: string, spec: ExactSpec): void;
export function hypothesis(title: string, spec: OpenSpec): void;
export function hypothesis<T extends Observation>(title: string, spec: Spec<T>): void {
  const problem = problemWith(title, spec);
  test(title, async (context) => {
    if (problem) throw problem;
    await run(idOf(title), spec, context);
  });
}

/** What is wrong with a hypothesis as it is written; told when it runs, so that it fails alone. */
export function problemWith(title: string, spec: object): Error | undefined {
  try {
    const id = idOf(title);
    if (!/^[A-Za-z][\w.-]*$/.test(id))
      fail("id", id, 'a title that starts with one, such as "T10 tied ReLU in 3D learns …"');
    const file = TestRunner.getCurrentSuite();
    const seen = seenIn.get(file) ?? new Set<string>();
    seenIn.set(file, seen);
    if (seen.has(id)) fail("id", id, "one that no other hypothesis has");
    seen.add(id);
    const words = spec as { section?: unknown; claim?: unknown; question?: unknown };
    for (const [what, value] of [
      ["section", words.section],
      ["claim", words.claim ?? words.question],
    ] as const)
      if (typeof value !== "string" || value.trim() === "") fail(`${what} of ${id}`, value, "words");
    if ("observe" in spec && !("control" in spec && "expect" in spec && "given" in spec))
      fail(`fields of ${id}`, Object.keys(spec), "given, expect and control beside observe");
    const kinds = ["properties", "measure", "observe"].filter((key) => key in spec);
    if (kinds.length !== 1)
      fail(
        `fields of ${id}`,
        Object.keys(spec),
        "one of properties (exact), measure (open), observe (population)",
      );
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function conclude<T extends Observation>(spec: Spec<T>, trainer: Trainer): Finding | Promise<Finding> {
  if ("properties" in spec) return concludeExact(spec);
  if ("measure" in spec) return concludeOpen(spec, trainer);
  return concludePopulation(spec, trainer);
}

/** A criterion that has become vacuous is told with what is on record: it may well be the code that changed. */
async function concludeAgainst<T extends Observation>(
  recorded: Conclusion | undefined,
  spec: Spec<T>,
  trainer: Trainer,
): Promise<Finding> {
  try {
    return await conclude(spec, trainer);
  } catch (error) {
    if (error instanceof Vacuous && recorded)
      throw new Vacuous(`${error.message}\n  on record: ${recorded.verdict}: ${recorded.summary}`);
    throw error;
  }
}

/** Concludes, reports in the task's meta and annotations, and throws where the gate objects. */
export async function run<T extends Observation>(
  id: string,
  spec: Spec<T>,
  context: TestContext,
): Promise<void> {
  const recorded = readRecord()[id];
  const channel = new BroadcastChannel(progressChannel);
  const trainer = new Trainer((line) => channel.postMessage(`${id} ${line}`));
  try {
    const finding = await concludeAgainst(recorded, spec, trainer);
    const png = finding.draw?.();
    const conclusion: Conclusion = {
      claim: finding.claim,
      section: spec.section,
      kind: finding.kind,
      verdict: finding.verdict,
      summary: finding.summary,
      evidence: finding.evidence,
      errorRate: finding.errorRate ?? null,
      figure: png !== undefined,
      engine: trainer.engine,
      trained: trainer.hash("key"),
      fingerprint: trainer.hash("fingerprint"),
    };
    const { ensembles } = trainer;
    const bits = recorded !== undefined && sameBits(recorded, conclusion);
    const report: Report = {
      id,
      conclusion,
      comparison: compare(recorded, conclusion),
      picture: await comparePicture(id, png),
      mode: snapshotMode(),
      engine: (ensembles.find((e) => e.engine.device !== null) ?? ensembles[0])?.engine ?? null,
      secondsTraining: ensembles.reduce((sum, e) => sum + e.trainedSeconds, 0),
      blocks: {
        trained: ensembles.reduce((sum, e) => sum + e.blocks.trained, 0),
        cached: ensembles.reduce((sum, e) => sum + e.blocks.cached, 0),
        corrupted: ensembles.reduce((sum, e) => sum + e.blocks.corrupted, 0),
      },
      details: detailsOf(context.task, "reading" in spec ? spec.reading : undefined, finding),
    };
    context.task.meta.hypothesis = report;
    const reading = "reading" in spec ? spec.reading : undefined;
    for (const { type, message, picture } of annotationsOf(
      context.task.name,
      reading,
      report,
      recorded,
      finding,
    ))
      await context.annotate(
        message,
        type,
        picture ? { path: picture, contentType: "image/png" } : undefined,
      );
    gate(report, bits, context);
  } finally {
    channel.close();
  }
}

/** Vitest keeps -u and CI in its snapshot state, where image matchers look for them too. */
function snapshotMode(): Report["mode"] {
  const { snapshotState } = expect.getState() as unknown as {
    snapshotState?: { _updateSnapshot?: Report["mode"] };
  };
  return snapshotState?._updateSnapshot ?? "none";
}

/** Fails the test where the conclusion is not the one on record (or, in strict mode, does not hold). */
function gate(
  { id, conclusion, comparison, picture, mode }: Report,
  bits: boolean,
  { task }: TestContext,
): void {
  const accept = `accept it with: ${acceptCommand(task.name)}`;
  const objections: string[] = [];
  if (comparison.outcome === "missing" && mode === "none")
    objections.push(`${id} has no conclusion on record`);
  if (comparison.outcome === "changed" && mode !== "all")
    objections.push(`${id} changed its conclusion: ${conclusion.claim}`, ...few(comparison.differences));
  if (picture.state === "missing" && mode === "none" && comparison.outcome !== "missing")
    objections.push(`${id} has no figure on record`);
  // With other weights another picture is moved evidence; with the same weights it is the drawing that changed.
  const sameWeights = bits && comparison.outcome === "same";
  if (picture.state === "different" && mode !== "all" && sameWeights)
    objections.push(
      `${id} draws another figure from the same evidence (${percent(picture)} of the pixels differ)`,
    );
  if (picture.state === "different" && objections.length > 0) noteImageFailure(task, picture);
  if (objections.length > 0) throw new Objection([...objections, accept].join("\n  "));
  if (strict() && (conclusion.verdict === "refuted" || conclusion.verdict === "inconclusive"))
    throw new Objection(
      `${id} is ${conclusion.verdict} (strict mode): ${conclusion.claim}\n  ${conclusion.summary}`,
    );
}

/** The rest is in the annotations, and at the end of the run. */
function few(differences: readonly string[]): string[] {
  const more = differences.length - 3;
  return more > 0 ? [...differences.slice(0, 3), `and ${more} more`] : [...differences];
}

class Objection extends InputError {
  override name = "Gate";
}

function percent({ ratio = 0 }: PictureState): string {
  return `${(100 * ratio).toPrecision(2)} %`;
}

/** The field that vitest-image-snapshot's reporter looks for, to put old, new and difference on one page. */
function noteImageFailure(task: TestContext["task"], picture: PictureState): void {
  Object.assign(task.meta, {
    imageSnapshotFailure: {
      actualPath: picture.actual,
      expectedPath: picture.recorded,
      diffPath: picture.difference ?? picture.actual,
      mismatchedPixels: 0,
      mismatchedPixelRatio: picture.ratio ?? 1,
    },
  });
}
