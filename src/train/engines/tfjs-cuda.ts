/** An engine of its own by name, so that runs trained on CUDA and in plain JavaScript are never taken for each other. */
export { createTfjsCudaEngine } from "./tfjs/engine.ts";
