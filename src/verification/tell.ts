import { join } from "node:path";
import { expect, inject, type TestContext } from "vitest";
import { InputError } from "../util/check.ts";
import { Vacuous } from "./conclude/finding.ts";
import type { Concluded } from "./concluded.ts";
import { compare } from "./record/compare.ts";
import { compareFigure } from "./record/figure.ts";
import { recordsAnyway, unfitEngine } from "./record/fit.ts";
import { objections } from "./record/gate.ts";
import { placesIn } from "./record/places.ts";
import { readRecord } from "./record/record.ts";
import type { Report, Suite } from "./record/report.ts";
import { annotationsOf } from "./report/annotations.ts";

/**
 * Holds a conclusion against the record, reports it in the task's meta and annotations, and throws where the gate objects.
 * `reused`: nothing was run for it.
 */
export async function tell(
  id: string,
  { conclusion, png, lacks, ...rest }: Concluded,
  { root, note }: Suite,
  context: TestContext,
  reused = false,
): Promise<void> {
  const places = placesIn(root);
  const recorded = readRecord(places.record)[id];
  const mode = snapshotMode();
  // What turned round is told as such, with both counts. It is not to be accepted like that.
  const turned = recorded !== undefined && recorded.verdict !== conclusion.verdict && mode !== "all";
  if (lacks && !turned) throw new Vacuous(lacks);
  const variant = inject("hypotheses")?.variant;
  const unfit = recordsAnyway() ? null : (variant ?? unfitEngine(conclusion, recorded));
  const report: Report = {
    id,
    conclusion,
    comparison: compare(recorded, conclusion),
    picture: await compareFigure(places, id, png),
    mode,
    ...(unfit && { unfit }),
    spec: { file: conclusion.spec, line: context.task.location?.line ?? null },
    ...rest,
    lacks: lacks ?? null,
    reused,
  };
  context.task.meta.hypothesis = report;
  for (const { type, message, picture } of annotationsOf(report, note)) {
    const path = picture && join(root, picture);
    // Vitest copies what is attached. Where it cannot, that is no reason to lose a conclusion, either.
    await context
      .annotate(message, type, path ? { path, contentType: "image/png" } : undefined)
      .catch((error: Error) => {
        context.task.meta.hypothesis = { ...report, picture: { ...report.picture, unattached: error.message } };
      });
  }
  const objected = objections(report, recorded);
  if (objected.length === 0) return;
  if (lacks) objected.push(`before that: ${lacks}`);
  const { state, actual, recorded: expectedPath, difference, ratio = 1 } = report.picture;
  // The field that vitest-image-snapshot's reporter looks for, to put old, new and difference on one page.
  const paths = { actualPath: actual, expectedPath, diffPath: difference ?? actual };
  const imageSnapshotFailure = { ...paths, mismatchedPixels: 0, mismatchedPixelRatio: ratio };
  if (state === "different" && actual) Object.assign(context.task.meta, { imageSnapshotFailure });
  throw new Objection(objected.join("\n  "));
}

class Objection extends InputError {
  override name = "Gate";
}

/** Vitest keeps -u and CI in its snapshot state, where image matchers look for them too. */
function snapshotMode(): Report["mode"] {
  const state = expect.getState() as unknown as { snapshotState?: { _updateSnapshot?: Report["mode"] } };
  return state.snapshotState?._updateSnapshot ?? "none";
}
