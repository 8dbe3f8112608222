import type { Gallery } from "../../../verification/examples/gallery.ts";
import { exampleReport } from "../../../verification/testing/report.ts";
import { writeWholePage } from "../../testing/whole-page.ts";

const typical = { why: "typical", met: true, like: 9, observed: null, status: "converged", loss: 0.1 } as const;
const gallery = (label: string, seed: number): Gallery => ({
  label,
  of: 9,
  command: null,
  seeds: [{ ...typical, seed, thumbnail: { reach: 1, places: [0, -50, 50, 0], shared: 0 } }],
});

/** Hypotheses with galleries of one seed each: in the plane, in space, in more dimensions, and one that diverges. */
const shown: Readonly<Record<string, readonly Gallery[]>> = {
  T1: [gallery("n = 5", 20000)],
  T10: [gallery("n = 9", 20000)],
  S3: [gallery("d = 4, superposed, n = 4d", 20000)],
  C5: [gallery("n = 8, rate 16", 20009)],
};

/** The page of some of the suite's hypotheses, with all that runs in it. */
export const writePage = () =>
  writeWholePage(
    (record) => Object.fromEntries(Object.keys(shown).map((id) => [id, record[id]!])),
    (record) => Object.entries(shown).map(([id, galleries]) => exampleReport(id, record[id], "same", { galleries })),
  );
