/** One mistake in the mathematics of the code, and the spec files whose hypotheses must notice it. */
export interface Mutation {
  /** Category first. */
  readonly name: string;
  /** What it breaks, in words. */
  readonly change: string;
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly search: string;
  readonly replacement: string;
  /** Under hypotheses/, without ".spec.ts". */
  readonly specs: readonly string[];
}
