import { lstatSync } from "node:fs";
import { extname, resolve } from "node:path";
import { closeEngines } from "../train/engines/registry.ts";
import type { Ensemble } from "../train/ensemble.ts";
import { train } from "../train/train.ts";
import { tryWriting, writeAtomically } from "../util/atomic-write.ts";
import { InputError, quote } from "../util/check.ts";
import { parseArguments, type Request } from "./arguments.ts";
import { toJson } from "./document.ts";
import { helpText } from "./flags.ts";
import { summarise } from "./summary.ts";
import { everySeedDiverged } from "./survivors.ts";

export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/**
 * The explore command. Gives the exit code: 0; 1 when training or writing is impossible or every seed diverged; 2 when
 * the command line is wrong. What can be mended is one line on `err`; anything else is thrown.
 */
export async function explore(argv: readonly string[], { out, err }: Output): Promise<number> {
  let code = 2;
  try {
    const request = parseArguments(argv);
    if (request === "help") {
      out(helpText());
      return 0;
    }
    code = 1;
    checkOutputs(request);
    const ensemble = await train(request.model, request.recipe, request.seeds, { engine: request.engine });
    checkSurvivors(ensemble);
    out(summarise(ensemble));
    if (request.json !== null) write(request.json, toJson(ensemble));
    if (request.figure !== null) write(request.figure, await draw(ensemble));
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    err(`${error.message}\n`);
    return code;
  } finally {
    await closeEngines();
  }
}

/** Before an hour of training rather than after it. */
function checkOutputs({ json, figure }: Request): void {
  if (figure !== null && extname(figure) !== ".png")
    throw new InputError(`invalid --figure: ${quote(figure)}; expected a name that ends in .png`);
  if (json !== null && figure !== null && resolve(json) === resolve(figure))
    throw new InputError(`invalid --figure: ${quote(figure)}; expected another file than that of --json`);
  for (const path of [json, figure]) {
    if (path === null) continue;
    // Writing replaces what is there, which a directory or a device would not survive.
    attempt(path, () => {
      if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false)
        throw new InputError("it is there and not a regular file");
      tryWriting(path);
    });
  }
}

function write(path: string, content: string | Uint8Array): void {
  attempt(path, () => writeAtomically(path, content));
}

function attempt(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: "its directory does not exist",
      ENOTDIR: "its directory is a file",
      EACCES: "its directory is not writable",
      EPERM: "its directory is not writable",
      EROFS: "its directory is not writable",
      ENOSPC: "no space is left",
    };
    throw new InputError(`cannot write ${quote(path)}: ${reasons[code ?? ""] ?? (error as Error).message}`);
  }
}

/** Drawing needs the optional binaries of a package that nothing else does. */
async function draw(ensemble: Ensemble): Promise<Buffer> {
  try {
    return (await import("./figure.ts")).drawEnsemble(ensemble);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND" && !/native binding/i.test(message)) throw error;
    throw new InputError(
      `cannot draw: the package "canvas" is not there for this platform (npm ci without --omit=optional)`,
    );
  }
}

function checkSurvivors({ runs, recipe, model }: Ensemble): void {
  if (runs.some((run) => run.status !== "diverged")) return;
  throw new InputError(everySeedDiverged(runs.length, recipe, model));
}
