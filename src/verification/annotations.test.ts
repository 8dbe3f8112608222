import { describe, expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { recipe } from "../train/recipe.ts";
import { annotationsOf } from "./annotations.ts";
import { exampleConclusion, exampleReport } from "./testing/report.ts";

const picture = {
  state: "same",
  recorded: "snapshots/figures/T1.png",
  actual: "reports/figures/T1.png",
} as const;
const replay = {
  model: autoencoder({ features: 3, hidden: 2, loss: "mse" }),
  recipe: recipe({ steps: 1, rate: 1 }),
  seed: 7,
};

describe("what the UI shows of a hypothesis", () => {
  test("claim, section, verdict, figure, evidence of each condition, and how to replay a seed", () => {
    const evidence = { given: { satisfied: 256 }, "control: other": { satisfied: 0 } };
    const report = exampleReport("T1", { evidence }, "same", { picture });
    const shown = annotationsOf(
      "T1 a title",
      "read so",
      report,
      { ...exampleConclusion, evidence },
      { replay },
    );
    expect(shown.slice(0, -1)).toEqual([
      { type: "claim", message: "a claim of a few words" },
      { type: "section", message: "one (population)" },
      { type: "reading", message: "read so" },
      { type: "verdict", message: "holds: 256 of 256 seeds" },
      { type: "figure", message: "of this run", picture: "reports/figures/T1.png" },
      { type: "evidence", message: "given: satisfied: 256" },
      { type: "evidence", message: "control: other: satisfied: 0" },
    ]);
    expect(shown.at(-1)!.type).toBe("replay");
    expect(shown.at(-1)!.message).toMatch(/^seed 7: npm run explore -- --features 3 .*--seeds 7/);
  });

  test("what changed, before and after, with the command that accepts it and the three pictures", () => {
    const changed = { verdict: "refuted", evidence: { given: { satisfied: 3, of: 256 } } } as const;
    const difference = "reports/figures/differences/T1.png";
    const report = exampleReport("T1", changed, "changed", {
      picture: { ...picture, state: "different", difference },
    });
    const shown = annotationsOf("T1 a title", undefined, report, exampleConclusion, {});
    expect(shown.slice(2)).toEqual([
      { type: "verdict", message: "refuted: 256 of 256 seeds" },
      { type: "changed", message: "verdict: holds → refuted" },
      { type: "changed", message: "given: satisfied 256 → 3" },
      { type: "to accept it", message: 'npx vitest run --project hypotheses -t "^T1 " -u' },
      { type: "figure", message: "on record", picture: "snapshots/figures/T1.png" },
      { type: "figure", message: "now", picture: "reports/figures/T1.png" },
      { type: "figure", message: "difference", picture: difference },
      { type: "evidence", message: "given: satisfied: 3; of: 256" },
    ]);
  });

  test("that nothing is on record", () => {
    const report = exampleReport("T1", {}, "missing", {
      comparison: { outcome: "missing", differences: ["nothing on record"] },
    });
    expect(annotationsOf("T1 a title", undefined, report, undefined, {}).slice(2)).toEqual([
      { type: "verdict", message: "holds: 256 of 256 seeds" },
      { type: "missing", message: "nothing on record" },
      { type: "evidence", message: "given: satisfied: 256; of: 256" },
    ]);
  });

  test("how to replay a seed of which no engine is known, on whichever the reader has", () => {
    const report = exampleReport("T1", {}, "same", { engine: null });
    const shown = annotationsOf("T1 a title", undefined, report, exampleConclusion, { replay });
    expect(shown.at(-1)!.message).toMatch(/--seeds 7$/);
  });
});
