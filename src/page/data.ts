import type { Conclusion } from "../verification/claim/conclusion.ts";
import type { Note } from "../verification/claim/note.ts";

/** What the page was made from. */
export interface PageData {
  readonly note: Note | null;
  readonly record: Readonly<Record<string, Conclusion>>;
}

/** A text that the page holds packed: Base64 over raw deflate. */
async function unpacked(id: string): Promise<string> {
  const bytes = Uint8Array.from(atob(document.getElementById(id)!.textContent!), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

let data: Promise<PageData> | undefined;
export const pageData = (): Promise<PageData> => {
  data ??= unpacked("record").then((text) => JSON.parse(text) as PageData);
  return data;
};

let url: Promise<string> | undefined;
/** The worker's script. From a Blob, because a page from disk may load no worker's file. */
export const workerUrl = (): Promise<string> => {
  url ??= unpacked("worker").then((text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  return url;
};

/** Of scripts and record: what was seen with others is not seen with these. */
export const pageKey = (): string => document.getElementById("worker")!.dataset.key!;
