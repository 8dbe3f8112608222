import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeAtomically } from "../../util/atomic-write.ts";
import { sha256 } from "../../util/canonical.ts";
import type { Concluded } from "../concluded.ts";

/** A hypothesis as it was concluded. */
export interface KeptTest extends Omit<Concluded, "png" | "lacks"> {
  readonly name: string;
  /** Where it stands in its file. */
  readonly line: number | null;
  readonly lacks: string | null;
  /** The figure's SHA-256, under which it is kept; null where there is none. */
  readonly figure: string | null;
  /** What it took to run; 0 where that is not known. */
  readonly seconds: number;
}

/** What a spec file came to, and what that is a function of. */
export interface KeptSpec {
  /** Of the engine, options and seeds. */
  readonly environment: string;
  /** Of the code. */
  readonly bundle: string;
  /** SHA-256 of each file that was read for it, from the suite's root. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether these are all tests of the file; a run may have had some of them only. */
  readonly whole: boolean;
  readonly tests: readonly KeptTest[];
}

/** Conclusions of earlier runs, a file for each spec file, checked when read. */
export class KeptConclusions {
  constructor(private readonly directory: string) {}

  path(spec: string): string {
    return join(this.directory, `${spec}.json`);
  }

  /** undefined where nothing is kept, or what is there is not what was written. */
  read(spec: string): KeptSpec | undefined {
    try {
      const text = readFileSync(this.path(spec), "utf8");
      const end = text.indexOf("\n");
      const body = text.slice(end + 1);
      if (text.slice(0, end) !== sha256(body)) throw new Error("damaged");
      return JSON.parse(body) as KeptSpec;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        console.warn(`conclusions kept of ${spec} cannot be used (${(error as Error).message}); it is run again`);
      return undefined;
    }
  }

  write(spec: string, kept: KeptSpec): void {
    const body = JSON.stringify(kept);
    mkdirSync(dirname(this.path(spec)), { recursive: true });
    writeAtomically(this.path(spec), `${sha256(body)}\n${body}`);
  }

  /** undefined where it is not there, or is damaged. */
  figure(hash: string): Buffer | undefined {
    try {
      const png = readFileSync(this.figurePath(hash));
      return sha256(png) === hash ? png : undefined;
    } catch {
      return undefined;
    }
  }

  writeFigure(png: Buffer): string {
    const hash = sha256(png);
    mkdirSync(join(this.directory, "figures"), { recursive: true });
    if (!this.figure(hash)) writeAtomically(this.figurePath(hash), png);
    return hash;
  }

  private figurePath(hash: string): string {
    return join(this.directory, "figures", `${hash}.png`);
  }
}
