import kernel from "virtual:kernel";
import { scope } from "../scope.ts";

/** What node:worker_threads gives a thread of the embedded engine (train/engines/wasm/worker.mjs), in a browser's worker. */
const bytes = Uint8Array.from(atob(kernel), (c) => c.charCodeAt(0));
export const workerData = { module: new WebAssembly.Module(bytes) };

export const parentPort = {
  postMessage: scope.postMessage.bind(scope),
  on: (_: "message", listener: (message: unknown) => void) =>
    scope.addEventListener("message", ({ data }) => listener(data)),
};
