/** What hypotheses are written with, from the model up to the verdict. */
export { configuration } from "./figures/configuration";
export { distribution } from "./figures/distribution";
export { compose } from "./figures/drawing";
export { plane } from "./figures/plane";
export { polyhedron as polyhedronDrawing } from "./figures/polyhedron";
export { proportions } from "./figures/proportions";
export { series } from "./figures/series";
export { trajectory } from "./figures/trajectory";
export { directions, stableCount } from "./geometry/directions";
export { regularPolygon } from "./geometry/polygon";
export { polyhedron } from "./geometry/polyhedron";
export {
  bipyramid,
  polygon as regularPolygonPoints,
  squareAntiprism,
  tricappedTrigonalPrism,
} from "./geometry/shapes";
export { symmetryGroup } from "./geometry/symmetry";
export { classify } from "./landscape/classify";
export { polish } from "./landscape/polish";
export { redistribute } from "./landscape/redistribute";
export { autoencoder } from "./models/autoencoder";
export {
  polygonInterference,
  polygonRecovered,
  polygonSquaredNorm,
  shareDirections,
  tricappedTrigonalPrismOptimum,
} from "./models/constructions";
export { kHot, oneHot, permuted, sparseUniform } from "./models/data";
export type { Model } from "./models/model";
export { gradient, loss, terms } from "./models/objective";
export { nestedFitPValue, polynomialFit } from "./statistics/fit";
export { quantile, quantileBounds } from "./statistics/quantile";
export { recipe } from "./train/recipe";
export type { Run, State } from "./train/run";
export { range } from "./train/seeds";
export { always, inAtLeast, often } from "./verification/criterion";
export { hypothesis } from "./verification/hypothesis";
export { configurations, distributions, satisfaction, verdictLine } from "./verification/pictures";
