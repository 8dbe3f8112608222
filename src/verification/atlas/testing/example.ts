import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { encodePng } from "../../../figures/canvas/png.ts";
import type { Conclusion } from "../../claim/conclusion.ts";
import type { Note } from "../../claim/note.ts";
import type { Gallery, GallerySeed } from "../../examples/gallery.ts";
import { type Places, placesIn } from "../../record/places.ts";
import type { ConclusionRecord } from "../../record/record.ts";
import type { Report } from "../../record/report.ts";
import {
  exampleAnswer,
  exampleCell,
  exampleConclusion,
  exampleEvidence,
  exampleRefuted,
  exampleReport,
} from "../../testing/report.ts";
import { type Run, writeAtlas } from "../atlas.ts";
import type { Entry } from "../entry.ts";

export const hostile = `<script>alert("x")</script> & 'quotes' "double" </style><img src=x onerror=y>`;

/** In the note's order T2 stands before T1. T9 has no hypothesis. */
export const exampleNote: Note = {
  title: "On shapes",
  author: "A. Writer",
  url: "https://example.org/shapes",
  sections: [
    { id: "set-up", title: "The set-up" },
    { id: "tied", title: "Tied models" },
  ],
  rows: [
    { id: "S1", section: "set-up", kinds: ["exact"], claim: "A chain adds nothing." },
    { id: "T2", section: "tied", kinds: ["landscape"], claim: "Solutions are degenerate." },
    { id: "T1", section: "tied", kinds: ["population"], claim: "Models learn a pentagon." },
    { id: "T3", section: "tied", kinds: ["population"], claim: "There is one feature in each direction." },
    { id: "T4", section: "tied", kinds: ["open"], claim: "How many directions are learned?" },
    { id: "T9", section: "tied", kinds: ["exact"], claim: "Nothing tests this." },
  ],
  errata: [
    {
      row: "T1",
      printed: "Models learn a pentagon.",
      found: "With five features they often learn a square.",
      instead: "With eight features they learn a pentagon.",
      shownBy: ["T1", "T1b", "T99"],
    },
  ],
};

const typical = { why: "typical", met: true, like: 200, observed: "5", status: "converged", loss: 0.1 } as const;
const thumbnail = { reach: 1, places: [0, -50, 48, -15, 29, 40, -29, 40, -48, -15], shared: 1 };
const seed = (number: number, given: Partial<GallerySeed> = {}) => ({ seed: number, ...typical, thumbnail, ...given });

const five: Gallery = {
  label: "n = 5",
  of: 256,
  command: "npm run explore -- --features 5 --seeds {seed} --engine wasm",
  seeds: [
    seed(17, { why: "worst", met: false, like: 1, observed: hostile }),
    seed(4, { why: "rare", like: 2, status: "diverged", loss: null, thumbnail: null }),
    seed(0),
  ],
};
const solid = { places: [0, -50, 40, 0, -40, 0, 0, 50], edges: [0, 1, 1, 3, 0, 2, 2, 3, 1, 2], front: 4 };
const space: Gallery = {
  label: "control: space",
  of: 256,
  command: null,
  seeds: [
    seed(1, { thumbnail: { reach: 1, shared: 0, ...solid } }),
    seed(2, { thumbnail: { reach: 1, places: [], shared: 0, heat: "eccbedace" } }),
    seed(3, { thumbnail: { reach: 2, places: [25, 0], shared: 0, read: [0, 50] } }),
  ],
};

const about = (row: string, role: Conclusion["role"], claim: string, found: Partial<Conclusion> = {}): Conclusion => {
  const section = row.startsWith("S") ? "set-up" : "tied";
  return { ...exampleConclusion, row, role, claim, section, title: `the title of ${row}`, ...found };
};
const fails = { ...exampleRefuted, satisfied: 3 };
const hostileEvidence = { ...exampleEvidence, cells: { [hostile]: exampleCell } };
const pentagon = { words: "a pentagon", share: 0.95 };

