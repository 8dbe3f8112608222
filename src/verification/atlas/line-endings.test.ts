import { createHash } from "node:crypto";
import { expect, test, vi } from "vitest";
import { page } from "./page.ts";
import { exampleEntry } from "./testing/example.ts";

/** As an editor or a checkout with CRLF leaves style and scripts. */
vi.mock(import("node:fs"), async (original) => {
  const fs = await original();
  const readFileSync = (path: string, options: "utf8") => fs.readFileSync(path, options).replaceAll(/\r?\n/g, "\r\n");
  return { ...fs, readFileSync: readFileSync as typeof fs.readFileSync };
});

test("the page allows its style and scripts as a browser reads them, whatever their lines end with", () => {
  const text = page([exampleEntry("T1")], null);
  expect(text).toContain("\r\n");
  // A browser reads CRLF as LF before anything else.
  const seen = text.replaceAll("\r\n", "\n");
  const parts = [...seen.matchAll(/<(style|script)>(.*?)<\/\1>/gs)].map((match) => match[2]!);
  expect(parts).toHaveLength(3);
  for (const part of parts) expect(seen).toContain(`'sha256-${createHash("sha256").update(part).digest("base64")}'`);
});
