import { inject, type TestContext, test } from "vitest";
import { idOf } from "../claim/id.ts";
import { placesIn } from "../record/places.ts";
import { readRecord } from "../record/record.ts";
import { tagsOf } from "../tags.ts";
import { tell } from "../tell.ts";
import { KeptConclusions, type KeptSpec } from "./kept.ts";

/** A kept file is read once for all its hypotheses. */
let last: { readonly path: string; readonly spec: KeptSpec } | undefined;

/** Registers a hypothesis of which all that it came to is kept: it is held against the record as if it had run. */
export function reused(directory: string, file: string, index: number): void {
  const kept = new KeptConclusions(directory);
  const path = kept.path(file);
  if (last?.path !== path) last = { path, spec: kept.read(file)! };
  const { name, figure, line: _, lacks, ...found } = last.spec.tests[index]!;
  const suite = inject("hypotheses");
  const { conclusion } = found;
  const verdict = readRecord(placesIn(suite.root).record)[idOf(name)]?.verdict;
  test(name, { tags: tagsOf({ ...conclusion, verdict }) }, async (context: TestContext) => {
    const png = figure === null ? undefined : kept.figure(figure);
    await tell(idOf(name), { ...found, lacks: lacks ?? undefined, png }, suite, context, true);
  });
}

/** Registers a hypothesis that is not asked for. */
export function unloaded(title: string): void {
  test(title, () => {
    throw new Error(`${title} was not loaded: no title of its file matched`);
  });
}
