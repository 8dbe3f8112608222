/** What hypotheses are written with, from the model up to the verdict. */

export { dropAround, newHighs, passesBefore, plateau } from "./dynamics/events.ts";
export { firstPassage, race } from "./dynamics/order.ts";
export { compose } from "./figures/canvas/drawing.ts";
export { distribution } from "./figures/charts/distribution.ts";
export { heatMap } from "./figures/charts/heat-map.ts";
export { pairs } from "./figures/charts/pairs.ts";
export { proportions } from "./figures/charts/proportions.ts";
export { scopeMap } from "./figures/charts/scope-map.ts";
export { series } from "./figures/charts/series.ts";
export { trajectory } from "./figures/charts/trajectory.ts";
export { configuration } from "./figures/shapes/configuration.ts";
export { plane } from "./figures/shapes/plane.ts";
export { polyhedron as polyhedronDrawing } from "./figures/shapes/polyhedron.ts";
export { biasByDistance } from "./geometry/bias-by-distance.ts";
export { directions, stableCount } from "./geometry/directions.ts";
export {
  betweenBlocks,
  interference,
  simplePolytopes,
  tegum,
  tegumMean,
  welchRms,
} from "./geometry/frames/interference.ts";
export {
  deviationFromIdentity,
  frameSpectrum,
  outerSum,
  prettyGoodVectors,
  reciprocalVectors,
} from "./geometry/frames/measurement.ts";
export { orthonormalDilation } from "./geometry/frames/naimark.ts";
export { interferingShare, orthogonalBlocks } from "./geometry/frames/orthogonal-blocks.ts";
export {
  assignedReaders,
  cosine,
  nearestReaders,
  readDirections,
  strongestReaders,
} from "./geometry/frames/reading.ts";
export { nearestDirections } from "./geometry/nearest.ts";
export { concentricRings } from "./geometry/plane/convex-layers.ts";
export { inside, leftOutline } from "./geometry/plane/inside.ts";
export { outline } from "./geometry/plane/outline.ts";
export { regularPolygon } from "./geometry/plane/polygon.ts";
export {
  angleBetween,
  angleOffCross,
  emptyOppositeSectors,
  longestPair,
} from "./geometry/plane/quadrants.ts";
export { polyhedron } from "./geometry/polyhedra/polyhedron.ts";
export {
  bipyramid,
  polygon as regularPolygonPoints,
  squareAntiprism,
  tricappedTrigonalPrism,
} from "./geometry/polyhedra/shapes.ts";
export { rank } from "./geometry/rank.ts";
export { apply } from "./geometry/symmetry/isometry.ts";
export { canonicalOrientation } from "./geometry/symmetry/orientation.ts";
export { symmetryGroup } from "./geometry/symmetry/symmetry.ts";
export { twins } from "./geometry/twins.ts";
export { twoLevel } from "./geometry/two-level.ts";
export { dot, type Point } from "./geometry/vector.ts";
export { circleBasinRadius } from "./landscape/circle-basin.ts";
export { classify } from "./landscape/classify.ts";
export { hessian } from "./landscape/hessian.ts";
export { polish } from "./landscape/polish.ts";
export { redistribute } from "./landscape/redistribute.ts";
export { spectrum } from "./landscape/spectrum.ts";
export { answers, recovered } from "./models/answers.ts";
export { autoencoder } from "./models/autoencoder.ts";
export { collapse, widen } from "./models/collapse.ts";
export { balanced } from "./models/data/balanced.ts";
export type { DataSet } from "./models/data/data.ts";
export { kHot, oneHot, permuted, sparseUniform } from "./models/data/data.ts";
export { mergedSingles } from "./models/data/merged-singles.ts";
export { randomDirections, randomLabels } from "./models/data/random-data.ts";
export { decoded, probabilities } from "./models/decoding.ts";
export { initialise } from "./models/initialise.ts";
export type { Initialisation, Model } from "./models/model.ts";
export { network } from "./models/network.ts";
export { gradient, loss, terms } from "./models/objective.ts";
export { bestReadout } from "./models/readout.ts";
export { ownOutputs, ownPreactivations, preactivations } from "./models/responses.ts";
export { type ComplexPoints, complexGram, complexLoss, descendComplex } from "./models/solutions/complex.ts";
export {
  polygonInterference,
  polygonRecovered,
  polygonSquaredNorm,
  shareDirections,
  tricappedTrigonalPrismOptimum,
} from "./models/solutions/constructions.ts";
export { losslessCircle, losslessSquaredRadius } from "./models/solutions/lossless-circle.ts";
export { excessBiases, nearestBiases } from "./models/solutions/power-diagram.ts";
export { angularCurvature, ringLoss, zeroCurvature } from "./models/solutions/softmax-ring.ts";
export { fiveOnHexagon, spiral, spiralLoss } from "./models/solutions/untied-constructions.ts";
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
