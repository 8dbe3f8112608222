/** What hypotheses are written with: the words of a hypothesis here, everything else by room. */

export * as dynamics from "./dynamics/index.ts";
export * as charts from "./figures/charts/index.ts";
export * as shapes from "./figures/shapes/index.ts";
export * as geometry from "./geometry/index.ts";
export * as landscape from "./landscape/index.ts";
export { autoencoder } from "./models/autoencoder.ts";
export * as datasets from "./models/data/index.ts";
export * as models from "./models/index.ts";
export { network } from "./models/network.ts";
export * as solutions from "./models/solutions/index.ts";
export * as statistics from "./statistics/index.ts";
export type { Condition } from "./suite/condition.ts";
export { exactClaim, hypothesis, openQuestion } from "./suite/hypothesis.ts";
export { configurations, distributions, type Result } from "./suite/pictures.ts";
export { recipe } from "./train/recipe.ts";
export type { Run, State } from "./train/run.ts";
export { range } from "./train/seeds.ts";
export { scope } from "./verification/claim/scope.ts";
