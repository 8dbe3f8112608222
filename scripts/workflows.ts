import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { actionOf, stubs, type Texts } from "./workflows-actions.ts";
import { type Contexts, expand, isMet } from "./workflows-expressions.ts";
import { type Job, type Outcome, runSteps } from "./workflows-steps.ts";

/** What to run, and where. */
export interface Options {
  /** Of the repository whose HEAD is run. */
  readonly root: string;
  /** Of the workflow. */
  readonly file: string;
  /** For clones, artifacts, caches and logs. Another attempt in the same folder finds what the first one left. */
  readonly folder: string;
  readonly log: (line: string) => void;
  /** Those to run; none: all. The others count as successes without outputs, unless `assumed` says otherwise. */
  readonly jobs?: readonly string[];
  readonly assumed?: Texts;
  /** Which combinations of a matrix. */
  readonly only?: Texts;
  readonly inputs?: Texts;
  readonly event?: string;
  readonly attempt?: string;
  /** To link to in place of `npm ci`. */
  readonly nodeModules?: string | undefined;
}

/** How each job of a workflow ended. What this cannot do is an error before anything has run. */
export function runWorkflow(options: Options): { readonly [job: string]: Outcome } {
  const { root, file, folder, log, assumed = {} } = options;
  const { jobs } = parse(readFileSync(file, "utf8")) as { jobs: { [name: string]: Job } };
  const chosen = options.jobs?.length ? options.jobs : Object.keys(jobs);
  for (const name of chosen) check(name, jobs[name]);
  for (const part of ["bin", "logs"]) mkdirSync(join(folder, part), { recursive: true });
  const gh = join(folder, "bin/gh");
  if (!existsSync(gh)) writeFileSync(gh, '#!/bin/sh\nprintf "gh %s\\n" "$*"\n', { mode: 0o755 });
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const origin = join(folder, "origin.git");
  if (!existsSync(origin)) git("clone", "--quiet", "--bare", root, origin);
  const github = {
    event_name: options.event ?? "push",
    ref: git("rev-parse", "--symbolic-full-name", "HEAD"),
    ref_name: git("rev-parse", "--abbrev-ref", "HEAD"),
    repository: "here/here",
    run_attempt: options.attempt ?? "1",
    run_id: "1",
    server_url: "https://github.invalid",
    token: "none",
  };
  const done: { [job: string]: Outcome } = {};
  const run = (name: string): Outcome => {
    if (!chosen.includes(name)) return { result: assumed[name] ?? "success", outputs: {} };
    if (done[name]) return done[name];
    const job = jobs[name]!;
    const needs = Object.fromEntries([job.needs ?? []].flat().map((other) => [other, run(other)]));
    const contexts = { github, needs, inputs: options.inputs ?? {}, matrix: {}, strategy: {} };
    const ready = Object.values(needs).every(({ result }) => result === "success");
    const outcome = isMet(job.if, contexts, ready)
      ? runCombinations(name, job, contexts, options)
      : { result: "skipped", outputs: {} };
    log(`${name}: ${outcome.result}`);
    done[name] = outcome;
    return outcome;
  };
  for (const name of chosen) run(name);
  return done;
}

function check(name: string, job: Job | undefined): void {
  if (!job) throw new Error(`there is no job ${name}`);
  const { include, exclude, ...lists } = job.strategy?.matrix ?? {};
  if (exclude || (include && Object.keys(lists).length > 0)) throw new Error(`${name}: no such matrix here`);
  const known = ["name", "id", "if", "run", "uses", "shell", "with", "env"];
  for (const step of job.steps) {
    if (step.uses && !stubs[actionOf(step.uses)]) throw new Error(`${name}: no stand-in for ${step.uses}`);
    const other = Object.keys(step).find((key) => !known.includes(key));
    if (other) throw new Error(`${name}: no "${other}" of a step here`);
  }
}

type Combination = { readonly [key: string]: unknown };

function runCombinations(
  name: string,
  job: Job,
  contexts: Contexts & { readonly github: Texts },
  { folder, log, nodeModules, only = {} }: Options,
): Outcome {
  const { include, ...lists } = job.strategy?.matrix ?? {};
  const all = Object.entries(lists).reduce<readonly Combination[]>(
    (some, [key, values]) => some.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    (include as readonly Combination[] | undefined) ?? [{}],
  );
  const outcomes = all.flatMap((matrix, index): Outcome[] => {
    if (Object.keys(matrix).some((key) => key in only && String(matrix[key]) !== only[key])) return [];
    const here = { ...contexts, matrix, strategy: { "job-index": index, "job-total": all.length } };
    const label = [name, ...Object.values(matrix)].join("-");
    log(`${label} (for ${expand(job["runs-on"], here)}, on ${process.platform} ${process.arch})`);
    // One place for every job, as on GitHub's machines: reports are merged by the paths in them.
    return [runSteps(label, job, here, { work: join(folder, "work"), folder, nodeModules }, log)];
  });
  return outcomes.find(({ result }) => result !== "success") ?? outcomes.at(-1) ?? { result: "skipped", outputs: {} };
}

/**
 * Runs the jobs of a workflow one after the other, each in a fresh clone of HEAD, with stand-ins for the actions. Nothing leaves
 * this machine: clones are of a copy of the repository, and `gh` prints what it was asked. It is neither another system nor
 * another Node than the one at hand.
 *
 *     npx tsx scripts/workflows.ts verify --job hypotheses --only shard=2 --node-modules node_modules
 */
if (process.argv[1] === import.meta.filename) {
  const several = { type: "string", multiple: true, default: [] as string[] } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      job: several,
      only: several,
      // A job's result, where it is not run: hypotheses=failure.
      assume: several,
      input: several,
      event: { type: "string", default: "push" },
      attempt: { type: "string", default: "1" },
      folder: { type: "string" },
      "node-modules": { type: "string" },
    },
  });
  const [workflow] = positionals;
  if (workflow === undefined) throw new Error("expected the name of a workflow, such as verify");
  const pairs = (texts: readonly string[]) => Object.fromEntries(texts.map((text) => text.split(/=(.*)/s, 2)));
  const folder = resolve(values.folder ?? mkdtempSync(join(tmpdir(), "workflow-")));
  const nodeModules = values["node-modules"];
  const outcomes = runWorkflow({
    root: resolve(import.meta.dirname, ".."),
    file: workflow.endsWith(".yml") ? workflow : `.github/workflows/${workflow}.yml`,
    folder,
    log: console.log,
    jobs: values.job,
    only: pairs(values.only),
    assumed: pairs(values.assume),
    inputs: pairs(values.input),
    event: values.event,
    attempt: values.attempt,
    nodeModules: nodeModules && resolve(nodeModules),
  });
  console.log(`Logs, summaries and artifacts: ${folder}`);
  process.exitCode = Object.values(outcomes).some(({ result }) => result === "failure") ? 1 : 0;
}
