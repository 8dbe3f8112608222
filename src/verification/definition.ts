import { idOf } from "./claim/id.ts";
import type { Kind } from "./claim/kind.ts";
import type { Note } from "./claim/note.ts";
import type { Observation } from "./claim/observation.ts";
import type { ExactSpec, OpenSpec, PopulationSpec } from "./claim/specification.ts";
import { type Fields, type Statement, stated } from "./claim/statement.ts";
import type { Seeded, Trained } from "./claim/trainer.ts";
import { concludeExact } from "./conclude/exact.ts";
import type { Finding } from "./conclude/finding.ts";
import { concludeOpen } from "./conclude/open.ts";
import { concludePopulation } from "./conclude/population.ts";
import type { Training } from "./conclude/training.ts";

/** A hypothesis as its spec file has it, or what is wrong with it: that is told when it runs, so that it fails alone. */
export interface Definition<Condition extends Seeded, Run extends Trained> {
  readonly title: string;
  readonly id: string;
  readonly kind: Kind;
  readonly statement?: Statement;
  readonly problem?: Error;
  readonly conclude: (training: Training<Condition, Run>) => Finding | Promise<Finding>;
  readonly spec: PopulationSpec<Condition, Run, never> | ExactSpec | OpenSpec<Condition, Run>;
}

/**
 * The words that hypotheses are written in. Whoever reads them is handed each: Vitest, or a page.
 * `around`: the note, and the ids that the file being read has had.
 */
export function definitions<Condition extends Seeded, Run extends Trained>(
  around: () => { readonly note: Note | null; readonly seen: Set<string> },
  define: (definition: Definition<Condition, Run>) => void,
) {
  type Defined = Definition<Condition, Run>;
  function read(title: string, spec: object, fields: Fields, kind: Kind, conclude: Defined["conclude"]): void {
    const { note, seen } = around();
    const found = stated(title, spec, fields, note, seen);
    define({ title, id: idOf(title), kind, ...found, conclude, spec: spec as Defined["spec"] });
  }
  return {
    /** A claim about a population of seeds. */
    hypothesis: <T extends Observation>(title: string, spec: PopulationSpec<Condition, Run, T>) =>
      read(title, spec, population, spec.kind ?? "population", (training) => concludePopulation(spec, training)),
    /** A statement of mathematics. */
    exactClaim: (title: string, spec: ExactSpec) => read(title, spec, exact, "exact", () => concludeExact(spec)),
    /** A question to be answered with numbers. */
    openQuestion: (title: string, spec: OpenSpec<Condition, Run>) =>
      read(title, spec, open, "open", (training) => concludeOpen(spec, training)),
  };
}

const every = ["row", "role", "section", "operationalisation", "figure"];
const population: Fields = {
  needed: ["claim", "given", "observe", "expect", "control"],
  allowed: [...every, "kind", "holdsIn", "versus", "endPoints", "errorRate", "positiveControl"],
};
const exact: Fields = { needed: ["claim", "properties", "nearMiss"], allowed: every };
const open: Fields = { needed: ["question", "given", "measure"], allowed: every };
