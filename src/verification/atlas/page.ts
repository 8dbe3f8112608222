import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { renderToString } from "preact-render-to-string";
import type { Note } from "../claim/note.ts";
import { chapterPart, chaptersOf } from "./chapters.ts";
import type { Entry } from "./entry.ts";
import type { Stray } from "./failed.ts";
import { head, titleOf } from "./head.ts";
import { html, type Part } from "./markup.ts";
import { panel } from "./panel.ts";
import { packedPart, type Scripts } from "./scripts.ts";
import { packGalleries } from "./seeds.ts";

/** In the order in which they apply. */
const styles = ["base", "head", "panel", "claims", "evidence", "seeds", "notes", "wide"];

const asset = (name: string) => readFileSync(new URL(`browser/${name}`, import.meta.url), "utf8");
/** As a browser sees a text: whatever its lines end with in the file, they end with LF in the page. */
const hash = (text: string) =>
  `'sha256-${createHash("sha256").update(text.replaceAll(/\r\n?/g, "\n")).digest("base64")}'`;

/** The whole page as one text. The same entries give the same bytes. `running`: with what its hypotheses run in a browser. */
export function page(
  entries: readonly Entry[],
  note: Note | null,
  strays: readonly Stray[] = [],
  running: Scripts | null = null,
): string {
  const style = [...styles.map((name) => asset(`${name}.css`)), ...(running ? [running.style] : [])].join("\n");
  const seeds = `${asset("thumbnail.js")}\n${asset("seeds.js")}`;
  const scripts = [asset("filters.js"), seeds, ...(running ? [running.page] : [])];
  const workers = running ? "worker-src blob:; " : "";
  const compiling = running ? " 'wasm-unsafe-eval'" : "";
  const policy = `default-src 'none'; img-src 'self' file: data:; style-src ${hash(style)}; script-src ${scripts.map(hash).join(" ")}${compiling}; ${workers}base-uri 'none'; form-action 'none'`;
  const raw = (text: string) => ({ __html: text });
  const root = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${titleOf(note)}</title>
      <link rel="icon" href="data:," />
      <style dangerouslySetInnerHTML=${raw(style)}></style>
    </head>
    <body>
      ${body(entries, note, strays)}
      <script type="application/octet-stream" id="galleries">${packGalleries(entries)}</script>
      ${running && packedPart(entries, note, running)}
      ${scripts.map((script) => html`<script dangerouslySetInnerHTML=${raw(script)}></script>`)}
    </body>
  </html>`;
  return `<!doctype html>\n${renderToString(root as Parameters<typeof renderToString>[0])}\n`;
}

function body(entries: readonly Entry[], note: Note | null, strays: readonly Stray[]): Part[] {
  const chapters = chaptersOf(entries, note, strays);
  const known = new Set(entries.map(({ id }) => id));
  return [
    html`<a class="skip" href="#claims">Skip to the claims</a>`,
    head(note, chapters, entries),
    html`<div class="columns">
      ${panel(note, chapters, entries)}
      <main id="claims" tabindex="-1">
        <p class="nothing" hidden>No hypothesis matches these filters. <button type="button" class="reset">Show all</button></p>
        ${chapters.map((chapter) => chapterPart(chapter, known))}
      </main>
    </div>`,
    html`<dialog id="seed" aria-labelledby="seed-title"><form method="dialog"><button class="close">Close</button></form>
      <h2 id="seed-title"></h2><div class="large"></div><p class="words"></p><p class="facts"></p><p class="command"><code></code></p></dialog>`,
    html`<p id="said" class="hidden" role="status"></p>`,
  ];
}
