import { inject, type TestContext, test } from "vitest";
import { idOf } from "./claim/id.ts";
import type { Kind } from "./claim/kind.ts";
import type { Observation } from "./claim/observation.ts";
import type { ExactSpec, OpenSpec, PopulationSpec } from "./claim/specification.ts";
import { type Fields, stated } from "./claim/statement.ts";
import type { Seeded, Trained, Trainer } from "./claim/trainer.ts";
import { concludeExact } from "./conclude/exact.ts";
import { concludeOpen } from "./conclude/open.ts";
import { concludePopulation } from "./conclude/population.ts";
import type { Registered } from "./concluded.ts";
import { placesIn } from "./record/places.ts";
import { readRecord } from "./record/record.ts";
import { run } from "./run.ts";
import { tagsOf } from "./tags.ts";

/**
 * Registers hypotheses as tests. A title's first word is its id ("T10 tied ReLU in 3D …"), the key of its conclusion on
 * record. The test passes when the conclusion is the one on record, whatever the verdict. Bad input fails its
 * hypothesis alone, with one line that quotes the value.
 */
export function hypothesesAbout<Condition extends Seeded, Run extends Trained>(trainer: Trainer<Condition, Run>) {
  type Conclude = Registered<Condition, Run>["conclude"];
  const register = (title: string, spec: object, fields: Fields, kind: Kind, conclude: Conclude) => {
    // Without the plugin, in tests of one's own: the working directory, and no note.
    const suite = inject("hypotheses") ?? { root: process.cwd(), note: null };
    const { problem, statement } = stated(title, spec, fields, suite.note);
    const verdict = readRecord(placesIn(suite.root).record)[idOf(title)]?.verdict;
    const tags = statement ? tagsOf({ ...statement, kind, verdict }) : [];
    test(title, { tags }, async (context: TestContext) => {
      if (!statement) throw problem;
      await run({ id: idOf(title), statement, conclude, trainer }, suite, context);
    });
  };
  return {
    /** A claim about a population of seeds. */
    hypothesis: <T extends Observation>(title: string, spec: PopulationSpec<Condition, Run, T>) =>
      register(title, spec, population, spec.kind ?? "population", (training) => concludePopulation(spec, training)),
    /** A statement of mathematics. */
    exactClaim: (title: string, spec: ExactSpec) => register(title, spec, exact, "exact", () => concludeExact(spec)),
    /** A question to be answered with numbers. */
    openQuestion: (title: string, spec: OpenSpec<Condition, Run>) =>
      register(title, spec, open, "open", (training) => concludeOpen(spec, training)),
  };
}

const every = ["row", "role", "section", "operationalisation", "figure"];
const population: Fields = {
  needed: ["claim", "given", "observe", "expect", "control"],
  allowed: [...every, "kind", "holdsIn", "versus", "endPoints", "errorRate", "positiveControl"],
};
const exact: Fields = { needed: ["claim", "properties", "nearMiss"], allowed: every };
const open: Fields = { needed: ["question", "given", "measure"], allowed: every };
