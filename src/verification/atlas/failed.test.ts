import { renderToStaticMarkup } from "preact-render-to-string";
import { expect, test } from "vitest";
import { failedPart, strayCard, straysOf } from "./failed.ts";
import { html, type Part } from "./markup.ts";
import { exampleEntry } from "./testing/example.ts";

const failure = (id: string, title = "a title", message = "no") => ({ id, title, message });
const shown = (part: Part) => renderToStaticMarkup(html`<main>${part}</main>`).slice(6, -7);

test("strays are what failed and has no entry, each once", () => {
  const failures = [failure("T1"), failure("T2"), failure("T3"), failure("T2", "again")];
  expect(straysOf(failures, [exampleEntry("T1")])).toEqual([
    { id: "T2", failures: [failures[1], failures[3]] },
    { id: "T3", failures: [failures[2]] },
  ]);
});

test("the head has nothing where nothing failed, and speaks of one as of one", () => {
  expect(shown(failedPart([]))).toBe("");
  expect(shown(failedPart(["T8b"]))).toBe(
    '<p class="failure all"><strong>1 hypothesis failed in this run:</strong> <a href="#T8b">T8b</a>. Its card says why.</p>',
  );
});

test("a stray's card has its id where it has no title", () => {
  expect(shown(strayCard({ id: "T1", failures: [failure("T1", "")] }))).toContain('id="claim-T1">T1</h3>');
  const text = shown(strayCard({ id: "T1", failures: [failure("T1"), failure("T1", "again", "twice")] }));
  expect(text).toContain('id="claim-T1">a title</h3>');
  expect(text).toContain("<pre>no</pre><p>again</p><pre>twice</pre>");
});
