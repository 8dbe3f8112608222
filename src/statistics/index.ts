export { lowerBound, upperBound } from "./clopper-pearson.ts";
export { groupMeansFit, nestedFitPValue, polynomialFit } from "./fit.ts";
export { quantile, quantileBounds } from "./quantile.ts";
export { cosineTail, meanAbsoluteCosine, sphereSample } from "./sphere.ts";
export { correlationWithin, effectiveNumber, unevenness } from "./spread.ts";
