import { inject, type TestContext, test } from "vitest";
import { idOf } from "../claim/id.ts";
import { placesIn } from "../record/places.ts";
import { readRecord } from "../record/record.ts";
import { tagsOf } from "../report/tags.ts";
import { tell } from "../tell.ts";
import { KeptConclusions, type KeptSpec } from "./kept.ts";

/** A kept file is read once for all its hypotheses. */
let last: { readonly path: string; readonly spec: KeptSpec } | undefined;

/** What is kept of the spec file. Throws where that is no longer what this run has read. */
function keptOf(kept: KeptConclusions, file: string, bundle: string): KeptSpec {
  const path = kept.path(file);
  if (last?.path !== path || last.spec.bundle !== bundle) {
    const spec = kept.read(file);
    if (spec?.bundle !== bundle) throw new Error(`${path} was written by another run meanwhile; run this one again`);
    last = { path, spec };
  }
  return last.spec;
}

/** Registers a hypothesis of which all that it came to is kept: it is held against the record as if it had run. */
export function reused(directory: string, file: string, bundle: string, name: string): void {
  const kept = new KeptConclusions(directory);
  const test_ = keptOf(kept, file, bundle).tests.find((each) => each.name === name)!;
  const { figure, line: _, seconds: __, name: ___, lacks, ...found } = test_;
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
