import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Hypotheses about random walks; the variable DEMO varies them, DEMO_ENGINE what they run on, DEMO_VARIANT says why they are none for the record, DEMO_RUNNING why the page cannot run them. */
const spec = (source: string) => `
import { createCanvas } from "canvas";
import { hypothesesAbout } from "${source}/verification/hypothesis";
import { randomWalks, walks } from "${source}/verification/testing/random-walks";

const demo = process.env.DEMO ?? "";
const engine = process.env.DEMO_ENGINE ?? "exact";
const { hypothesis, exactClaim, openQuestion } =
  hypothesesAbout(randomWalks({ engine, reproducible: engine === "exact" }));
const square = (colour) => ({
  width: 40,
  height: 40,
  draw: (pen) => {
    pen.fillStyle = colour;
    pen.fillRect(5, 5, 20, 20);
  },
});
const even = {
  row: "A1",
  role: "as printed",
  claim: "After twenty steps a walk is at an even number.",
  given: walks(256),
  observe: ({ path }) => Math.abs(path.at(-1) % 2) === (demo === "flip" ? 1 : 0),
  expect: { nearlyAll: "an even end", when: (o) => o },
  control: { name: "one step more", steps: demo === "flip" ? 20 : 21 },
  positiveControl: { name: "an even number of steps", steps: demo === "flip" ? 21 : 20 },
  figure: () => square(demo === "paint" ? "red" : "blue"),
};
hypothesis("A1 even ends", even);
if (demo !== "without M2")
  exactClaim("M2 parity", {
    section: "mine",
    claim: "Two odd numbers have an even sum.",
    properties: { sum: () => (3 + 5) % 2 === 0 },
    nearMiss: { "one odd number": () => (3 + 4) % 2 === 0 },
    figure: () => [square("green")],
  });
if (demo === "questions")
  openQuestion("A3 how far", {
    row: "A3",
    role: "answer",
    question: "How far does a walk get?",
    given: walks(16),
    measure: ({ given }) => {
      const value = given.runs.reduce((sum, { path }) => sum + Math.abs(path.at(-1)), 0) / given.runs.length;
      return { answer: \`About \${value.toFixed(1)}.\`, values: { distance: { value, low: 0, high: 20 } } };
    },
  });
if (demo === "bad") {
  hypothesis("A1 again", even);
  hypothesis("3A no id", even);
  hypothesis("A1d few", { ...even, given: walks(20) });
  hypothesis("A1e vacuous", { ...even, control: { name: "the same" } });
  const { control, ...uncontrolled } = even;
  hypothesis("A1h no control", uncontrolled);
  exactClaim("M6 no section", { claim: "One is one.", properties: { one: () => true }, nearMiss: { two: () => false } });
  hypothesis("A1g no walk", { ...even, given: { ...even.given, up: 2 } });
  hypothesis("A1i no row", { ...even, row: "Z9" });
}
`;

/** A text for the demo to be about. */
const note = `{
  title: "On walks", author: "A. Walker", url: "https://example.org/walks",
  sections: [{ id: "walks", title: "Walks on a line" }],
  rows: [
    { id: "A1", section: "walks", kinds: ["population"], claim: "Walks end at even numbers." },
    { id: "A3", section: "walks", kinds: ["open"], claim: "How far does a walk get?" },
  ],
  errata: [{ row: "A1", printed: "Walks end at even numbers.", found: "Not after an odd number of steps.", shownBy: ["A1"] }],
}`;

const repository = resolve(".");

/** Conclusions are kept under DEMO_KEPT where that is given. */
const reuse = `async () => process.env.DEMO_KEPT && process.env.HYPOTHESES_CACHE !== "off"
  ? { directory: process.env.DEMO_KEPT, environment: [process.env.DEMO ?? "", process.env.DEMO_ENGINE ?? ""], apart: () => false }
  : null`;

/** Whole runs of Vitest on a small suite in a directory of its own: demo.spec.ts, and what `files` adds. */
export class DemoSuite {
  readonly root: string;

  constructor(files: { readonly [name: string]: (source: string) => string } = {}) {
    mkdirSync(".cache", { recursive: true });
    this.root = mkdtempSync(resolve(".cache/demo-"));
    mkdirSync(this.path("hypotheses"));
    const source = `${repository}/src`;
    for (const [name, text] of Object.entries({ "demo.spec.ts": spec, ...files }))
      writeFileSync(this.path("hypotheses", name), text(source));
    writeFileSync(
      this.path("vitest.config.ts"),
      `import { hypotheses } from "${source}/verification/plugin.ts";
const running = process.env.DEMO_RUNNING && (async () => { throw new Error(process.env.DEMO_RUNNING); });
export default {
  test: { projects: [{ plugins: [hypotheses({ note: ${note}, variant: () => process.env.DEMO_VARIANT || null, running, reuse: ${reuse} })], test: { name: "hypotheses", include: ["hypotheses/*.spec.ts"], pool: "threads", isolate: true, testTimeout: 60_000, includeTaskLocation: true } }] },
};`,
    );
  }

  /** Runs Vitest in the suite, or on it from elsewhere or as another user; `output` has no colours. */
  vitest(args: string[], variables: { [name: string]: string } = {}, cwd = this.root, user?: number) {
    const { command, env } = vitestCommand(args, variables);
    const who = user === undefined ? {} : { uid: user, gid: user };
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd, encoding: "utf8", env, ...who });
    return { status, stdout, stderr, output: stdout + stderr };
  }

  /** Starts Vitest in the suite, as the first of a process group of its own. */
  start(args: string[], variables: { [name: string]: string } = {}) {
    const { command, env } = vitestCommand(args, variables);
    return spawn(process.execPath, command, {
      cwd: this.root,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  get recordFile(): string {
    return this.path("snapshots/conclusions.json");
  }

  get record() {
    return JSON.parse(readFileSync(this.recordFile, "utf8"));
  }

  get figures(): string[] {
    return readdirSync(this.path("snapshots/figures")).sort();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function vitestCommand(args: string[], variables: { [name: string]: string }) {
  const { CI: _, VITEST: __, GITHUB_ACTIONS: ___, ...inherited } = process.env;
  const command = [join(repository, "node_modules/vitest/vitest.mjs"), "run", ...args];
  return { command, env: { ...inherited, NO_COLOR: "1", ...variables } };
}
