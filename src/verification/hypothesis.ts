import { inject, type TestContext, TestRunner, test } from "vitest";
import type { Seeded, Trained, Trainer } from "./claim/trainer.ts";
import { definitions } from "./definition.ts";
import { placesIn } from "./record/places.ts";
import { readRecord } from "./record/record.ts";
import { tagsOf } from "./report/tags.ts";
import { run } from "./run.ts";

/** The ids of each file, by its collector: a file collected again, in watch mode, starts afresh. */
const seenIn = new WeakMap<object, Set<string>>();

/**
 * Registers hypotheses as tests. A title's first word is its id ("T10 tied ReLU in 3D …"), the key of its conclusion on
 * record. The test passes when the conclusion is the one on record, whatever the verdict. Bad input fails its
 * hypothesis alone, with one line that quotes the value.
 */
export function hypothesesAbout<Condition extends Seeded, Run extends Trained>(trainer: Trainer<Condition, Run>) {
  // Without the plugin, in tests of one's own: the working directory, and no note.
  const suite = () => inject("hypotheses") ?? { root: process.cwd(), note: null };
  const around = () => {
    const file = TestRunner.getCurrentSuite();
    const seen = seenIn.get(file) ?? new Set<string>();
    seenIn.set(file, seen);
    return { note: suite().note, seen };
  };
  return definitions<Condition, Run>(around, ({ title, id, kind, statement, problem, conclude }) => {
    const { root, note } = suite();
    const verdict = readRecord(placesIn(root).record)[id]?.verdict;
    const tags = statement ? tagsOf({ ...statement, kind, verdict }) : [];
    test(title, { tags }, async (context: TestContext) => {
      if (!statement) throw problem;
      await run({ id, statement, conclude, trainer }, { root, note }, context);
    });
  });
}
