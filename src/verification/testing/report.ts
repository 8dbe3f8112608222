import type { Conclusion } from "../conclusion.ts";
import type { Report } from "../report.ts";

export const exampleConclusion: Conclusion = {
  claim: "a claim of a few words",
  section: "one",
  kind: "population",
  verdict: "holds",
  summary: "256 of 256 seeds",
  evidence: { given: { satisfied: 256, of: 256 } },
  errorRate: 1e-4,
  figure: false,
  engine: "wasm",
  trained: "abc",
  fingerprint: "123",
};

/** A report of a run in CI in which nothing moved, but for what is given. */
export function exampleReport(
  id: string,
  conclusion: Partial<Conclusion> = {},
  outcome: Report["comparison"]["outcome"] = "same",
  rest: Partial<Report> = {},
): Report {
  return {
    id,
    conclusion: { ...exampleConclusion, ...conclusion },
    comparison: { outcome, differences: [] },
    picture: { state: "none" },
    mode: "none",
    engine: { name: "wasm", device: null },
    secondsTraining: 0,
    blocks: { trained: 0, cached: 0, corrupted: 0 },
    ...rest,
  };
}
