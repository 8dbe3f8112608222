import { renderToStaticMarkup } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import { brief, html, inline, plural } from "./markup.ts";

const rendered = (text: string, ...linked: string[]) =>
  renderToStaticMarkup(html`<p>${inline(text, new Set(linked))}</p>`).slice(3, -4);

describe("Markdown within a line", () => {
  test.each([
    ["**bold words** and", "<strong>bold words</strong> and"],
    ["so *stressed words*", "so <em>stressed words</em>"],
    ["`a code`, `x`", "<code>a code</code>, <code>x</code>"],
    ["*x*", "<em>x</em>"],
    ["**see *T1* now**", "<strong>see <em>T1</em> now</strong>"],
    ["`T1 and *x*`", "<code>T1 and *x*</code>"],
    ["2 * 3 and a ` b", "2 * 3 and a ` b"],
    ["a <b> & c", "a &lt;b> &amp; c"],
  ])("%s", (text, markup) => {
    expect(rendered(text).replace(/<a[^>]*>T1<\/a>/, "T1")).toBe(markup);
  });

  test("links the ids that it is given, whole words only", () => {
    expect(rendered("T1, T12, T12b, T13 and XT1", "T1", "T12b")).toBe(
      '<a href="#T1">T1</a>, T12, <a href="#T12b">T12b</a>, T13 and XT1',
    );
  });
});

test("numbers for people have four digits, and their noun its form", () => {
  expect(brief(0.000123456)).toBe("0.0001235");
  expect(plural(1, "seed")).toBe("1 seed");
  expect(plural(1234, "seed")).toBe("1,234 seeds");
  expect(plural(2, "hypothesis", "hypotheses")).toBe("2 hypotheses");
});
