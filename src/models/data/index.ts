export { balanced } from "./balanced.ts";
export { type DataSet, kHot, oneHot, permuted, sparseUniform } from "./data.ts";
export { mergedSingles } from "./merged-singles.ts";
export { randomDirections, randomLabels } from "./random-data.ts";
