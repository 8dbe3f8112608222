import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { inChromium, violations } from "../../util/testing/chromium.ts";
import { writeExample } from "./testing/example.ts";

function write() {
  const { root, file } = writeExample();
  return { folder: root, address: String(pathToFileURL(file)) };
}

/** The page as its reader has it: from disk, in a browser. */
inChromium("the atlas", write, ({ open: opened, written, complained }) => {
  let page: Page;
  const open = async (fragment = "", options: BrowserContextOptions = {}) => {
    page = await opened(options, written().address + fragment);
  };
  const shown = () =>
    page.locator(".card:visible").evaluateAll((cards) => cards.map((card) => (card as { id?: string }).id));
  const count = () => page.locator("output").innerText();
  const fragment = () => decodeURIComponent(new URL(page.url()).hash);

  test("filters, counts, and keeps the view in the address", async () => {
    await open();
    expect(await count()).toBe("9 hypotheses");
    await page.getByRole("checkbox", { name: "holds", exact: false }).nth(1).check();
    expect(await shown()).toEqual(["S1", "T2", "T1b", "my-own", "T8b"]);
    expect(fragment()).toBe("#verdict=holds");
    await page.getByRole("checkbox", { name: "measured" }).check();
    await page.getByRole("checkbox", { name: "answer 1" }).check();
    expect(await shown()).toEqual(["T4"]);
    expect(fragment()).toBe("#verdict=holds,measured&role=answer");
    await page.getByRole("button", { name: "Show all" }).first().click();
    expect(await count()).toBe("9 hypotheses");
    expect(fragment()).toBe("");
  });

  test("shows in one click what is false as printed, with what is true instead", async () => {
    await open();
    await page.getByRole("checkbox", { name: "in part as printed" }).check();
    expect(await shown()).toEqual(["T1", "T1b"]);
    expect(await count()).toBe("2 of 9 hypotheses");
    // Headings without a hypothesis go, too.
    expect(await page.locator(".chapter:visible").count()).toBe(1);
    expect(await page.locator(".row-of-note:visible").count()).toBe(1);
    expect(await page.locator(".erratum").isVisible()).toBe(true);
  });

  test("has what failed at its head and in one click, before what is on record of it", async () => {
    await open();
    const head = page.locator(".failure.all");
    expect(await head.innerText()).toBe("3 hypotheses failed in this run: 100%=, T2, T3. Their cards say why.");
    expect((await head.boundingBox())!.y).toBeLessThan((await page.locator("h1").boundingBox())!.y);
    await page.getByRole("checkbox", { name: "failed in this run" }).check();
    expect(await shown()).toEqual(["100%=", "T2", "T3"]);
    expect(fragment()).toBe("#state=failed");
    await page.getByRole("checkbox", { name: "inconclusive", exact: false }).last().check();
    // A link from the head shows what the filters hide, whatever its id.
    await head.getByRole("link", { name: "100%=" }).click();
    // The page hears of the new address a moment after the click.
    await page.locator('[id="100%="]').waitFor({ state: "visible" });
    expect(await page.locator('[id="100%="] pre').innerText()).toBe('invalid id: "100%="');
    const top = async (text: string) => (await page.locator("#T3").getByText(text).boundingBox())!.y;
    expect(await top("vacuous: ")).toBeLessThan(await top("What is on record, from before"));
  });

  test("says of a gallery that an earlier run left it", async () => {
    await open();
    for (const id of ["T1", "T1b"]) await page.locator(`#${id} .condition > summary`).first().click();
    expect(await page.locator("#T1b .gallery .note").innerText()).toContain(
      "then typical ones, as an earlier run left them. Choose one",
    );
    expect(await page.locator("#T1 .gallery .note").innerText()).not.toContain("earlier");
  });

  test("searches ids, titles, claims and rows, and nothing else", async () => {
    await open();
    const search = async (words: string) => {
      await page.getByRole("searchbox").fill(words);
      return shown();
    };
    expect(await search("t8B")).toEqual(["T8b"]);
    expect(await search("TITLE of t4")).toEqual(["T4"]);
    expect(await search("learn PENTAGON")).toEqual(["T1", "T1b"]);
    expect(await search("eight")).toEqual(["T1b"]);
    expect(await search("degenerate")).toEqual(["T2"]);
    // The evidence, what was trained, and how it was made measurable.
    for (const words of ["counterexample", "8,000", "Directions <script>"]) expect(await search(words)).toEqual([]);
    expect(await page.getByText("No hypothesis matches").isVisible()).toBe(true);
  });

  test("opens on the view that the address asks for, and on a single hypothesis", async () => {
    await open("#kind=exact,open&state=same,moved&q=o");
    expect(await shown()).toEqual(["S1", "T4"]);
    expect(await page.getByRole("checkbox", { name: "exact" }).isChecked()).toBe(true);
    // A link to a hypothesis that the filters hide shows it.
    await page.evaluate('location.hash = "T2"');
    await page.locator("#T2").waitFor({ state: "visible" });
    expect(await count()).toBe("9 hypotheses");
    const top = await page.evaluate("document.querySelector('#T2').getBoundingClientRect().top");
    expect(Math.abs(top as number)).toBeLessThan(100);
    await page.locator(".standings a", { hasText: "T3" }).click();
    expect(await page.locator("#row-T3 h3").isVisible()).toBe(true);
  });

  test("has its filters folded on a phone, at hand and not in the way", async () => {
    await open("#standing=in+part+as+printed", { viewport: { width: 360, height: 700 } });
    const summary = page.locator(".panel > summary");
    expect(await page.locator("form.filters").isVisible()).toBe(false);
    expect(await summary.innerText()).toBe("Filters and contents 2 of 9 hypotheses");
    await page.locator("#T1").scrollIntoViewIfNeeded();
    const box = (await page.locator("#T1 .condition summary .label").first().boundingBox())!;
    expect(box.height).toBeLessThan(30);
    await summary.click();
    expect(await page.locator("form.filters").isVisible()).toBe(true);
    expect((await page.locator(".panel").boundingBox())!.height).toBeLessThan(0.7 * 700);
  });

  test("draws a gallery when it is opened, worst first, and gives each seed's command", async () => {
    await open();
    await page.locator("#T1 .condition > summary").first().click();
    const seeds = page.locator("#T1 .seed button");
    await seeds.first().waitFor();
    expect(await seeds.locator(".name").allInnerTexts()).toEqual(["seed 17", "seed 4", "seed 0"]);
    expect(await seeds.locator(".why").allInnerTexts()).toEqual(["worst", "rare", "typical"]);
    expect(await page.locator("#T1 .seed img").count()).toBe(0);
    expect(await seeds.first().innerText()).toContain("fails, ");
    expect(await seeds.nth(1).innerText()).toContain("diverged");
    await seeds.first().click();
    const dialog = page.getByRole("dialog", { name: "T1, n = 5: seed 17" });
    expect(await dialog.locator("code").innerText()).toBe("npm run explore -- --features 5 --seeds 17 --engine wasm");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await dialog.getByRole("button", { name: "Copy" }).click();
    await dialog.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain("--seeds 17 ");
    await page.keyboard.press("Escape");
    expect(await dialog.count()).toBe(0);
  });

  test("draws places, edges, matrices and places of a second kind", async () => {
    await open("#T1");
    await page.locator("#T1 .condition > summary").nth(2).click();
    const sketches = page.locator("#T1 .sketch");
    await page.locator("#T1 .edge").waitFor();
    expect(await page.locator("#T1 .edge").getAttribute("d")).toBe("M0 -50L40 0M40 0L0 50M0 -50L-40 0M-40 0L0 50");
    expect(await page.locator("#T1 .back").getAttribute("d")).toBe("M40 0L-40 0");
    expect(await page.locator("#T1 .heat-e").getAttribute("d")).toBe("M0 0h1M1 1h1M2 2h1");
    expect(await page.locator("#T1 .read").getAttribute("d")).toBe("M0 50h0");
    expect(await page.locator("#T1 .spoke").last().getAttribute("d")).toBe("M0 0L25 0");
    expect(await page.locator("#T1 circle").last().getAttribute("r")).toBe("25");
    expect(await sketches.count()).toBe(3);
    // No command trains one of them alone.
    expect(await page.locator("#T1 .gallery .note").innerText()).toContain('hypotheses -t "^T1 "');
    await page.locator("#T1 .seed button").first().click();
    expect(await page.locator("dialog .command").isVisible()).toBe(false);
  });

  test("works by keyboard", async () => {
    await open();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Skip to the claims");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator("main :focus").count()).toBe(1);
    await page.locator("#T1 .condition > summary").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#T1 .seed button").first().waitFor();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toContain("seed 17");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator(":focus").innerText()).toContain("seed 17");
    await page.getByRole("checkbox", { name: "in part as printed" }).focus();
    await page.keyboard.press("Space");
    expect(await count()).toBe("2 of 9 hypotheses");
  });

  test("has links and pictures that are there", async () => {
    await open();
    const links = await page
      .locator("a[href], img[src]")
      .evaluateAll((all) =>
        all.map(
          (one) => (one as unknown as { href?: string; src: string }).href ?? (one as unknown as { src: string }).src,
        ),
      );
    const files = links.filter((link) => link.startsWith("file:") && link.split("#")[0] !== written().address);
    expect(files.length).toBeGreaterThan(9);
    expect(files.filter((link) => !existsSync(fileURLToPath(link.split("#")[0]!)))).toEqual([]);
    const inside = links.filter((link) => link.includes("#")).map((link) => decodeURIComponent(link.split("#")[1]!));
    for (const id of new Set(inside)) expect(await page.locator(`[id="${id}"]`).count()).toBe(1);
  });

  test("cannot reach the network, whatever its text says", async () => {
    await open();
    const asked = await page.evaluate('fetch("https://example.org/").then(() => "reached", () => "refused")');
    expect(asked).toBe("refused");
    expect(complained().join()).toContain("Content Security Policy");
  });

  test.each([
    ["light", "desktop", 1280],
    ["dark", "desktop", 1280],
    ["light", "phone", 360],
    ["dark", "phone", 320],
  ] as const)("is accessible: %s, %s", async (colorScheme, _, width) => {
    await open("", { colorScheme, viewport: { width, height: 800 } });
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    await page.locator("#T1 .seed").nth(5).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  test("says everything but the seeds without its script", async () => {
    await open("", { javaScriptEnabled: false });
    expect(await page.locator(".card:visible").count()).toBe(9);
    expect(await page.locator("form.filters").isVisible()).toBe(false);
    expect(await page.locator("#T1 img").isVisible()).toBe(true);
  });
});