/** One hypothesis of each kind and state: a record, and what a run came to. T1b did not run. */
const exampleRecord: ConclusionRecord = {
  S1: about("S1", "as printed", "A chain multiplies into one matrix.", {
    kind: "exact",
    evidence: {
      properties: { "one matrix": { holds: true, found: "no counterexample in 200 inputs" } },
      nearMisses: { "of rank 1": { holds: false, found: "counterexample [2]" } },
    },
    errorRate: null,
    engine: null,
    trained: null,
  }),
  T1: about("T1", "as printed", "Models learn a pentagon from five features on.", {
    verdict: "in part",
    evidence: {
      criterion: pentagon,
      holdsIn: "every cell",
      cells: {
        "n = 5": { ...fails, trained: "5 → 2, 8,000 steps", endings: { converged: 255, diverged: 1 } },
        "n = 8": { ...exampleCell, interval: [0.96, 1] },
      },
      control: { ...fails, name: "space" },
      positiveControl: { ...exampleCell, name: "n = 9" },
    },
    operationalisation: `Directions ${hostile}`,
    figure: true,
  }),
  T1b: about("T1", "repaired", "Models learn a pentagon from eight features on."),
  T2: about("T2", "as printed", "Directions are shared.", { kind: "landscape", verdict: "refuted", figure: true }),
  T3: about("T3", "as printed", "Each feature is alone.", { verdict: "inconclusive", figure: true }),
  T4: about("T4", "answer", "How many directions does a model learn?", {
    ...exampleAnswer,
    evidence: {
      answer: "About twelve.",
      values: { "at d = 4": { value: 12.345678, low: 11, high: 13 } },
      populations: { "n = 5": "5 → 2, seeds 8", "n = 6": "6 → 2, seeds 8" },
    },
  }),
  T8b: about("T2", "instrument", "Training is gradient descent."),
};

export const exampleReports: readonly Report[] = [
  exampleReport("T2", { ...exampleRecord.T2!, verdict: "holds" }, "changed", {
    picture: {
      state: "different",
      actual: "reports/figures/T2.png",
      recorded: "snapshots/figures/T2.png",
      difference: "reports/figures/differences/T2.png",
    },
    comparison: { outcome: "changed", changes: [{ path: ["verdict"], before: "refuted", after: "holds" }] },
  }),
  exampleReport("T1", exampleRecord.T1!, "same", {
    picture: { state: "same", actual: "reports/figures/T1.png" },
    galleries: [five, space],
  }),
  exampleReport("T4", exampleRecord.T4!, "moved", {
    comparison: { outcome: "moved", changes: [{ path: ["at d = 4", "value"], before: "12", after: null }] },
    galleries: [{ ...five, seeds: [seed(8, { met: null, observed: null })] }],
  }),
  exampleReport("S1", exampleRecord.S1!, "same", { engine: null }),
  exampleReport("T8b", exampleRecord.T8b!, "same"),
  exampleReport("my-own", { claim: hostile, section: hostile, title: hostile, evidence: hostileEvidence }, "missing"),
];

/** Of one that concluded, one that did not, and one that is not on record. */
const exampleFailures: Run["failures"] = [
  {
    id: "T2",
    title: "the title of T2",
    message: "T2 changed its conclusion: Directions are shared.\n  verdict: refuted → holds",
  },
  { id: "T3", title: "the title of T3", message: `\u001b[31mvacuous\u001b[39m: ${hostile}\n  on record: so` },
  { id: "100%=", title: hostile, message: 'invalid id: "100%="' },
];

/** What a run before reported of T1b, which did not run now. */
const earlier = exampleReport("T1b", exampleRecord.T1b!, "same", { galleries: [{ ...five, label: "n = 9" }] });

/** A picture of one colour, 80 × 60 pixels. */
export function png(colour: number): Buffer {
  const pixels = new Uint8ClampedArray(80 * 60 * 4).fill(255);
  for (let i = 0; i < pixels.length; i += 4) pixels[i] = colour;
  return encodePng(pixels, 80, 60);
}

export function exampleRun(places: Places): Run {
  return { places, reports: exampleReports, failures: exampleFailures, record: exampleRecord, variant: null };
}

/** Writes the example's page into a directory of its own, with the files that it links to. */
export function writeExample(given: Partial<Run> = {}): { root: string; file: string } {
  mkdirSync(".cache", { recursive: true });
  const places = placesIn(mkdtempSync(resolve(".cache/atlas-")));
  const { root, figures } = places;
  const kept = join(places.reports, "hypotheses");
  for (const folder of [figures, join(places.reports, "figures/differences"), kept, join(root, "hypotheses")])
    mkdirSync(folder, { recursive: true });
  for (const id of ["T1", "T2", "T3"]) writeFileSync(join(figures, `${id}.png`), png(0));
  // T3 is left from an earlier run.
  for (const id of ["T1", "T2", "T3", "differences/T2"])
    writeFileSync(join(places.reports, "figures", `${id}.png`), png(99));
  writeFileSync(join(root, "hypotheses/one.spec.ts"), "");
  writeFileSync(join(kept, "T1b.json"), JSON.stringify(earlier));
  return { root, file: writeAtlas({ ...exampleRun(places), ...given }, exampleNote) };
}

/** A hypothesis that a run concluded as it is on record, but for what is given. */
export function exampleEntry(id: string, conclusion: Partial<Conclusion> = {}, rest: Partial<Entry> = {}): Entry {
  const recorded = { ...exampleConclusion, ...conclusion };
  return {
    id,
    conclusion: recorded,
    recorded,
    state: "same",
    failures: [],
    report: exampleReport(id, conclusion),
    spec: "../one.spec.ts",
    figure: undefined,
    before: undefined,
    difference: undefined,
    ...rest,
  };
}
