import type { Drawing } from "../../figures/canvas/drawing.ts";
import type { CellEvidence, OpenEvidence } from "./conclusion.ts";
import type { Criterion, Expectation } from "./criterion.ts";
import type { Observation } from "./observation.ts";
import type { Role } from "./role.ts";
import type { Engine, Population, Seeded, Trained } from "./trainer.ts";
import type { Verdict } from "./verdict.ts";

/** Where a hypothesis belongs: to a row of the note, in a role; or, on one's own, under a heading. */
type Place = (
  | { readonly row: string; readonly role: Role; readonly section?: undefined }
  | { readonly row?: undefined; readonly role?: undefined; readonly section: string }
) & {
  /** How a vague wording was made measurable, and why that is fair. */
  readonly operationalisation?: string;
};

/** What a figure shows; the framework sets it under the hypothesis's title and verdict. In one row, unless it says in how many columns. */
export type Figure = Drawing | readonly Drawing[] | { readonly columns: number; readonly panels: readonly Drawing[] };

/** A population observed under one condition. */
export interface Observed<Condition extends Seeded, Run extends Trained, T> extends CellEvidence {
  readonly label: string;
  /** With the seeds that were used. */
  readonly condition: Condition;
  readonly engine: Engine;
  readonly runs: readonly Run[];
  /** The runs that they were compared with; themselves where there are none. */
  readonly others: readonly Run[];
  /** null for a seed that diverged. */
  readonly values: readonly (T | null)[];
  /** Whether each seed meets the criterion. */
  readonly met: readonly boolean[];
}

/** What a population's figure is drawn from. */
export interface PopulationResult<Condition extends Seeded, Run extends Trained, T> {
  readonly verdict: Verdict;
  readonly criterion: Criterion;
  /** One for each cell of the scope, or the only one. */
  readonly cells: readonly Observed<Condition, Run, T>[];
  readonly control: Observed<Condition, Run, T>;
  readonly positiveControl: Observed<Condition, Run, T> | null;
}

/** One condition, or one for each cell of a scope, by its label ("n = 5"). */
export type Scope<Condition> = Condition | Readonly<Record<string, Condition>>;

export const isCondition = <Condition extends Seeded>(given: Scope<Condition>): given is Condition =>
  Array.isArray((given as Partial<Seeded>).seeds);

/**
 * A claim about what training finds (`population`), about the order of events in it (`dynamics`), or about a solution's
 * neighbourhood (`landscape`): one mechanism, with an observation of another kind.
 */
export type PopulationSpec<Condition extends Seeded, Run extends Trained, T extends Observation> = Place & {
  readonly kind?: "population" | "dynamics" | "landscape";
  /** The claim in plain words, with its scope. */
  readonly claim: string;
  /** Its seeds are used from the first on, until the evidence decides: they are the most it may use. */
  readonly given: Scope<Condition>;
  /** With several cells: whether the claim needs every one (the default) or some. */
  readonly holdsIn?: "every cell" | "some cell";
  /** A second population to compare with, seed by seed. */
  readonly versus?: Scope<Condition>;
  /** What to read off a run; with `versus`, off a run and its counterpart. */
  readonly observe: (run: Run, other: Run) => T;
  readonly expect: Expectation<NoInfer<T>>;
  /** A contrasting condition in which the criterion has to fail. */
  readonly control: ControlSpec<Condition>;
  /**
   * A condition in which the criterion has to be met. A claim that is refuted needs it, so that a refutation
   * cannot come from a criterion that nothing meets.
   */
  readonly positiveControl?: ControlSpec<Condition>;
  /**
   * Whether the claim is about end points (the default): a seed that has not converged then counts against either
   * verdict. `false`: about whatever the budget reaches.
   */
  readonly endPoints?: boolean;
  /** The chance, at most, that the verdict is wrong; shared among the cells. Default 0.0001. */
  readonly errorRate?: number;
  // A method, so that one figure serves observations of any type.
  figure?(result: PopulationResult<Condition, Run, NoInfer<T>>): Figure;
};

/** A named condition. What it leaves out is as in the first cell. */
export type ControlSpec<Condition> = {
  readonly name: string;
  readonly versus?: Partial<Condition>;
} & Partial<Condition>;

/** A property of fast-check, or a function that returns false or throws where it fails. */
export type Property = import("fast-check").IRawProperty<unknown> | (() => boolean);

/** A statement of mathematics: properties that must hold, and near misses that must not. */
export type ExactSpec = Place & {
  readonly claim: string;
  readonly properties: Readonly<Record<string, Property>>;
  /** The control: statements close to the claim that are false, each refuted by a counterexample. */
  readonly nearMiss: Readonly<Record<string, Property>>;
  readonly figure?: () => Figure;
};

export type Populations<Run extends Trained> = Readonly<Record<string, Population<Run>>>;

/** An open question: numbers with their uncertainty, and an answer in one line. */
export type OpenSpec<Condition extends Seeded, Run extends Trained> = Place & {
  readonly question: string;
  readonly given: Scope<Condition>;
  readonly measure: (populations: Populations<Run>) => OpenAnswer;
  readonly figure?: (populations: Populations<Run>, answer: OpenAnswer) => Figure;
};

/** The answer in one line, and the numbers behind it by name. */
export type OpenAnswer = Pick<OpenEvidence, "answer" | "values">;
