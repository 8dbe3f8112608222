export { circleBasinRadius } from "./circle-basin.ts";
export { classify } from "./classify.ts";
export { hessian } from "./hessian.ts";
export { polish } from "./polish.ts";
export { spectrum } from "./spectrum.ts";
