import type { Gallery, GallerySeed } from "../examples/gallery.ts";

/** What the page is told with the event "show-seed": a seed to show closer. */
export interface ShownSeed {
  /** What it is a seed of. */
  readonly where: string;
  readonly gallery: Pick<Gallery, "of" | "command">;
  readonly seed: GallerySeed;
}
