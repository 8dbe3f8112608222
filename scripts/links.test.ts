import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "bench/README.md",
  "reports/README.md",
  "snapshots/README.md",
  ...readdirSync("docs")
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];

/** The page without code, in which brackets mean something else. */
const prose = (text: string) => text.replace(/^(```+).*?^\1$/gms, "").replace(/`[^`\n]*`/g, "");

/** Targets of links, images and reference definitions that stay within the repository. */
export function relativeLinks(text: string): string[] {
  const inline = [...prose(text).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)];
  const definitions = [...prose(text).matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)];
  return [...inline, ...definitions].map((match) => match[1]!).filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/** The anchors that GitHub gives a page's headings; a heading that comes again gets a number. */
export function anchors(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading] of text.replace(/^(```+).*?^\1$/gms, "").matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const slug = heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    let anchor = slug;
    for (let i = 1; found.has(anchor); i++) anchor = `${slug}-${i}`;
    found.add(anchor);
  }
  return found;
}

/** What is wrong with a page's links, a line each. */
function broken(page: string): string[] {
  const text = readFileSync(page, "utf8");
  return relativeLinks(text).flatMap((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : normalize(join(dirname(page), decodeURI(path)));
    if (!existsSync(target)) return [`${page}: ${link} does not exist`];
    if (anchor && target.endsWith(".md") && !anchors(readFileSync(target, "utf8")).has(anchor))
      return [`${page}: ${link} has no such heading`];
    return [];
  });
}

test.each(pages)("every relative link and anchor of %s leads somewhere", (page) => {
  expect(broken(page)).toEqual([]);
});

test("links, images and definitions are found, code and other sites are not", () => {
  const text =
    '[a](x.md#b) ![p](y.png "words") `[c](z.md)`\n```md\n[d](w.md)\n```\n[e](https://e.org) [f](mailto:f@e.org)\n[g]: v.md';
  expect(relativeLinks(text)).toEqual(["x.md#b", "y.png", "v.md"]);
  expect(relativeLinks(readFileSync("snapshots/README.md", "utf8")).length).toBeGreaterThan(100);
});

test("anchors are GitHub's", () => {
  expect([...anchors("# A `b` & C: d\n## 1. Explore\n```\n# code\n```\n## [x](y) – z\n### 1. Explore\n")]).toEqual([
    "a-b--c-d",
    "1-explore",
    "x--z",
    "1-explore-1",
  ]);
});
