import { renderToStaticMarkup } from "preact-render-to-string";
import { expect, test } from "vitest";
import { brief, chip, html, mark, plural } from "./markup.ts";

test("numbers for people have four digits, and their noun its form", () => {
  expect(brief(0.000123456)).toBe("0.0001235");
  expect(plural(1, "seed")).toBe("1 seed");
  expect(plural(1234, "seed")).toBe("1,234 seeds");
  expect(plural(2, "hypothesis", "hypotheses")).toBe("2 hypotheses");
});

test("a verdict has its mark and its word, or other words", () => {
  const said = (...given: Parameters<typeof chip>) => renderToStaticMarkup(html`${chip(...given)}`);
  expect(said("holds")).toBe('<span class="verdict holds"><span aria-hidden="true">✓</span> holds</span>');
  expect(said("measured", "2 measured")).toContain("≈</span> 2 measured</span>");
});

test("a mark is drawn by the style sheet and said in words", () => {
  const drawn = (...given: Parameters<typeof mark>) => renderToStaticMarkup(html`${mark(...given)}`);
  expect(drawn("refuted", "false")).toBe(
    '<b class="mark refuted" data-mark="✗"><span class="hidden">false: </span></b>',
  );
  expect(drawn("refuted", "false", "near")).toContain('class="mark near"');
});
