import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BroadcastChannel } from "node:worker_threads";
import type { TestContext } from "vitest";
import { fail } from "../util/check.ts";
import type { Conclusion } from "./claim/conclusion.ts";
import type { Seeded, Trained } from "./claim/trainer.ts";
import { evidenceWords } from "./claim/words.ts";
import { Vacuous } from "./conclude/finding.ts";
import { concluded, type Registered } from "./concluded.ts";
import { fromRoot, placesIn } from "./record/places.ts";
import { readRecord } from "./record/record.ts";
import { progressChannel, type Suite } from "./record/report.ts";
import { tell } from "./tell.ts";

/** Concludes a hypothesis, and tells what came of it. Throws where it cannot conclude, and where the gate objects. */
export async function run<Condition extends Seeded, Run extends Trained>(
  registered: Registered<Condition, Run>,
  suite: Suite,
  context: TestContext,
): Promise<void> {
  const { id } = registered;
  const places = placesIn(suite.root);
  const recorded = readRecord(places.record)[id];
  const spec = fromRoot(places, context.task.file.filepath);
  demandOwn(id, spec, recorded, suite.root);
  const channel = new BroadcastChannel(progressChannel);
  try {
    const found = await concluded(registered, spec, (line) => channel.postMessage(`${id} ${line}`));
    await tell(id, found, suite, context);
  } catch (error) {
    // A criterion that has become vacuous is told with what is on record: it may well be the code that changed.
    if (error instanceof Vacuous && recorded)
      error.message += `\n  on record: ${recorded.verdict}: ${evidenceWords(recorded)}`;
    throw error;
  } finally {
    channel.close();
  }
}

/** An id that another file has on record, and still has, is not to be taken over. */
function demandOwn(id: string, spec: string, recorded: Conclusion | undefined, root: string): void {
  if (!recorded?.spec || recorded.spec === spec) return;
  const other = join(root, recorded.spec);
  if (existsSync(other) && readFileSync(other, "utf8").includes(`"${id} `))
    fail("id", id, `another: this one is on record for ${recorded.spec}, which still has it`);
}
