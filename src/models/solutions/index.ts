export { bestNorms, coverage } from "./best-norms.ts";
export { type ComplexPoints, complexGram, complexLoss, descendComplex } from "./complex.ts";
export {
  polygonRecovered,
  polygonSquaredNorm,
  shareDirections,
  squareAntiprismOptimum,
  tricappedTrigonalPrismOptimum,
} from "./constructions.ts";
export { lifted, liftedCircle } from "./lifted.ts";
export { losslessCircle, losslessSquaredRadius } from "./lossless-circle.ts";
export { openedSquare, openedSquareGain } from "./opened-square.ts";
export { excessBiases, nearestBiases } from "./power-diagram.ts";
export { fiveCellEdges, simplexSquare, simplexSquareOptimum } from "./simplex-square.ts";
export { angularCurvature, ringLoss, zeroCurvature } from "./softmax-ring.ts";
export { fiveOnHexagon, spiral, spiralLoss } from "./untied-constructions.ts";
