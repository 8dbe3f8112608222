import { deflateSync } from "fflate";
import { canonicalJson, sha256 } from "../../util/canonical.ts";
import type { Note } from "../claim/note.ts";
import type { Entry } from "./entry.ts";
import { html, type Part } from "./markup.ts";

/** With these a page runs the suite's hypotheses where its reader sits. */
export interface Scripts {
  /** Runs in the page. */
  readonly page: string;
  /** Runs in workers that the page starts: every hypothesis, and all that it reaches. */
  readonly worker: string;
  readonly style: string;
}

/** Worker and record as packed texts, under a key that is another one where any of the two is. */
export function packedPart(entries: readonly Entry[], note: Note | null, { worker }: Scripts): Part {
  const record = Object.fromEntries(entries.map(({ id, recorded }) => [id, recorded]));
  const data = canonicalJson({ note, record });
  return html`<script type="application/octet-stream" id="record">${packed(data)}</script>
    <script type="application/octet-stream" id="worker" data-key=${sha256(worker, data).slice(0, 16)}>${packed(worker)}</script>`;
}

/** One line of Base64 over raw deflate. fflate gives the same bytes everywhere, which zlib's builds do not promise. */
export function packed(text: string): string {
  return Buffer.from(deflateSync(new TextEncoder().encode(text), { level: 9 })).toString("base64");
}
