import { expect, test } from "vitest";
import type { Conclusion } from "../src/verification/claim/conclusion.ts";
import { againstRecord } from "./workflows-bits.ts";

const conclusion = (trained: string | null, fingerprint: string | null, reproducible = true) =>
  ({ trained, fingerprint, engine: trained && { name: "wasm", reproducible } }) as unknown as Conclusion;

test("weights are compared where the same was trained by an engine that promises the same bits", () => {
  const record = {
    same: conclusion("a", "1"),
    other: conclusion("b", "2"),
    elsewise: conclusion("c", "3"),
    exact: conclusion(null, null),
    gpu: conclusion("d", "4", false),
  };
  const fresh = {
    same: conclusion("a", "1"),
    other: conclusion("b", "1"),
    elsewise: conclusion("cc", "4"),
    exact: conclusion(null, null),
    gpu: conclusion("d", "5"),
    unknown: conclusion("e", "6"),
  };
  const reports = Object.entries(fresh).map(([id, one]) => ({ id, conclusion: one }));
  expect(againstRecord(reports, record)).toEqual({ compared: ["same", "other"], other: ["other"] });
});
