import { relative } from "node:path";
import type { TestContext } from "vitest";
import type { Finding } from "./finding.ts";
import type { Gallery } from "./gallery.ts";

/** What a page shows beside the conclusion, and no record keeps. */
export interface Details {
  /** The test's name, which begins with the id. */
  readonly title: string;
  /** Where the hypothesis stands, from the repository's root. */
  readonly file: string;
  readonly line: number | null;
  readonly reading: string | null;
  readonly galleries: readonly Gallery[];
}

export function detailsOf(
  task: TestContext["task"],
  reading: string | undefined,
  { galleries = [] }: Finding,
): Details {
  return {
    title: task.name,
    file: relative("", task.file.filepath).replaceAll("\\", "/"),
    line: task.location?.line ?? null,
    reading: reading ?? null,
    galleries,
  };
}
