import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { twoSamplePValue } from "../src/statistics/testing/two-sample.ts";
import type { Condition } from "../src/suite/condition.ts";
import { toyModels } from "../src/suite/trainer.ts";
import type { Engine } from "../src/train/engine.ts";
import { type Subject, subjects } from "../src/train/engines/testing/subjects.ts";
import { createWasmEngine } from "../src/train/engines/wasm/engine.ts";
import type { Run } from "../src/train/run.ts";
import type { Observation, Value } from "../src/verification/claim/observation.ts";
import type { PopulationResult, PopulationSpec } from "../src/verification/claim/specification.ts";
import { concludePopulation } from "../src/verification/conclude/population.ts";
import { Training } from "../src/verification/conclude/training.ts";

interface Chosen {
  readonly file: string;
  readonly id: string;
  /** The cell of its scope. */
  readonly cell: string;
  readonly seeds: number;
  /** Small enough for plain JavaScript. */
  readonly tiny?: boolean;
}

/**
 * Six hypotheses of different sections, trained on every engine as on wasm: one cell of the scope and the control, the first
 * seeds. Training is chaotic: a seed may end elsewhere when a last bit is rounded another way. But what is claimed of a
 * population must not depend on it.
 */
const chosen: readonly Chosen[] = [
  { file: "./tied/pentagon.spec.ts", id: "T1", cell: "n = 6", seeds: 128 },
  { file: "./untied/perpendicular.spec.ts", id: "U7a", cell: "GELU", seeds: 64, tiny: true },
  { file: "./end-bias/basin.spec.ts", id: "B11b", cell: "n = 8", seeds: 128 },
  { file: "./hidden-bias/drift.spec.ts", id: "H1", cell: "GELU, n = 10", seeds: 128 },
  { file: "./softmax/end-bias-circles.spec.ts", id: "C12", cell: "n = 10", seeds: 40 },
  { file: "./set-up/several-features.spec.ts", id: "S7", cell: "5 features", seeds: 512 },
];

/** Of a verdict: what so few seeds allow. */
const errorRate = 0.01;
/**
 * Two distributions differ when chance would set them so far apart once in 2,000 times (`twoSamplePValue`). On about 40 of them
 * an engine that does as wasm does fails by bad luck with a probability of 0.02 at most.
 */
const significance = 0.0005;
/** Numbers this far apart, or this share of those above 1, are equal: rounding leaves a loss of 1e-12 here, one of 1e-9 there. */
const tolerance = 1e-4;

type Spec = PopulationSpec<Condition, Run, Observation>;

/** What the spec files state, in place of testing it. */
const specs = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../src/suite/hypothesis.ts", () => {
  const capture = (title: string, spec: unknown) => specs.set(title.split(/\s/, 1)[0]!, spec);
  return { hypothesis: capture, exactClaim: capture, openQuestion: capture };
});

async function stated({ file, id, cell, seeds }: Chosen): Promise<Spec> {
  await import(file);
  const spec = specs.get(id) as Spec;
  const some = <T extends Partial<Condition>>(of: T): T => (of.seeds ? { ...of, seeds: of.seeds.slice(0, seeds) } : of);
  const cells = spec.given as Readonly<Record<string, Condition>>;
  return {
    ...spec,
    given: { [cell]: some(cells[cell]!) },
    control: some(spec.control),
    ...(spec.positiveControl && { positiveControl: some(spec.positiveControl) }),
    errorRate,
  };
}

/** What was observed of a population, by name: one value a seed, in the order of the seeds. */
type Observations = Readonly<Record<string, readonly (number | string)[]>>;

async function conclude(spec: Spec, engine: Engine) {
  // Whether ends are stable is left out: it takes as long again.
  const { disturbed: _, ...trainer } = toyModels({ engine });
  let judged: PopulationResult<Condition, Run, Observation> | undefined;
  const figure: Spec["figure"] = (result) => {
    judged = result;
    return [];
  };
  const finding = await concludePopulation({ ...spec, figure }, new Training(trainer));
  finding.figure!();
  const { cells, control } = judged!;
  return { verdict: finding.verdict, cell: observe(spec, cells[0]!.runs), control: observe(spec, control.runs) };
}

/**
 * Whether a run diverged, its loss, and what the hypothesis reads off it. Not whether it converged: how small a gradient can get
 * is a matter of an engine's rounding.
 */
function observe(spec: Spec, runs: readonly Run[]): Observations {
  const rows = runs.map((run): Readonly<Record<string, Value>> => {
    if (run.status === "diverged") return { ending: "diverged" };
    const observed = spec.observe(run, run);
    const named = typeof observed === "object" ? observed : { observed };
    return { ...named, ending: "finite", loss: run.loss };
  });
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = (name: string) =>
    rows.map((row) => {
      const value = row[name] ?? "diverged";
      return typeof value === "boolean" ? String(value) : value;
    });
  return Object.fromEntries(names.map((name) => [name, values(name)]));
}

/** The share of seeds of which everything was observed alike, for people: what chaos leaves is no error. */
function sharePaired(a: Observations, b: Observations): number {
  const alike = (x: number | string, y: number | string) =>
    typeof x === "number" && typeof y === "number" ? Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y)) : x === y;
  const seeds = a.ending!.slice(0, b.ending!.length).map((_, i) => i);
  return seeds.filter((i) => Object.keys(a).every((name) => alike(a[name]![i]!, b[name]![i]!))).length / seeds.length;
}

function pValues(a: Observations, b: Observations): Record<string, number> {
  const names = Object.keys({ ...a, ...b });
  return Object.fromEntries(names.map((name) => [name, twoSamplePValue(a[name] ?? [], b[name] ?? [], { tolerance })]));
}

function concludesAsWasm({ name, open, plainJavaScript = false }: Subject): void {
  const wasm = createWasmEngine();
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => Promise.all([engine.close(), wasm.close()]));

  test.for(chosen)("as wasm on $id", { timeout: 300_000 }, async (of, { skip }) => {
    if (plainJavaScript && !of.tiny) skip("minutes in plain JavaScript");
    const spec = await stated(of);
    const [theirs, ours] = [await conclude(spec, wasm), await conclude(spec, engine)];
    const report = (["cell", "control"] as const).map((which) => {
      const ps = pValues(ours[which], theirs[which]);
      const share = (100 * sharePaired(ours[which], theirs[which])).toFixed(0);
      return { share, ps, label: which === "cell" ? of.cell : `control: ${spec.control.name}` };
    });
    const words = report.map(
      ({ label, share, ps }) => `${label}: ${share} % of seeds alike, least p ${Math.min(...Object.values(ps))}`,
    );
    console.info(`${of.id} on ${name}: ${ours.verdict}; ${words.join("; ")}`);
    expect(ours.verdict).toBe(theirs.verdict);
    for (const { ps, label } of report)
      for (const [what, p] of Object.entries(ps)) expect(p, `${what} in ${label}`).toBeGreaterThan(significance);
  });
}

for (const subject of subjects.filter(({ name }) => name !== "wasm")) {
  const reason = await subject.unavailable();
  describe(`${subject.name} concludes`, () => {
    if (reason === null) concludesAsWasm(subject);
    else test("cannot run here", ({ skip }) => skip(reason));
  });
}
