export { distribution } from "./distribution.ts";
export { heatMap } from "./heat-map.ts";
export { pairs } from "./pairs.ts";
export { proportions } from "./proportions.ts";
export { scopeMap } from "./scope-map.ts";
export { series } from "./series.ts";
export { trajectory } from "./trajectory.ts";
