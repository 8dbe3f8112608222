/**
 * What sort of statement a claim is, and so how it is tested:
 * - `exact`: a statement of mathematics, checked over generated inputs and against closed forms;
 * - `population`: a statement about what training finds, tested on a share of seeds, with a control;
 * - `dynamics`: a statement about the order or the shape of events during training;
 * - `landscape`: a statement about a solution's neighbourhood: gradient, Hessian, flat directions;
 * - `open`: a question, answered by a measurement with its uncertainty.
 */
export const kinds = ["exact", "population", "dynamics", "landscape", "open"] as const;
export type Kind = (typeof kinds)[number];
