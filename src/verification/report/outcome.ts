import type { TestCase, TestModule, Vitest } from "vitest/node";
import { idOf } from "../claim/id.ts";
import { unfitEngine } from "../record/fit.ts";
import { type Places, placesIn } from "../record/places.ts";
import { byId, type ConclusionRecord, readRecord } from "../record/record.ts";
import type { Report } from "../record/report.ts";
import { isFullRun, specFiles, unownedBy } from "./completeness.ts";

/** A hypothesis that failed. */
export interface Failure {
  readonly id: string;
  /** After the id. */
  readonly title: string;
  /** Why, in lines. */
  readonly message: string;
}

/** What a run, or the shards of one brought together, came to. */
export interface Outcome {
  readonly places: Places;
  readonly cases: readonly TestCase[];
  readonly reports: readonly Report[];
  readonly failures: readonly Failure[];
  /** What is on record and belongs to no hypothesis; known after a full run only. */
  readonly unowned: readonly string[];
  /** Spec files of which a merge of shards knows nothing: a shard is not there, or died. */
  readonly lacking: readonly string[];
  /** As it was before this run. */
  readonly record: ConclusionRecord;
  /**
   * Why the evidence of this run is none for the record: its seeds are shifted, say, or its bits are an engine's that does not
   * promise to give them again. null where it is.
   */
  readonly variant: string | null;
  /** This is one shard of several: it writes nothing, `--merge-reports` does. */
  readonly shard: { readonly index: number; readonly count: number } | undefined;
}

/** undefined where no hypothesis was run. */
export function outcomeOf(
  vitest: Vitest,
  modules: readonly TestModule[],
  variant: () => string | null,
): Outcome | undefined {
  const mine = [...new Set(modules)].filter((m) => m.project.name === "hypotheses");
  const { root, shard, mergeReports } = vitest.config;
  if (mine.length === 0 && !mergeReports) return undefined;
  const cases = mine.flatMap((m) => [...m.children.allTests()]);
  const places = placesIn(root);
  const record = readRecord(places.record);
  const ids = cases.map((c) => idOf(c.name));
  const ran = new Set(mine.map((m) => m.relativeModuleId));
  const reports = cases.flatMap((c) => c.meta().hypothesis ?? []);
  return {
    places,
    cases,
    reports,
    failures: cases.flatMap(failureOf).sort((a, b) => byId(a.id, b.id)),
    unowned: isFullRun(vitest, mine, cases) ? unownedBy(ids, record, places) : [],
    lacking: mergeReports ? specFiles(root).filter((file) => !ran.has(file)) : [],
    record,
    variant: variant() ?? engineVariant(reports, record),
    shard,
  };
}

function engineVariant(reports: readonly Report[], record: ConclusionRecord): string | null {
  const unfit = reports.map(({ id, conclusion }) => unfitEngine(conclusion, record[id]));
  return unfit.find((why) => why !== null) ?? null;
}

function failureOf(test: TestCase): Failure[] {
  const result = test.result();
  if (result.state !== "failed") return [];
  const id = idOf(test.name);
  const message = result.errors.map((error) => error.message).join("\n");
  return [{ id, title: test.name.slice(id.length).trim(), message }];
}
