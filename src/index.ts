/** What hypotheses are written with, from the model up to the verdict. */
export { configuration } from "./figures/configuration.ts";
export { distribution } from "./figures/distribution.ts";
export { compose } from "./figures/drawing.ts";
export { heatMap } from "./figures/heat-map.ts";
export { pairs } from "./figures/pairs.ts";
export { plane } from "./figures/plane.ts";
export { polyhedron as polyhedronDrawing } from "./figures/polyhedron.ts";
export { proportions } from "./figures/proportions.ts";
export { scopeMap } from "./figures/scope-map.ts";
export { series } from "./figures/series.ts";
export { trajectory } from "./figures/trajectory.ts";
export { biasByDistance } from "./geometry/bias-by-distance.ts";
export { concentricRings } from "./geometry/convex-layers.ts";
export { directions, stableCount } from "./geometry/directions.ts";
export { dropAround, newHighs, passesBefore, plateau } from "./geometry/events.ts";
export { inside, leftOutline } from "./geometry/inside.ts";
export {
  betweenBlocks,
  interference,
  simplePolytopes,
  tegum,
  tegumMean,
  welchRms,
} from "./geometry/interference.ts";
export { apply } from "./geometry/isometry.ts";
export {
  deviationFromIdentity,
  frameSpectrum,
  outerSum,
  prettyGoodVectors,
  reciprocalVectors,
} from "./geometry/measurement.ts";
export { orthonormalDilation } from "./geometry/naimark.ts";
export { nearestDirections } from "./geometry/nearest.ts";
export { canonicalOrientation } from "./geometry/orientation.ts";
export { interferingShare, orthogonalBlocks } from "./geometry/orthogonal-blocks.ts";
export { outline } from "./geometry/outline.ts";
export { regularPolygon } from "./geometry/polygon.ts";
export { polyhedron } from "./geometry/polyhedron.ts";
export { angleBetween, angleOffCross, emptyOppositeSectors, longestPair } from "./geometry/quadrants.ts";
export { firstPassage, race } from "./geometry/race.ts";
export { rank } from "./geometry/rank.ts";
export {
  assignedReaders,
  cosine,
  nearestReaders,
  readDirections,
  strongestReaders,
} from "./geometry/reading.ts";
export {
  bipyramid,
  polygon as regularPolygonPoints,
  squareAntiprism,
  tricappedTrigonalPrism,
} from "./geometry/shapes.ts";
export { symmetryGroup } from "./geometry/symmetry.ts";
export { twins } from "./geometry/twins.ts";
export { twoLevel } from "./geometry/two-level.ts";
export { fiveOnHexagon, spiral, spiralLoss } from "./geometry/untied-constructions.ts";
export { dot, type Point } from "./geometry/vector.ts";
export { circleBasinRadius } from "./landscape/circle-basin.ts";
export { classify } from "./landscape/classify.ts";
export { hessian } from "./landscape/hessian.ts";
export { polish } from "./landscape/polish.ts";
export { redistribute } from "./landscape/redistribute.ts";
export { spectrum } from "./landscape/spectrum.ts";
export { answers, recovered } from "./models/answers.ts";
export { autoencoder } from "./models/autoencoder.ts";
export { balanced } from "./models/balanced.ts";
export { collapse, widen } from "./models/collapse.ts";
export { type ComplexPoints, complexGram, complexLoss, descendComplex } from "./models/complex.ts";
export {
  polygonInterference,
  polygonRecovered,
  polygonSquaredNorm,
  shareDirections,
  tricappedTrigonalPrismOptimum,
} from "./models/constructions.ts";
export type { DataSet } from "./models/data.ts";
export { kHot, oneHot, permuted, sparseUniform } from "./models/data.ts";
export { decoded, probabilities } from "./models/decoding.ts";
export { initialise } from "./models/initialise.ts";
export { losslessCircle, losslessSquaredRadius } from "./models/lossless-circle.ts";
export { mergedSingles } from "./models/merged-singles.ts";
export type { Initialisation, Model } from "./models/model.ts";
export { network } from "./models/network.ts";
export { gradient, loss, terms } from "./models/objective.ts";
export { excessBiases, nearestBiases } from "./models/power-diagram.ts";
export { randomDirections, randomLabels } from "./models/random-data.ts";
export { bestReadout } from "./models/readout.ts";
export { ownOutputs, ownPreactivations, preactivations } from "./models/responses.ts";
export { angularCurvature, ringLoss, zeroCurvature } from "./models/softmax-ring.ts";
export { lowerBound, upperBound } from "./statistics/clopper-pearson.ts";
export { nestedFitPValue, polynomialFit } from "./statistics/fit.ts";
export { quantile, quantileBounds } from "./statistics/quantile.ts";
export { cosineTail, meanAbsoluteCosine, sphereSample } from "./statistics/sphere.ts";
export { correlationWithin, effectiveNumber, unevenness } from "./statistics/spread.ts";
export { recipe } from "./train/recipe.ts";
export type { Run, State } from "./train/run.ts";
export { range } from "./train/seeds.ts";
export { always, inAtLeast, often } from "./verification/criterion.ts";
export { hypothesis } from "./verification/hypothesis.ts";
export type { Observation } from "./verification/observation.ts";
export { configurations, distributions, satisfaction, verdictLine } from "./verification/pictures.ts";
export type { PopulationResult } from "./verification/specification.ts";
