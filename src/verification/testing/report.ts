import type { CellEvidence, Conclusion, PopulationEvidence } from "../claim/conclusion.ts";
import { compare } from "../record/compare.ts";
import type { Report } from "../record/report.ts";

export const exampleCell: CellEvidence = {
  trained: "256 walks",
  verdict: "holds",
  satisfied: 256,
  undecided: 0,
  of: 256,
  evidence: { above: 5.5, below: -2.7 },
  looks: [32, 192, 256],
  interval: [0.95, 1],
  endings: { converged: 256 },
  observed: { observed: ["true ×256"] },
  stable: null,
};

/** As in a control, or where a claim is false. */
export const exampleRefuted: CellEvidence = {
  ...exampleCell,
  verdict: "refuted",
  satisfied: 0,
  evidence: { above: -2.7, below: 333 },
  interval: [0, 0.05],
};

export const exampleEvidence: PopulationEvidence = {
  criterion: { words: "an even end", share: 0.95 },
  holdsIn: "every cell",
  cells: { "n = 9": exampleCell },
  control: { ...exampleRefuted, name: "another" },
  positiveControl: null,
};

export const exampleConclusion: Conclusion = {
  title: "an example",
  spec: "hypotheses/one.spec.ts",
  row: null,
  role: null,
  section: "one",
  kind: "population",
  claim: "a claim of a few words",
  operationalisation: null,
  verdict: "holds",
  evidence: exampleEvidence,
  errorRate: 1e-4,
  figure: false,
  engine: { name: "wasm", reproducible: true },
  trained: "abc",
  fingerprint: "123",
};

/** What a claim about an open question keeps. */
export const exampleAnswer: Pick<Conclusion, "kind" | "verdict" | "evidence" | "errorRate"> = {
  kind: "open",
  verdict: "measured",
  evidence: { answer: "two", values: { slope: { value: 2, low: 1.9, high: 2.1 } }, populations: {} },
  errorRate: null,
};

/** A report of a run in CI in which nothing moved, but for what is given. */
export function exampleReport(
  id: string,
  conclusion: Partial<Conclusion> = {},
  outcome: Report["comparison"]["outcome"] = "same",
  rest: Partial<Report> = {},
): Report {
  const fresh = { ...exampleConclusion, ...conclusion };
  return {
    id,
    conclusion: fresh,
    comparison: { outcome, changes: outcome === "missing" ? [] : compare(exampleConclusion, fresh).changes },
    picture: { state: "none" },
    mode: "none",
    engine: { name: "wasm", device: null },
    secondsTraining: 0,
    blocks: { trained: 0, cached: 0, corrupted: 0, unkept: 0 },
    spec: { file: "hypotheses/one.spec.ts", line: 3 },
    galleries: [],
    replay: null,
    lacks: null,
    reused: false,
    ...rest,
  };
}
