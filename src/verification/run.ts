import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BroadcastChannel } from "node:worker_threads";
import { expect, type TestContext } from "vitest";
import { compose } from "../figures/canvas/drawing.ts";
import { fail, InputError, quote } from "../util/check.ts";
import type { Conclusion } from "./claim/conclusion.ts";
import type { Figure } from "./claim/specification.ts";
import type { Statement } from "./claim/statement.ts";
import type { Seeded, Trained, Trainer } from "./claim/trainer.ts";
import { evidenceWords, verdictWords } from "./claim/words.ts";
import { type Finding, Vacuous } from "./conclude/finding.ts";
import { Training } from "./conclude/training.ts";
import { compare } from "./record/compare.ts";
import { compareFigure } from "./record/figure.ts";
import { objections } from "./record/gate.ts";
import { fromRoot, type Places, placesIn } from "./record/places.ts";
import { readRecord } from "./record/record.ts";
import { progressChannel, type Report, type Suite } from "./record/report.ts";
import { annotationsOf } from "./report/annotations.ts";

export interface Registered<Condition extends Seeded, Run extends Trained> {
  readonly id: string;
  readonly statement: Statement;
  readonly conclude: (training: Training<Condition, Run>) => Finding | Promise<Finding>;
  readonly trainer: Trainer<Condition, Run>;
  readonly suite: Suite;
}

/** Concludes, reports in the task's meta and annotations, and throws where the gate objects. */
export async function run<Condition extends Seeded, Run extends Trained>(
  { id, statement, conclude, trainer, suite }: Registered<Condition, Run>,
  context: TestContext,
): Promise<void> {
  const places = placesIn(suite.root);
  const recorded = readRecord(places.record)[id];
  const spec = fromRoot(places, context.task.file.filepath);
  demandOwn(id, spec, recorded, places);
  const channel = new BroadcastChannel(progressChannel);
  const training = new Training(trainer, (line) => channel.postMessage(`${id} ${line}`));
  try {
    const { figure, galleries, replay, ...found } = await against(recorded, () => conclude(training));
    const concluded = { ...statement, spec, ...found, figure: figure !== undefined };
    const conclusion: Conclusion = { ...concluded, ...training.provenance };
    const png = figure && drawn(statement.title, conclusion, demandDrawings(id, figure()));
    const { populations } = training;
    const blocks = (field: keyof Report["blocks"]) => populations.reduce((sum, p) => sum + p.blocks[field], 0);
    const report: Report = {
      id,
      conclusion,
      comparison: compare(recorded, conclusion),
      picture: await compareFigure(places, id, png),
      mode: snapshotMode(),
      engine: (populations.find((p) => p.engine.device !== null) ?? populations[0])?.engine ?? null,
      secondsTraining: populations.reduce((sum, p) => sum + p.trainedSeconds, 0),
      blocks: { trained: blocks("trained"), cached: blocks("cached"), corrupted: blocks("corrupted") },
      spec: { file: spec, line: context.task.location?.line ?? null },
      galleries,
    };
    context.task.meta.hypothesis = report;
    for (const { type, message, picture } of annotationsOf(report, replay, suite.note)) {
      const path = picture && join(places.root, picture);
      await context.annotate(message, type, path ? { path, contentType: "image/png" } : undefined);
    }
    const objected = objections(report, recorded);
    if (objected.length === 0) return;
    const { state, actual, recorded: expectedPath, difference, ratio = 1 } = report.picture;
    // The field that vitest-image-snapshot's reporter looks for, to put old, new and difference on one page.
    const paths = { actualPath: actual, expectedPath, diffPath: difference ?? actual };
    const imageSnapshotFailure = { ...paths, mismatchedPixels: 0, mismatchedPixelRatio: ratio };
    if (state === "different" && actual) Object.assign(context.task.meta, { imageSnapshotFailure });
    throw new Objection(objected.join("\n  "));
  } finally {
    channel.close();
  }
}

/** An id that another file has on record, and still has, is not to be taken over. */
function demandOwn(id: string, spec: string, recorded: Conclusion | undefined, { root }: Places): void {
  if (!recorded?.spec || recorded.spec === spec) return;
  const other = join(root, recorded.spec);
  if (existsSync(other) && readFileSync(other, "utf8").includes(`"${id} `))
    fail("id", id, `another: this one is on record for ${recorded.spec}, which still has it`);
}

class Objection extends InputError {
  override name = "Gate";
}

/** A criterion that has become vacuous is told with what is on record: it may well be the code that changed. */
async function against(recorded: Conclusion | undefined, conclude: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await conclude();
  } catch (error) {
    if (error instanceof Vacuous && recorded)
      error.message += `\n  on record: ${recorded.verdict}: ${evidenceWords(recorded)}`;
    throw error;
  }
}

/** The figure under the hypothesis's title and verdict, as PNG. */
function drawn(title: string, conclusion: Conclusion, figure: Figure): Buffer {
  // "n = 5" stays on a line.
  const subtitle = verdictWords(conclusion).replaceAll(" = ", "\u00a0=\u00a0");
  const head = { title: title.charAt(0).toUpperCase() + title.slice(1), subtitle };
  if ("panels" in figure) return compose({ ...head, columns: figure.columns }, figure.panels);
  return compose(head, "draw" in figure ? [figure] : figure);
}

/** Whatever types say, a figure may be anything. */
function demandDrawings(id: string, figure: unknown): Figure {
  const isDrawing = (value: unknown) => typeof (value as { draw?: unknown } | null)?.draw === "function";
  const given = figure as { readonly panels?: unknown } | null | undefined;
  const panels = isDrawing(figure) ? [figure] : Array.isArray(figure) ? figure : given?.panels;
  if (!Array.isArray(panels) || panels.length === 0 || !panels.every(isDrawing))
    throw new InputError(
      `the figure of ${id} is ${figure instanceof Promise ? "a Promise (async?)" : quote(figure)}; expected drawings`,
    );
  return figure as Figure;
}

/** Vitest keeps -u and CI in its snapshot state, where image matchers look for them too. */
function snapshotMode(): Report["mode"] {
  const state = expect.getState() as unknown as { snapshotState?: { _updateSnapshot?: Report["mode"] } };
  return state.snapshotState?._updateSnapshot ?? "none";
}
