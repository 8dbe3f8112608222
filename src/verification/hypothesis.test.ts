import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, type TestContext, test, vi } from "vitest";
import { encodePng } from "../figures/canvas/png.ts";
import type { Conclusion } from "./conclusion.ts";
import { problemWith, run } from "./hypothesis.ts";
import { figureFile } from "./picture.ts";
import { paths, readRecord, serialise } from "./record.ts";
import { progressChannel, type Report } from "./report.ts";
import type { ExactSpec, OpenSpec } from "./specification.ts";
import { condition } from "./testing/fake-trainer.ts";

const real = { ...paths };
let root: string;
beforeEach(() => {
  mkdirSync(".cache", { recursive: true });
  root = mkdtempSync(resolve(".cache/hypothesis-"));
  paths.record = join(root, "snapshots/conclusions.json");
  paths.figures = join(root, "snapshots/figures");
  mkdirSync(paths.figures, { recursive: true });
});
afterEach(() => {
  Object.assign(paths, real);
  rmSync(root, { recursive: true });
  vi.unstubAllEnvs();
});

const spec: ExactSpec = {
  claim: "Two and two are four.",
  section: "Sums",
  reading: "In whole numbers.",
  properties: { sum: () => 2 + 2 === 4 },
  nearMiss: { five: () => Number("2") + 2 === 5 },
};
const untrue: ExactSpec = { ...spec, properties: { sum: () => Number("2") + 2 === 5 } };
const concluded: Conclusion = {
  claim: spec.claim,
  section: "Sums",
  kind: "exact",
  verdict: "holds",
  summary: "true of every input generated",
  evidence: { sum: "true", "near miss: five": "false" },
  errorRate: null,
  figure: false,
  engine: null,
  trained: null,
  fingerprint: null,
};
const onRecord = (changes: Partial<Conclusion> = {}) =>
  writeFileSync(paths.record, serialise({ T1: { ...concluded, ...changes } }));

/** A square of one grey. */
const png = (grey: number) => encodePng(new Uint8ClampedArray(20 * 20 * 4).fill(grey), 20, 20);

/** Runs T1 as Vitest would, in its mode of updating snapshots; what came of it, and the objection if there was one. */
async function runs(spec: ExactSpec | OpenSpec, mode: Report["mode"] = "none") {
  const annotations: { type: string; message: string; path?: string }[] = [];
  const meta: { hypothesis?: Report; imageSnapshotFailure?: unknown } = {};
  const task = {
    name: "T1 sums",
    file: { filepath: resolve("hypotheses/a.spec.ts") },
    meta,
    location: { line: 3 },
  };
  const annotate = async (message: string, type: string, at?: { path: string; contentType: string }) => {
    if (at) expect(at.contentType).toBe("image/png");
    annotations.push({ type, message, ...(at && { path: at.path }) });
  };
  const state = vi
    .spyOn(expect, "getState")
    .mockReturnValue({ snapshotState: { _updateSnapshot: mode } } as never);
  let objection: Error | undefined;
  try {
    await run("T1", spec, { task, annotate } as unknown as TestContext);
  } catch (error) {
    objection = error as Error;
  } finally {
    state.mockRestore();
  }
  return { report: meta.hypothesis, meta, annotations, objection };
}

describe("a hypothesis that runs", () => {
  test("reports its conclusion, and passes where it is the one on record", async () => {
    onRecord();
    const { report, objection } = await runs(spec);
    expect(objection).toBeUndefined();
    expect(report).toEqual({
      id: "T1",
      conclusion: concluded,
      comparison: { outcome: "same", differences: [] },
      picture: { state: "none" },
      mode: "none",
      engine: null,
      secondsTraining: 0,
      blocks: { trained: 0, cached: 0, corrupted: 0 },
      details: {
        title: "T1 sums",
        file: "hypotheses/a.spec.ts",
        line: 3,
        reading: "In whole numbers.",
        galleries: [],
      },
    });
  });

  test("annotates what it found, with its picture", async () => {
    onRecord({ figure: true });
    writeFileSync(figureFile("T1"), png(0));
    const { annotations } = await runs({ ...spec, figure: () => png(0) });
    expect(annotations.find(({ type }) => type === "claim")?.message).toBe(spec.claim);
    expect(annotations.find(({ type }) => type === "reading")?.message).toBe("In whole numbers.");
    expect(annotations.find(({ type }) => type === "figure")?.path).toBe(
      relative("", join(root, "reports/figures/T1.png")),
    );
  });

  test("has a reading only where it says one", async () => {
    const { reading: _, ...rest } = spec;
    const { report, annotations } = await runs(rest);
    expect(report!.details!.reading).toBeNull();
    expect(annotations.some(({ type }) => type === "reading")).toBe(false);
  });

  test("is not to run on what nothing could refute, and says what is on record", async () => {
    const vacuous = { ...spec, nearMiss: { four: () => true } };
    expect((await runs(vacuous)).objection?.message).toMatch(/^vacuous: .*to be false$/);
    onRecord();
    const { objection, report } = await runs(vacuous);
    expect(objection?.message).toMatch(/to be false\n {2}on record: holds: true of every input generated$/);
    expect(report).toBeUndefined();
    expect((await runs({ ...spec, properties: {} })).objection?.message).not.toContain("on record");
  });
});

