import { deflateSync } from "fflate";
import type { Gallery } from "../gallery.ts";
import type { Entry } from "./entry.ts";

/** Galleries by the hypothesis's id, as the page's script unpacks them. */
export type Packed = Readonly<Record<string, readonly Gallery[]>>;

/**
 * All galleries as one line of Base64 over raw deflate over JSON: as markup they would be several times the rest of the
 * page. fflate gives the same bytes everywhere, which zlib's builds do not promise.
 */
export function packGalleries(entries: readonly Entry[]): string {
  const packed: Packed = Object.fromEntries(
    entries.flatMap(({ id, report }) => {
      const galleries = report?.details?.galleries ?? [];
      return galleries.length > 0 ? [[id, galleries]] : [];
    }),
  );
  const bytes = deflateSync(new TextEncoder().encode(JSON.stringify(packed)), { level: 9 });
  return Buffer.from(bytes).toString("base64");
}
