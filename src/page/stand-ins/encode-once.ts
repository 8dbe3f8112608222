/** figures/canvas/encode-once.ts: a page shows pixels, and encodes nothing. */
export function encodeOnce(): never {
  throw new Error("a page encodes no figures");
}
