import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Model } from "../../models/model.ts";
import { temporarySuffix, writeAtomically } from "../../util/atomic-write.ts";
import { canonicalJson, sha256 } from "../../util/canonical.ts";
import type { Trajectory } from "../engine.ts";
import { engineNames } from "../engines/registry.ts";
import type { Recipe } from "../recipe.ts";
import { decodeEntry, encodeEntry } from "./entry.ts";
import { hashSources } from "./source-hash.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
/** Read when this module is, so that code edited while a process runs does not lend its name to the old code's results. */
const sourcesAtStart: { readonly [engine: string]: string } = Object.fromEntries(
  engineNames.map((engine) => [engine, hashSources(root, engine)]),
);

const entrySuffix = ".run";
/** Above this many bytes the entries unread for longest are removed when a process first opens the cache. */
const sizeLimit = 2e9;
/** A file still being written after this many milliseconds belongs to a writer that was killed. */
const abandonedAfter = 3_600_000;

/** What an option, then the variable HYPOTHESES_CACHE ("off": none), then the default say; null: no cache. */
export function cacheDirectory(option: string | null | undefined): string | null {
  const chosen = option === undefined ? process.env.HYPOTHESES_CACHE || join(root, ".cache/runs") : option;
  return chosen === null || chosen === "off" ? null : resolve(chosen);
}

/** A hash of everything that computes an engine's runs; "" for an engine of one's own. */
export const sourcesOf = (engine: string): string => sourcesAtStart[engine] ?? "";

/** The name of each block of seeds: what is kept under it is a function of exactly these. */
export function blockKeys(
  engine: string,
  model: Model,
  recipe: Recipe,
  blocks: readonly (readonly number[])[],
  source = sourcesOf(engine),
): string[] {
  const common = sha256(source, engine, canonicalJson(model), canonicalJson(recipe));
  return blocks.map((seeds) => sha256(common, canonicalJson(seeds)));
}

/**
 * Trained blocks of seeds as files under their keys. An entry is written whole or not at all, and checked when read.
 * A cache that cannot be read or written costs time, never a run.
 */
export class RunCache {
  private static readonly opened = new Set<string>();
  private static readonly warned = new Set<string>();

  constructor(readonly directory: string) {
    if (RunCache.opened.has(directory)) return;
    RunCache.opened.add(directory);
    try {
      prune(directory, sizeLimit);
    } catch {
      // No directory yet, or not ours to tidy: the limit is a courtesy.
    }
  }

  path(key: string): string {
    return join(this.directory, key + entrySuffix);
  }

  /** The block kept under a key; "corrupted" when there is an entry that is not what was written. */
  read(key: string): Trajectory[] | "absent" | "corrupted" {
    const path = this.path(key);
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT" && code !== "ENOTDIR") this.warn(error);
      return "absent";
    }
    const block = decodeEntry(key, bytes);
    if (!block) {
      console.warn(`run cache: ${path} is damaged; its seeds are trained again`);
      return "corrupted";
    }
    try {
      const now = new Date();
      utimesSync(path, now, now);
    } catch {
      // The time only orders what is removed first.
    }
    return block;
  }

  /** Whether it is kept. That it is not is for whoever trains to say, with all else that could not be written. */
  write(key: string, block: readonly Trajectory[]): boolean {
    try {
      mkdirSync(this.directory, { recursive: true });
      writeAtomically(this.path(key), encodeEntry(key, block));
      return true;
    } catch {
      return false;
    }
  }

  private warn(error: unknown): void {
    if (RunCache.warned.has(this.directory)) return;
    RunCache.warned.add(this.directory);
    console.warn(`run cache: cannot be read, training goes on without it (${(error as Error).message})`);
  }
}

/** Removes what killed writers left, and the entries read longest ago until at most `limit` bytes are kept. */
export function prune(directory: string, limit: number, now = Date.now()): void {
  const entries: { path: string; size: number; time: number }[] = [];
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    if (name.endsWith(entrySuffix)) entries.push({ path, size: stat.size, time: stat.mtimeMs });
    else if (name.endsWith(temporarySuffix) && now - stat.mtimeMs > abandonedAfter)
      // Forced, here and below: another process may be removing the same file.
      rmSync(path, { force: true });
  }
  let total = entries.reduce((sum, entry) => sum + entry.size, 0);
  for (const { path, size } of entries.sort((a, b) => a.time - b.time)) {
    if (total <= limit) break;
    rmSync(path, { force: true });
    total -= size;
  }
}
