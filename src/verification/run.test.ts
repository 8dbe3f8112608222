import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, type TestContext, test, vi } from "vitest";
import type { Conclusion } from "./claim/conclusion.ts";
import type { ExactSpec, OpenSpec, PopulationSpec } from "./claim/specification.ts";
import { concludeExact } from "./conclude/exact.ts";
import { concludeOpen } from "./conclude/open.ts";
import { concludePopulation } from "./conclude/population.ts";
import type { Registered } from "./concluded.ts";
import { figureFile, type Places, placesIn } from "./record/places.ts";
import { readRecord, serialise } from "./record/record.ts";
import { progressChannel, type Report } from "./record/report.ts";
import { run } from "./run.ts";
import { randomWalks, type Walk, type Walks, walks } from "./testing/random-walks.ts";

let root: string;
let places: Places;
beforeEach(() => {
  mkdirSync(".cache", { recursive: true });
  root = mkdtempSync(resolve(".cache/run-"));
  places = placesIn(root);
  mkdirSync(places.figures, { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
  vi.unstubAllEnvs();
});

const spec: ExactSpec = {
  claim: "Two and two are four.",
  section: "Sums",
  properties: { sum: () => 2 + 2 === 4 },
  nearMiss: { five: () => Number("2") + 2 === 5 },
};
const untrue: ExactSpec = { ...spec, properties: { sum: () => Number("2") + 2 === 5 } };
const square = (grey: number) => ({
  width: 20,
  height: 20,
  draw: (pen: { fillStyle: unknown; fillRect(x: number, y: number, w: number, h: number): void }) => {
    pen.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    pen.fillRect(0, 0, 20, 20);
  },
});
const statement = {
  title: "sums",
  row: null,
  role: null,
  section: "Sums",
  claim: spec.claim,
  operationalisation: "In whole numbers.",
};
const concluded: Conclusion = {
  ...statement,
  spec: "hypotheses/a.spec.ts",
  kind: "exact",
  verdict: "holds",
  evidence: {
    properties: { sum: { holds: true, found: "true" } },
    nearMisses: { five: { holds: false, found: "false" } },
  },
  errorRate: null,
  figure: false,
  engine: null,
  trained: null,
  fingerprint: null,
};
const onRecord = (changes: Partial<Conclusion> = {}) =>
  writeFileSync(places.record, serialise({ T1: { ...concluded, ...changes } }));

/** Runs T1 as Vitest would, in its mode of updating snapshots; what came of it, and the objection if there was one. */
async function runs(conclude: Registered<Walks, Walk>["conclude"], mode: Report["mode"] = "none") {
  const annotations: { type: string; message: string; path?: string }[] = [];
  const meta: { hypothesis?: Report; imageSnapshotFailure?: unknown } = {};
  const task = {
    name: "T1 sums",
    file: { filepath: join(root, "hypotheses/a.spec.ts") },
    meta,
    location: { line: 3 },
  };
  const annotate = async (message: string, type: string, at?: { path: string; contentType: string }) => {
    if (at) expect(at.contentType).toBe("image/png");
    annotations.push({ type, message, ...(at && { path: at.path }) });
  };
  const state = vi.spyOn(expect, "getState").mockReturnValue({ snapshotState: { _updateSnapshot: mode } } as never);
  let objection: Error | undefined;
  const registered = { id: "T1", statement, conclude, trainer: randomWalks() };
  try {
    await run(registered, { root, note: null }, { task, annotate } as unknown as TestContext);
  } catch (error) {
    objection = error as Error;
  } finally {
    state.mockRestore();
  }
  return { report: meta.hypothesis, meta, annotations, objection };
}
const exactly = (spec: ExactSpec, mode?: Report["mode"]) => runs(() => concludeExact(spec), mode);

describe("a hypothesis that runs", () => {
  test("reports its conclusion, and passes where it is the one on record", async () => {
    onRecord();
    const { report, objection } = await exactly(spec);
    expect(objection).toBeUndefined();
    expect(report).toEqual({
      id: "T1",
      conclusion: concluded,
      comparison: { outcome: "same", changes: [] },
      picture: { state: "none" },
      mode: "none",
      engine: null,
      secondsTraining: 0,
      blocks: { trained: 0, cached: 0, corrupted: 0, unkept: 0 },
      spec: { file: "hypotheses/a.spec.ts", line: 3 },
      galleries: [],
      replay: null,
      lacks: null,
      reused: false,
    });
  });

  test("draws its figure under its title and verdict, and shows it", async () => {
    onRecord({ figure: true });
    const panels = [square(0), square(255)];
    const one = await exactly({ ...spec, figure: () => panels[0]! }, "new");
    expect(one.report?.picture).toEqual({ state: "missing", actual: "reports/figures/T1.png" });
    expect(one.annotations.find(({ type }) => type === "figure")?.path).toBe(join(root, "reports/figures/T1.png"));
    const size = async (figure: ExactSpec["figure"]) => {
      await exactly({ ...spec, figure: figure! }, "new");
      const { loadImage } = await import("canvas");
      const { width, height } = await loadImage(join(root, "reports/figures/T1.png"));
      return [width, height];
    };
    const row = await size(() => panels);
    const column = await size(() => ({ columns: 1, panels }));
    expect(column[1]! - row[1]!).toBeGreaterThan(2 * 20);
  });

  test("is not to run on what nothing could refute, and says what is on record", async () => {
    const vacuous = { ...spec, nearMiss: { four: () => true } };
    expect((await exactly(vacuous)).objection?.message).toMatch(/^vacuous: .*to be false$/);
    onRecord();
    const { objection, report } = await exactly(vacuous);
    expect(objection?.message).toMatch(/to be false\n {2}on record: holds: true of every input generated$/);
    expect(report).toBeUndefined();
    expect((await exactly({ ...spec, properties: {} })).objection?.message).not.toContain("on record");
  });
});

test("an id that another file has on record, and still has, is not taken over", async () => {
  const other = join(root, "hypotheses/b.spec.ts");
  mkdirSync(join(root, "hypotheses"));
  onRecord({ spec: "hypotheses/b.spec.ts" });
  expect((await exactly(spec)).objection).toBeUndefined();
  writeFileSync(other, 'exactClaim("T1b sums", {});');
  expect((await exactly(spec)).objection).toBeUndefined();
  writeFileSync(other, 'exactClaim("T1 sums", {});');
  const { objection, report } = await exactly(spec, "all");
  expect(objection?.message).toContain(
    'invalid id: "T1"; expected another: this one is on record for hypotheses/b.spec.ts',
  );
  expect(report).toBeUndefined();
});

describe("a hypothesis that trains", () => {
  const trained: OpenSpec<Walks, Walk> = {
    question: "How many?",
    section: "Sums",
    given: { few: walks(2), more: walks(3) },
    measure: ({ few, more }) => ({
      answer: `${few!.runs.length} and ${more!.runs.length}`,
      values: { share: { value: 0.5, low: 0, high: 1 } },
    }),
  };
  const conclude = () => runs((training) => concludeOpen(trained, training), "new");

  test("reports what trained, how much, and hashes of it", async () => {
    const { report } = await conclude();
    expect(report!.conclusion).toMatchObject({
      kind: "open",
      verdict: "measured",
      evidence: { answer: "2 and 3" },
      engine: { name: "exact", reproducible: true },
    });
    expect(report!.engine).toMatchObject({ name: "exact", device: "paper" });
    expect(report!.blocks).toEqual({ trained: 2, cached: 0, corrupted: 0, unkept: 0 });
    const { trained: key, fingerprint } = report!.conclusion;
    expect([key, fingerprint]).toEqual([expect.stringMatching(/^\w{16}$/), expect.stringMatching(/^\w{16}$/)]);
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
    expect(lines[0]).toBe("T1 few: 2 walks");
  });
});

describe("a claim about a population that turned round", () => {
  /** Walks of an even number of steps that end at an even number; with an odd one, nothing does. */
  const even = (steps: number, changes: Partial<PopulationSpec<Walks, Walk, boolean>> = {}) =>
    ({
      claim: "They end at even numbers.",
      section: "Sums",
      given: walks(256, { steps }),
      observe: ({ path }) => path.at(-1)! % 2 === 0,
      expect: { nearlyAll: "an even end", when: (o) => o },
      control: { name: "one step more", steps: 21 },
      ...changes,
    }) as PopulationSpec<Walks, Walk, boolean>;
  const lacks =
    'nothing meets the criterion "an even end" (no cell holds, and the control fails); in the first cell ' +
    'observed: false ×32; expected a "positiveControl", a condition in which it is met';
  const populate = (spec: PopulationSpec<Walks, Walk, boolean>, mode?: Report["mode"]) =>
    runs((training) => concludePopulation(spec, training), mode);
  const record = async () => {
    const { report } = await populate(even(20), "new");
    expect(report!.conclusion.verdict).toBe("holds");
    writeFileSync(places.record, serialise({ T1: report!.conclusion }));
  };

  test.each(["none", "new"] as const)("is told as changed with both counts, in mode %s", async (mode) => {
    await record();
    const { objection, report } = await populate(even(19), mode);
    expect(report!.comparison.outcome).toBe("changed");
    expect(report!.lacks).toBe(lacks);
    expect(objection!.name).toBe("Gate");
    expect(objection!.message.split("\n  ")).toEqual([
      "T1 changed its conclusion: Two and two are four.",
      "on record, holds: in at least 95 % of seeds: an even end. 192 of 192 seeds (0.950–1.000)",
      expect.stringMatching(
        /^now, refuted: in at least 95 % of seeds: an even end. 0 of 32 seeds \(0\.000–0\.\d{3}\)$/,
      ),
      expect.stringContaining("accept it with: "),
      `before that: ${lacks}`,
    ]);
  });

  test("is not accepted by -u before a positive control is named", async () => {
    await record();
    const refused = await populate(even(19), "all");
    expect(refused.report).toBeUndefined();
    expect(refused.objection!.name).toBe("Vacuous");
    expect(refused.objection!.message).toBe(
      `vacuous: ${lacks}\n  on record: holds: in at least 95 % of seeds: an even end. 192 of 192 seeds (0.950–1.000)`,
    );
    const positiveControl = { name: "an even number of steps", steps: 20 };
    const accepted = await populate(even(19, { positiveControl }), "all");
    expect(accepted.objection).toBeUndefined();
    expect(accepted.report).toMatchObject({ lacks: null, conclusion: { verdict: "refuted" } });
  });

  test("does not run where it is new, or refuted on record", async () => {
    expect((await populate(even(19), "new")).objection!.message).toBe(`vacuous: ${lacks}`);
    const { report } = await populate(even(19, { positiveControl: { name: "even", steps: 20 } }), "new");
    writeFileSync(places.record, serialise({ T1: report!.conclusion }));
    const again = await populate(even(19));
    expect(again.report).toBeUndefined();
    expect(again.objection!.message).toContain(`vacuous: ${lacks}\n  on record: refuted: `);
  });

  test("in some cells is in part, and told so", async () => {
    await record();
    const given = { even: walks(256, { steps: 20 }), odd: walks(256, { steps: 19 }) };
    const { objection } = await populate(even(20, { given }));
    expect(objection!.message).toContain(
      "\n  now, in part: in at least 95 % of seeds: an even end. even ✓ 224 of 224; odd ✗ 0 of 32\n  accept it with",
    );
    expect((await populate(even(20, { given }), "all")).objection).toBeUndefined();
  });
});

describe("the gate objects", () => {
  const accept = '\n  accept it with: npx vitest run --project hypotheses -t "^T1 " -u';

  test("to a changed verdict, in words, and writes nothing to the record", async () => {
    onRecord();
    const { objection, meta } = await exactly(untrue);
    expect(objection?.name).toBe("Gate");
    expect(objection?.message).toBe(
      [
        "T1 changed its conclusion: Two and two are four.",
        "  on record, holds: true of every input generated",
        "  now, refuted: sum: false",
      ].join("\n") + accept,
    );
    expect(meta.imageSnapshotFailure).toBeUndefined();
    expect((await exactly(untrue, "all")).objection).toBeUndefined();
    expect(readRecord(places.record).T1).toEqual(concluded);
  });

  test("to another figure from the same evidence, and shows old, new and difference", async () => {
    const drawn = (grey: number): ExactSpec => ({ ...spec, figure: () => square(grey) });
    onRecord({ figure: true });
    await exactly(drawn(255), "new");
    writeFileSync(figureFile(places, "T1"), await fresh());
    const { objection, meta } = await exactly(drawn(0));
    expect(objection?.message).toContain("T1 draws another figure from the same evidence");
    expect(meta.imageSnapshotFailure).toMatchObject({
      actualPath: "reports/figures/T1.png",
      expectedPath: "snapshots/figures/T1.png",
      diffPath: "reports/figures/differences/T1.png",
    });
    const accepted = await exactly(drawn(0), "all");
    expect([accepted.objection, accepted.meta.imageSnapshotFailure]).toEqual([undefined, undefined]);
  });

  const fresh = async () => (await import("node:fs")).readFileSync(join(root, "reports/figures/T1.png"));
});
