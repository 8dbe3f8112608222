import type { Gallery, GallerySeed } from "../examples/gallery.ts";

/** A seed that the page shows closer; sent with the event "show-seed". */
export interface ShownSeed {
  /** What it is a seed of, in words. */
  readonly where: string;
  readonly gallery: Pick<Gallery, "of" | "command">;
  readonly seed: GallerySeed;
  /** The same for whatever can do more with it: passed on, beside the seed's number, with the dialog's event "seed". */
  readonly source: object;
}
