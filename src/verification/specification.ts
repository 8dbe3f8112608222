import type { Ensemble } from "../train/ensemble.ts";
import type { Run } from "../train/run.ts";
import type { Measured } from "./conclusion.ts";
import type { Condition } from "./condition.ts";
import type { Criterion } from "./criterion.ts";
import type { Observation } from "./observation.ts";
import type { Headline, Verdict } from "./verdict.ts";

/** What every hypothesis says of itself. */
export interface Statement {
  /** The claim in plain words. */
  readonly claim: string;
  /** The section of the note. */
  readonly section: string;
  /** How a vague wording was made measurable, and why that is fair. */
  readonly reading?: string;
}

/** A population observed under one condition. */
export interface Observed<T extends Observation> {
  readonly label: string;
  readonly ensemble: Ensemble;
  /** The population it was compared with; itself where there is none. */
  readonly versus: Ensemble;
  /** In the order of the seeds; null for a seed that diverged. */
  readonly values: readonly (T | null)[];
  /** Seeds that met the criterion, in the order of the seeds. */
  readonly satisfied: readonly boolean[];
  readonly proportion: readonly [number, number];
  readonly verdict: "holds" | "refuted" | "inconclusive";
  /** "254 of 256 seeds (0.95–1)". */
  readonly words: string;
}

/** What a figure is drawn from. */
export interface PopulationResult<T extends Observation> {
  readonly verdict: Verdict;
  readonly criterion: Criterion<T>;
  /** One for each cell of the scope, or the only one. */
  readonly cells: readonly Observed<T>[];
  readonly control: Observed<T>;
}

/** A contrasting condition in which the same criterion has to fail. What it leaves out is as in the given condition. */
export type Control = { readonly name: string } & Partial<Condition>;

/**
 * A claim about what training finds (`population`), the order of events while it trains (`dynamics`), or a
 * solution's neighbourhood (`landscape`): the same mechanism, with an observation of another kind.
 */
export interface PopulationSpec<T extends Observation> extends Statement {
  readonly kind?: "population" | "dynamics" | "landscape";
  /** The condition, or one condition for each cell of a scope, by the cell's label ("n = 5"). */
  readonly given: Condition | Readonly<Record<string, Condition>>;
  /** With several cells: the claim holds when it does in `every` (default) or in `some` cell. */
  readonly headline?: Headline;
  /**
   * What to read off a run. With `versus`, the run of the same place in the other population comes second, and the
   * observation is of the pair.
   */
  readonly observe: (run: Run, other: Run) => T;
  /** A second population to compare with, seed by seed. */
  readonly versus?: Condition | Readonly<Record<string, Condition>>;
  readonly expect: Criterion<T>;
  readonly control: Control & { readonly versus?: Partial<Condition> };
  /**
   * Whether the claim is about end points (the default): a seed whose gradient has not vanished is then undecided,
   * counted against `holds` and against `refuted`. `false`: about whatever the recipe's budget reaches.
   */
  readonly endPoints?: boolean;
  /** Chance that a verdict is wrong, at most; shared among the cells of a scope. Default 0.0001. */
  readonly errorRate?: number;
  /** A configuration that meets the criterion, so that a refutation cannot come from a criterion nothing can meet. */
  readonly witness?: T;
  /** A method, for the same reason as a criterion's test. */
  figure?(result: PopulationResult<T>): Buffer;
}

/** A property of fast-check, or a plain check that throws or returns false when it fails. */
export type Property = import("fast-check").IRawProperty<unknown> | (() => boolean);

/** A statement of mathematics: properties that must hold, and near misses that must not. */
export interface ExactSpec extends Statement {
  readonly properties: Readonly<Record<string, Property>>;
  /** The control: statements close to the claim that are false, each refuted by a counterexample. */
  readonly nearMiss: Readonly<Record<string, Property>>;
  readonly figure?: () => Buffer;
}

/** An open question: a number (or several) with its uncertainty, and a one-line answer. */
export interface OpenSpec extends Omit<Statement, "claim"> {
  readonly question: string;
  readonly given: Readonly<Record<string, Condition>>;
  readonly measure: (ensembles: Readonly<Record<string, Ensemble>>) => OpenAnswer;
  readonly figure?: (ensembles: Readonly<Record<string, Ensemble>>, answer: OpenAnswer) => Buffer;
}

export interface OpenAnswer {
  /** The answer in one line. */
  readonly answer: string;
  readonly values: Readonly<Record<string, Measured>>;
}

export type Spec<T extends Observation> = PopulationSpec<T> | ExactSpec | OpenSpec;
