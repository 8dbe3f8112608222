import { deflateSync } from "fflate";
import type { Entry } from "./entry.ts";

/**
 * All galleries by the hypothesis's id, as one line of Base64 over raw deflate over JSON: as markup they would be several times the rest of the
 * page. fflate gives the same bytes everywhere, which zlib's builds do not promise.
 */
export function packGalleries(entries: readonly Entry[]): string {
  const galleries = entries.flatMap(({ id, report }) => (report?.galleries.length ? [[id, report.galleries]] : []));
  const packed = new TextEncoder().encode(JSON.stringify(Object.fromEntries(galleries)));
  const bytes = deflateSync(packed, { level: 9 });
  return Buffer.from(bytes).toString("base64");
}
