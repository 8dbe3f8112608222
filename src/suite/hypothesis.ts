import { hypothesesAbout } from "../verification/hypothesis.ts";
import { toyModels } from "./trainer.ts";

/** How hypotheses about toy models are written. */
export const { hypothesis, exactClaim, openQuestion } = hypothesesAbout(toyModels());
