import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { actionOf, type Place, stubs, type Texts } from "./workflows-actions.ts";
import { type Contexts, expand, isMet } from "./workflows-expressions.ts";

export type Step = { readonly [key in "name" | "id" | "if" | "run" | "uses" | "shell"]?: string } & {
  readonly with?: Texts;
  readonly env?: Texts;
};

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly "runs-on": string;
  readonly env?: Texts;
  readonly outputs?: Texts;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly strategy?: { readonly matrix: { readonly [key: string]: readonly unknown[] } };
  readonly steps: readonly Step[];
}

export interface Outcome {
  readonly result: string;
  readonly outputs: Texts;
}

/** Runs the steps of a job in an empty folder, and says how each one ended. */
export function runSteps(
  label: string,
  job: Job,
  contexts: Contexts & { readonly github: Texts },
  place: Place,
  log: (line: string) => void,
): Outcome {
  rmSync(place.work, { recursive: true, force: true });
  mkdirSync(place.work);
  const steps: { [id: string]: { readonly outputs: Texts } } = {};
  const atTheEnd: (() => void)[] = [];
  let succeeded = true;
  for (const [i, step] of job.steps.entries()) {
    const known = { ...contexts, steps };
    const env = expandAll({ ...job.env, ...step.env }, known);
    const here = { ...known, env };
    const title = step.name ?? step.run?.trim().split("\n")[0] ?? actionOf(step.uses!);
    const start = performance.now();
    let state = "skipped";
    let note = "";
    if (isMet(step.if, here, succeeded))
      try {
        if (step.uses) {
          const did = stubs[actionOf(step.uses)]!(place, expandAll(step.with, here));
          note = did.note ?? "";
          if (did.atTheEnd) atTheEnd.push(did.atTheEnd);
        } else if (place.nodeModules && step.run === "npm ci") note = "linked";
        else {
          const shell = step.shell ?? job.defaults?.run.shell;
          const outputs = runScript(expand(step.run, here), shell, `${label}-${i + 1}`, env, contexts.github, place);
          if (step.id) steps[step.id] = { outputs };
        }
        state = "success";
      } catch (error) {
        state = "failure";
        succeeded = false;
        note = (error as Error).message;
      }
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    log(`  ${state.padEnd(7)} ${expand(title, here)} (${seconds} s)${note && `: ${note}`}`);
  }
  if (succeeded) for (const act of atTheEnd) act();
  return {
    result: succeeded ? "success" : "failure",
    outputs: expandAll(job.outputs, { ...contexts, steps }),
  };
}

const expandAll = (texts: Texts = {}, contexts: Contexts): Texts =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, expand(text, contexts)]));

/** Returns what the script wrote to GITHUB_OUTPUT; throws with the end of what it printed where it failed. */
function runScript(
  script: string,
  shell: string | undefined,
  label: string,
  env: Texts,
  github: Texts,
  { folder, work }: Place,
): Texts {
  if (shell !== undefined && shell !== "bash") throw new Error(`no shell ${shell} here`);
  const output = join(folder, "output");
  writeFileSync(output, "");
  const log = join(folder, "logs", `${label}.log`);
  const printed = openSync(log, "w");
  const own = Object.entries(process.env).filter(([key]) => !/^(GITHUB|HYPOTHESES|VITEST|NODE_ENV|STRICT)/.test(key));
  const { status, signal } = spawnSync(
    "bash",
    [...(shell ? ["--noprofile", "--norc", "-eo", "pipefail"] : ["-e"]), "-c", script],
    {
      cwd: work,
      stdio: ["ignore", printed, printed],
      env: {
        ...Object.fromEntries(own),
        CI: "true",
        GITHUB_ACTIONS: "true",
        ...Object.fromEntries(Object.entries(github).map(([key, value]) => [`GITHUB_${key.toUpperCase()}`, value])),
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(folder, "logs", `${label}.summary.md`),
        ...env,
        PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}`,
      },
    },
  );
  closeSync(printed);
  if (status !== 0) {
    const tail = readFileSync(log, "utf8").trimEnd().split("\n").slice(-8);
    throw new Error([`exit ${status ?? signal}; the end of ${log}:`, ...tail].join("\n      ").trimEnd());
  }
  const settings = readFileSync(output, "utf8").matchAll(/^(\w+)=(.*)$/gm);
  return Object.fromEntries([...settings].map(([, key, value]) => [key, value]));
}
