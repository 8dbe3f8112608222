/** A function that returns a vector: WebAssembly that only browsers with SIMD accept. */
const vector = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/** Why nothing can be trained in this browser; null where it can. */
export function whyNotTrain(): string | null {
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(Uint8Array.from(vector)))
    return "This browser has no WebAssembly SIMD, which training needs.";
  return null;
}

/** Why nothing of the suite can run in this browser; null where it can. */
export function whyNotRun(): string | null {
  if (typeof Worker === "undefined") return "This browser has no Web Workers.";
  if (typeof DecompressionStream === "undefined") return "This browser cannot unpack the page's scripts.";
  if (typeof OffscreenCanvas === "undefined") return "This browser cannot draw outside of the page (OffscreenCanvas).";
  return null;
}
