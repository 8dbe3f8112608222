/** What hypotheses are written with, from the model up to the verdict. */
export { configuration } from "./figures/configuration.ts";
export { distribution } from "./figures/distribution.ts";
export { compose } from "./figures/drawing.ts";
export { plane } from "./figures/plane.ts";
export { polyhedron as polyhedronDrawing } from "./figures/polyhedron.ts";
export { proportions } from "./figures/proportions.ts";
export { series } from "./figures/series.ts";
export { trajectory } from "./figures/trajectory.ts";
export { directions, stableCount } from "./geometry/directions.ts";
export { regularPolygon } from "./geometry/polygon.ts";
export { polyhedron } from "./geometry/polyhedron.ts";
export {
  bipyramid,
  polygon as regularPolygonPoints,
  squareAntiprism,
  tricappedTrigonalPrism,
} from "./geometry/shapes.ts";
export { symmetryGroup } from "./geometry/symmetry.ts";
export { classify } from "./landscape/classify.ts";
export { polish } from "./landscape/polish.ts";
export { redistribute } from "./landscape/redistribute.ts";
export { autoencoder } from "./models/autoencoder.ts";
export {
  polygonInterference,
  polygonRecovered,
  polygonSquaredNorm,
  shareDirections,
  tricappedTrigonalPrismOptimum,
} from "./models/constructions.ts";
export { kHot, oneHot, permuted, sparseUniform } from "./models/data.ts";
export type { Model } from "./models/model.ts";
export { gradient, loss, terms } from "./models/objective.ts";
export { nestedFitPValue, polynomialFit } from "./statistics/fit.ts";
export { quantile, quantileBounds } from "./statistics/quantile.ts";
export { recipe } from "./train/recipe.ts";
export type { Run, State } from "./train/run.ts";
export { range } from "./train/seeds.ts";
export { always, inAtLeast, often } from "./verification/criterion.ts";
export { hypothesis } from "./verification/hypothesis.ts";
export { configurations, distributions, satisfaction, verdictLine } from "./verification/pictures.ts";
