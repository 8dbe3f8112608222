export { configuration } from "./configuration.ts";
export { plane } from "./plane.ts";
export { polyhedron } from "./polyhedron.ts";
