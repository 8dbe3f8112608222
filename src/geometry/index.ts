export { biasByDistance } from "./bias-by-distance.ts";
export { directions, stableCount } from "./directions.ts";
export {
  betweenBlocks,
  interference,
  simplePolytopes,
  tegum,
  tegumMean,
  welchRms,
} from "./frames/interference.ts";
export {
  deviationFromIdentity,
  frameSpectrum,
  outerSum,
  prettyGoodVectors,
  reciprocalVectors,
} from "./frames/measurement.ts";
export { orthonormalDilation } from "./frames/naimark.ts";
export { interferingShare, orthogonalBlocks } from "./frames/orthogonal-blocks.ts";
export {
  assignedReaders,
  cosine,
  nearestReaders,
  readDirections,
  strongestReaders,
} from "./frames/reading.ts";
export { nearestDirections } from "./nearest.ts";
export { concentricRings } from "./plane/convex-layers.ts";
export { inside } from "./plane/inside.ts";
export { outline } from "./plane/outline.ts";
export { regularPolygon } from "./plane/polygon.ts";
export { angleBetween, angleOffCross, emptyOppositeSectors, longestPair } from "./plane/quadrants.ts";
export { polyhedron } from "./polyhedra/polyhedron.ts";
export { antiprism, bipyramid, polygon, tricappedTrigonalPrism } from "./polyhedra/shapes.ts";
export { rank } from "./rank.ts";
export { apply } from "./symmetry/isometry.ts";
export { canonicalOrientation } from "./symmetry/orientation.ts";
export { symmetryGroup } from "./symmetry/symmetry.ts";
export { twins } from "./twins.ts";
export { twoLevel } from "./two-level.ts";
export { dot, type Point } from "./vector.ts";
