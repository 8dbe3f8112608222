import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { encodePng } from "../../../figures/canvas/png.ts";
import type { Gallery, GallerySeed } from "../../gallery.ts";
import type { ConclusionRecord } from "../../record.ts";
import type { Report } from "../../report.ts";
import { exampleConclusion, exampleReport } from "../../testing/report.ts";
import { writeAtlas } from "../atlas.ts";

export const hostile = `<script>alert("x")</script> & 'quotes' "double" </style><img src=x onerror=y>`;

function seed(number: number, changes: Partial<GallerySeed> = {}): GallerySeed {
  return {
    seed: number,
    why: "typical",
    met: true,
    like: 200,
    observed: "5",
    status: "converged",
    loss: 0.1,
    sketch: { reach: 1, places: [0, -50, 48, -15, 29, 40, -29, 40, -48, -15], shared: 1 },
    ...changes,
  };
}

const given: Gallery = {
  label: "given",
  of: 256,
  command: "npm run explore -- --features 5 --seeds {seed} --engine wasm",
  seeds: [
    seed(17, { why: "worst", met: false, like: 1, observed: hostile }),
    seed(4, { why: "odd", like: 2, status: "diverged", loss: null, sketch: null }),
    seed(0),
  ],
};
const solid: Gallery = {
  label: "control: space",
  of: 256,
  command: null,
  seeds: [
    seed(1, {
      sketch: {
        reach: 1,
        places: [0, -50, 40, 0, -40, 0, 0, 50],
        shared: 0,
        edges: [0, 1, 1, 3, 0, 2, 2, 3, 1, 2],
        front: 4,
      },
    }),
    seed(2, { sketch: { reach: 1, places: [], shared: 0, heat: "eccbedace" } }),
    seed(3, { sketch: { reach: 2, places: [25, 0], shared: 0, read: [0, 50] } }),
  ],
};
const population = {
  verdict: "holds",
  satisfied: 255,
  of: 256,
  proportion: [0.96, 1],
  endings: { converged: 255, diverged: 1 },
  observed: ["5 ×255", "4 ×1"],
};

const details = {
  title: "T1 pentagons",
  file: "hypotheses/example.spec.ts",
  line: 3,
  reading: null,
  galleries: [],
};

/** One hypothesis of each kind and state: a record, and what a run reported. T3 did not run. */
export const exampleRecord: ConclusionRecord = {
  S1: {
    ...exampleConclusion,
    claim: "A chain adds nothing.",
    section: "The set-up",
    kind: "exact",
    evidence: { "rank 2": "no counterexample in 200 inputs", "near miss: rank 1": "counterexample [2]" },
    errorRate: null,
    trained: null,
  },
  T1: {
    ...exampleConclusion,
    claim: "Models learn a pentagon.",
    summary: "always 5: 255 of 256 seeds",
    section: "Tied",
    evidence: {
      given: population,
      "control: space": { ...population, verdict: "refuted", satisfied: 3, proportion: [0, 0.05] },
    },
    figure: true,
  },
  T2: {
    ...exampleConclusion,
    claim: "Solutions are degenerate.",
    section: "Tied",
    kind: "landscape",
    verdict: "refuted",
    figure: true,
  },
  T3: {
    ...exampleConclusion,
    claim: "One feature each.",
    section: "Tied",
    verdict: "inconclusive",
    figure: true,
  },
  T4: {
    ...exampleConclusion,
    claim: "How many?",
    section: "Tied",
    kind: "open",
    verdict: "measured",
    summary: "Twelve.",
    evidence: { share: { value: 0.5, low: 0.4, high: 0.6 }, slope: { value: 12, low: 11, high: 13 } },
  },
};

export const exampleReports: readonly Report[] = [
  exampleReport("T2", { ...exampleRecord.T2!, verdict: "holds" }, "changed", {
    picture: { state: "different", actual: "reports/figures/T2.png" },
    details: { ...details, title: "T2 degenerate" },
  }),
  exampleReport("T1", exampleRecord.T1!, "same", {
    picture: { state: "same", actual: "reports/figures/T1.png" },
    details: { ...details, reading: `Directions ${hostile}`, galleries: [given, solid] },
  }),
  exampleReport("T4", exampleRecord.T4!, "moved", {
    details: {
      ...details,
      title: "T4 how many",
      galleries: [{ ...given, label: "n = 5", seeds: [seed(8, { met: null, observed: null })] }],
    },
  }),
  exampleReport("S1", exampleRecord.S1!, "same", {
    engine: null,
    details: { ...details, title: "S1 chain" },
  }),
  exampleReport(
    "my-own",
    {
      ...exampleConclusion,
      claim: hostile,
      section: hostile,
      summary: hostile,
      evidence: { [hostile]: hostile },
    },
    "missing",
    { details: { ...details, title: "my-own" } },
  ),
];

/** A picture of one colour, 80 × 60 pixels. */
export function png(colour: number): Buffer {
  const pixels = new Uint8ClampedArray(80 * 60 * 4).fill(255);
  for (let i = 0; i < pixels.length; i += 4) pixels[i] = colour;
  return encodePng(pixels, 80, 60);
}

/** Writes the example's page into a directory of its own, with the pictures that it needs. */
export function writeExample(reports: readonly Report[] = exampleReports): { root: string; file: string } {
  mkdirSync(".cache", { recursive: true });
  const root = mkdtempSync(resolve(".cache/atlas-"));
  const places = { reports: join(root, "reports"), figures: join(root, "snapshots/figures") };
  mkdirSync(places.figures, { recursive: true });
  mkdirSync(join(places.reports, "figures/differences"), { recursive: true });
  mkdirSync(join(root, "hypotheses"));
  for (const id of ["T1", "T2", "T3"]) writeFileSync(join(places.figures, `${id}.png`), png(0));
  // T3 is left from an earlier run.
  for (const id of ["T1", "T2", "T3", "differences/T2"])
    writeFileSync(join(places.reports, "figures", `${id}.png`), png(99));
  for (const name of ["ERRATA.md", "README.md", "hypotheses/example.spec.ts"])
    writeFileSync(join(root, name), "");
  return { root, file: writeAtlas(reports, exampleRecord, places) };
}
