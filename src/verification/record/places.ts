import { join, relative, sep } from "node:path";

/** Where a suite keeps its record and its figures, and where a run writes. */
export interface Places {
  /** The suite's root: Vitest's, wherever it was started. */
  readonly root: string;
  readonly record: string;
  readonly figures: string;
  readonly reports: string;
}

export function placesIn(root: string): Places {
  return {
    root,
    record: join(root, "snapshots/conclusions.json"),
    figures: join(root, "snapshots/figures"),
    reports: join(root, "reports"),
  };
}

/** A file as seen from the root, with "/" on every system: for people, and for machines that have the root elsewhere. */
export function fromRoot({ root }: Pick<Places, "root">, file: string): string {
  return relative(root, file).split(sep).join("/");
}

export function figureFile({ figures }: Pick<Places, "figures">, id: string): string {
  return join(figures, `${id}.png`);
}
