export { type ComplexPoints, complexGram, complexLoss, descendComplex } from "./complex.ts";
export {
  polygonRecovered,
  polygonSquaredNorm,
  shareDirections,
  tricappedTrigonalPrismOptimum,
} from "./constructions.ts";
export { losslessCircle, losslessSquaredRadius } from "./lossless-circle.ts";
export { excessBiases, nearestBiases } from "./power-diagram.ts";
export { angularCurvature, ringLoss, zeroCurvature } from "./softmax-ring.ts";
export { fiveOnHexagon, spiral, spiralLoss } from "./untied-constructions.ts";
