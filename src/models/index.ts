export { answers, recovered } from "./answers.ts";
export { collapse, widen } from "./collapse.ts";
export { decoded, probabilities } from "./decoding.ts";
export { initialise } from "./initialise.ts";
export type { Initialisation, Model } from "./model.ts";
export { gradient, loss, terms } from "./objective.ts";
export { bestReadout } from "./readout.ts";
export { ownOutputs, ownPreactivations, preactivations } from "./responses.ts";