describe("a hypothesis that trains", () => {
  const trained: OpenSpec = {
    question: "How many?",
    section: "Sums",
    given: { few: condition(2), more: condition(3) },
    measure: ({ few, more }) => ({
      answer: `${few!.runs.length} and ${more!.runs.length}`,
      values: { share: { value: 0.5, low: 0, high: 1 } },
    }),
  };
  const conclude = async () => {
    vi.stubEnv("HYPOTHESES_ENGINE", "reference");
    vi.stubEnv("HYPOTHESES_CACHE", "off");
    return runs(trained, "new");
  };

  test("reports what trained, how much, and hashes of it", async () => {
    const { report } = await conclude();
    expect(report!.conclusion).toMatchObject({
      kind: "open",
      verdict: "measured",
      summary: "2 and 3",
      engine: "reference on 1 thread, float64",
    });
    expect(report!.engine?.name).toBe("reference");
    expect(report!.blocks).toEqual({ trained: 2, cached: 0, corrupted: 0 });
    expect(report!.secondsTraining).toBeGreaterThan(0);
    const { trained: key, fingerprint } = report!.conclusion;
    expect([key, fingerprint]).toEqual([
      expect.stringMatching(/^\w{16}$/),
      expect.stringMatching(/^\w{16}$/),
    ]);
    expect(key).not.toBe(fingerprint);
  });

  test("says on the channel of progress how far it is", async () => {
    const channel = new BroadcastChannel(progressChannel);
    const lines: string[] = [];
    const said = new Promise<void>((resolve) => {
      channel.onmessage = ({ data }) => {
        lines.push(data);
        resolve();
      };
    });
    await conclude();
    await said;
    channel.close();
    expect(lines[0]).toMatch(/^T1 (few|more): /);
  });
});

