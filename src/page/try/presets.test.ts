import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { toTraining } from "../../explore/training.ts";
import type { Condition } from "../../suite/condition.ts";
import { describe as describeCondition } from "../../suite/describe.ts";
import type { Conclusion } from "../../verification/claim/conclusion.ts";
import { presets } from "./presets.ts";

// Spec files that are read leave their hypotheses where the page finds them.
vi.mock("../../suite/hypothesis.ts", () => import("../hypothesis.ts"));

const root = new URL("../../../", import.meta.url);
const record = JSON.parse(readFileSync(new URL("snapshots/conclusions.json", root), "utf8")) as Record<
  string,
  Conclusion
>;
let found: typeof import("../hypothesis.ts")["found"];

beforeAll(async () => {
  const hypotheses = await import("../hypothesis.ts");
  const { note } = (await import(String(new URL("hypotheses/note/index.ts", root)))) as {
    note: Parameters<typeof hypotheses.about>[0];
  };
  hypotheses.about(note);
  for (const spec of new Set(presets.map(({ id }) => record[id]!.spec))) await import(String(new URL(spec, root)));
  found = hypotheses.found;
});

describe.each(presets)("$id, $label: $words", ({ id, label, given }) => {
  const { model, recipe, seeds } = toTraining(given);

  test("trains what the hypothesis trains, and its first seeds", () => {
    const cells = (found.get(id)!.spec as unknown as { given: Record<string, Condition> }).given;
    const condition = cells[label]!;
    expect(model).toEqual(condition.model);
    expect({ ...recipe, checkpoints: condition.recipe.checkpoints }).toEqual(condition.recipe);
    expect(seeds).toEqual(condition.seeds.slice(0, 32));
  });

  test("is what is on record", () => {
    const { cells, populations } = record[id]!.evidence as unknown as {
      cells?: Record<string, { trained: string }>;
      populations?: Record<string, string>;
    };
    const trained = cells?.[label]?.trained ?? populations![label]!;
    const words = describeCondition({ model, recipe, seeds }).replace(/\d+$/, "");
    expect(trained.startsWith(words)).toBe(true);
  });
});
