import type { Entry } from "./entry.ts";
import { packed } from "./scripts.ts";

/** All galleries by the hypothesis's id, as packed JSON: as markup they would be several times the rest of the page. */
export function packGalleries(entries: readonly Entry[]): string {
  const galleries = entries.flatMap(({ id, report }) => (report?.galleries.length ? [[id, report.galleries]] : []));
  return packed(JSON.stringify(Object.fromEntries(galleries)));
}