describe("the gate objects", () => {
  const accept = '\n  accept it with: npx vitest run --project hypotheses -t "^T1 " -u';

  test.each([
    ["none", `T1 has no conclusion on record${accept}`],
    ["new", undefined],
    ["all", undefined],
  ] as const)("in mode %s to a conclusion missing on record: %s", async (mode, message) => {
    const { objection } = await runs(spec, mode);
    expect(objection?.message).toBe(message);
    if (objection) expect(objection.name).toBe("Gate");
  });

  test.each(["none", "new"] as const)(
    "in mode %s to a changed verdict, with three differences",
    async (mode) => {
      onRecord();
      const { objection, meta } = await runs(untrue, mode);
      expect(meta.imageSnapshotFailure).toBeUndefined();
      expect(objection?.message).toBe(
        [
          "T1 changed its conclusion: Two and two are four.",
          "  verdict: holds → refuted",
          "  summary: true of every input generated → sum: false",
          '  sum: "true" → "false"',
        ].join("\n") + accept,
      );
      expect((await runs(untrue, "all")).objection).toBeUndefined();
    },
  );

  test("and says how many more there are", async () => {
    onRecord({ section: "Other", claim: "Another." });
    const { objection } = await runs(untrue);
    expect(objection?.message).toContain("\n  and 2 more\n");
    expect(objection?.message.split("\n")).toHaveLength(6);
  });

  test("not to evidence that moved", async () => {
    onRecord({ evidence: { sum: "true" } });
    const { objection, report } = await runs(spec);
    expect([objection, report!.comparison.outcome]).toEqual([undefined, "moved"]);
  });

  const drawn = { ...spec, figure: () => png(0) };

  test.each([
    ["none", `T1 has no figure on record${accept}`],
    ["new", undefined],
    ["all", undefined],
  ] as const)("in mode %s to a figure missing beside its conclusion: %s", async (mode, message) => {
    onRecord({ figure: true });
    expect((await runs(drawn, mode)).objection?.message).toBe(message);
  });

  test("once where conclusion and figure are missing", async () => {
    expect((await runs(drawn)).objection?.message).toBe(`T1 has no conclusion on record${accept}`);
  });

  test("to another figure from the same evidence, and shows old, new and difference", async () => {
    onRecord({ figure: true });
    writeFileSync(figureFile("T1"), png(255));
    const { objection, meta } = await runs(drawn);
    expect(objection?.message).toBe(
      `T1 draws another figure from the same evidence (1.0e+2 % of the pixels differ)${accept}`,
    );
    expect(meta.imageSnapshotFailure).toEqual({
      actualPath: relative("", join(root, "reports/figures/T1.png")),
      expectedPath: relative("", figureFile("T1")),
      diffPath: relative("", join(root, "reports/figures/differences/T1.png")),
      mismatchedPixels: 0,
      mismatchedPixelRatio: 1,
    });
    expect((await runs(drawn, "new")).objection).toBeDefined();
    const accepted = await runs(drawn, "all");
    expect([accepted.objection, accepted.meta.imageSnapshotFailure]).toEqual([undefined, undefined]);
  });

  test("not to another figure where the evidence moved", async () => {
    onRecord({ figure: true, evidence: { sum: "true" } });
    writeFileSync(figureFile("T1"), png(255));
    const { objection, meta } = await runs(drawn);
    expect([objection, meta.imageSnapshotFailure]).toEqual([undefined, undefined]);
  });

  test("in strict mode to what does not hold", async () => {
    onRecord({
      verdict: "refuted",
      summary: "sum: false",
      evidence: { sum: "false", "near miss: five": "false" },
    });
    expect((await runs(untrue)).objection).toBeUndefined();
    vi.stubEnv("STRICT", "1");
    expect((await runs(untrue)).objection?.message).toBe(
      "T1 is refuted (strict mode): Two and two are four.\n  sum: false",
    );
    onRecord();
    expect((await runs(spec)).objection).toBeUndefined();
  });

  test("and writes nothing to the record", async () => {
    onRecord();
    await runs(untrue, "all");
    expect(readRecord().T1).toEqual(concluded);
  });
});

describe("a hypothesis as it is written", () => {
  const message = (title: string, spec: object) => problemWith(title, spec)?.message;

  test("is well with an id of its own, words, and one kind", () => {
    expect(message("ok-1.a_b one", spec)).toBeUndefined();
    expect(message("ok-2 two", { ...spec, claim: undefined, question: "How many?" })).toBeUndefined();
  });

  test("needs an id, once", () => {
    expect(message("1st x", spec)).toContain('invalid id: "1st"; expected a title that starts with one');
    expect(message("A! x", spec)).toContain("invalid id");
    expect(message("twice a", spec)).toBeUndefined();
    expect(message("twice b", spec)).toContain(
      'invalid id: "twice"; expected one that no other hypothesis has',
    );
  });

  test.each(["section", "claim"])("needs a %s in words", (field) => {
    for (const [i, value] of [undefined, "", "  ", 5].entries())
      expect(message(`${field}${i} x`, { ...spec, [field]: value })).toContain(
        `invalid ${field} of ${field}${i}`,
      );
  });

  test("needs the fields of one kind, and all of them", () => {
    const words = { claim: "c", section: "s" };
    expect(message("k1 x", words)).toContain(
      "expected one of properties (exact), measure (open), observe (population)",
    );
    expect(message("k2 x", { ...spec, measure: 1 })).toContain("expected one of properties");
    const population = { ...words, observe: 1, given: 1, expect: 1, control: 1 };
    expect(message("k3 x", population)).toBeUndefined();
    for (const field of ["given", "expect", "control"]) {
      const { [field as "given"]: _, ...rest } = population;
      expect(message(`k4-${field} x`, rest)).toContain("expected given, expect and control beside observe");
    }
  });
});
