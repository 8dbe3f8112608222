import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../util/check.ts";

/**
 * Throws InputError where a shard's report, of those in a folder, is damaged: after a full disk it is cut short. Vitest would say
 * at which character, and not in which file.
 */
export function demandWhole(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const file = join(folder, name);
    if (!statSync(file).isFile()) continue;
    try {
      JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
      throw new InputError(
        `${file} is no report of a shard, or not whole (${(error as Error).message}); run that shard again`,
      );
    }
  }
}
