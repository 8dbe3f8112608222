import { existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launch } from "./testing/chromium.ts";
import { writeExample } from "./testing/example.ts";

const executable = findChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The page as its reader has it: from disk, in a browser. */
describe.skipIf(executable === undefined)(
  "the atlas in Chromium (skipped where there is none: see CHROMIUM)",
  () => {
    let browser: Browser;
    let root: string;
    let address: string;
    let page: Page;
    /** What the page asked for and complained of, since it was opened. */
    let requests: string[];
    let complaints: string[];

    beforeAll(async () => {
      const example = writeExample();
      root = example.root;
      address = String(pathToFileURL(example.file));
      browser = await launch(executable!);
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(root, { recursive: true });
    });
    afterEach(async () => {
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
      await page.context().close();
    });

    async function open(fragment = "", options: BrowserContextOptions = {}): Promise<void> {
      requests = [];
      complaints = [];
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(5000);
      page = await context.newPage();
      page.on("request", (request) => requests.push(request.url()));
      page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(address + fragment);
    }
    const shown = () =>
      page.locator(".card:visible").evaluateAll((cards) => cards.map((card) => (card as { id?: string }).id));
    const count = () => page.locator("output").innerText();
    const fragment = () => decodeURIComponent(new URL(page.url()).hash);

    test("filters by verdict, kind, section, state and words, counts, and keeps the view in the address", async () => {
      await open();
      expect(await count()).toBe("6 claims");
      await page.getByRole("checkbox", { name: "holds" }).check();
      expect(await shown()).toEqual(["S1", "T1", "T2", "my-own"]);
      expect(fragment()).toBe("#verdict=holds");
      await page.getByRole("checkbox", { name: "measured" }).check();
      await page.getByRole("checkbox", { name: "moved evidence" }).check();
      expect(await shown()).toEqual(["T4"]);
      expect(fragment()).toBe("#verdict=holds,measured&state=moved");
      await page.getByRole("button", { name: "Show all" }).first().click();
      expect(await count()).toBe("6 claims");
      expect(fragment()).toBe("");
      await page.getByRole("searchbox").fill("learn PENTAGON");
      expect(await shown()).toEqual(["T1"]);
      expect(await count()).toBe("1 of 6 claims");
      // Headings without a claim go, too.
      expect(await page.locator("h2:visible", { hasText: "The set-up" }).count()).toBe(0);
      expect(await page.locator(".chapter:visible").count()).toBe(1);
      await page.getByRole("searchbox").fill("nothing at all");
      expect(await page.getByText("No claim matches").isVisible()).toBe(true);
    });

    test("opens on the view that the address asks for, and on a single claim", async () => {
      await open("#kind=exact,open&q=o");
      expect(await shown()).toEqual(["S1", "T4"]);
      expect(await page.getByRole("checkbox", { name: "exact" }).isChecked()).toBe(true);
      // A link to a claim that the filters hide shows it.
      await page.evaluate('location.hash = "T2"');
      await page.locator("#T2").waitFor({ state: "visible" });
      expect(await count()).toBe("6 claims");
      const top = await page.evaluate("document.querySelector('#T2').getBoundingClientRect().top");
      expect(Math.abs(top as number)).toBeLessThan(100);
    });

    test("draws a gallery when it is opened, worst first, and gives each seed's command", async () => {
      await open();
      await page.locator("#T1 .condition > summary").first().click();
      const seeds = page.locator("#T1 .seed button");
      await seeds.first().waitFor();
      expect(await seeds.locator(".name").allInnerTexts()).toEqual(["seed 17", "seed 4", "seed 0"]);
      expect(await seeds.locator(".why").allInnerTexts()).toEqual(["fails", "rare", "typical"]);
      expect(await page.locator("#T1 .seed img").count()).toBe(0);
      expect(await seeds.nth(1).innerText()).toContain("diverged");
      await seeds.first().click();
      const dialog = page.getByRole("dialog", { name: "T1, the seeds: seed 17" });
      expect(await dialog.locator("code").innerText()).toBe(
        "npm run explore -- --features 5 --seeds 17 --engine wasm",
      );
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await dialog.getByRole("button", { name: "Copy" }).click();
      await dialog.getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate("navigator.clipboard.readText()")).toContain("--seeds 17 ");
      await page.keyboard.press("Escape");
      expect(await dialog.count()).toBe(0);
    });

    test("draws planes, polyhedra, interference and reading directions", async () => {
      await open("#T1");
      await page.locator("#T1 .condition > summary").nth(1).click();
      const sketches = page.locator("#T1 .condition:nth-of-type(1) .sketch");
      await page.locator("#T1 .edge").waitFor();
      expect(await page.locator("#T1 .edge").getAttribute("d")).toBe(
        "M0 -50L40 0M40 0L0 50M0 -50L-40 0M-40 0L0 50",
      );
      expect(await page.locator("#T1 .back").getAttribute("d")).toBe("M40 0L-40 0");
      expect(await page.locator("#T1 .heat-e").getAttribute("d")).toBe("M0 0h1M1 1h1M2 2h1");
      expect(await page.locator("#T1 .read").getAttribute("d")).toBe("M0 50h0");
      expect(await page.locator("#T1 .spoke").last().getAttribute("d")).toBe("M0 0L25 0");
      expect(await page.locator("#T1 circle").last().getAttribute("r")).toBe("25");
      expect(await sketches.count()).toBe(3);
      // No command: the flags cannot say it.
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
      await page.getByRole("checkbox", { name: "refuted" }).focus();
      await page.keyboard.press("Space");
      expect(await count()).toBe("0 of 6 claims");
    });

    test("has links and pictures that are there", async () => {
      await open();
      const links = await page
        .locator("a[href], img[src]")
        .evaluateAll((all) =>
          all.map(
            (one) =>
              (one as unknown as { href?: string; src: string }).href ??
              (one as unknown as { src: string }).src,
          ),
        );
      const files = links.filter((link) => link.split("#")[0] !== address.split("#")[0]);
      expect(files.length).toBeGreaterThan(10);
      expect(files.filter((link) => !existsSync(fileURLToPath(link.split("#")[0]!)))).toEqual([]);
      const inside = links.filter((link) => link.includes("#")).map((link) => link.split("#")[1]!);
      for (const id of new Set(inside)) expect(await page.locator(`[id="${id}"]`).count()).toBe(1);
    });

    test("cannot reach the network, whatever its text says", async () => {
      await open();
      const asked = await page.evaluate(
        'fetch("https://example.org/").then(() => "reached", () => "refused")',
      );
      expect(asked).toBe("refused");
      expect(requests.filter((url) => url.includes("example.org"))).toEqual([]);
      expect(complaints.join()).toContain("Content Security Policy");
      complaints = [];
    });

    test.each([
      ["light", "desktop", 1280],
      ["dark", "desktop", 1280],
      ["light", "phone", 320],
      ["dark", "phone", 320],
    ] as const)("is accessible: %s, %s", async (colorScheme, _, width) => {
      await open("", { colorScheme, viewport: { width, height: 800 } });
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      await page.locator("#T1 .seed").nth(5).waitFor();
      await page.evaluate(axe);
      const { violations } = (await page.evaluate("axe.run(document)")) as {
        violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
      };
      expect(violations.map(({ id, nodes }) => [id, nodes[0]!.html, nodes[0]!.failureSummary])).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    });

    test("says everything but the seeds without its script", async () => {
      await open("", { javaScriptEnabled: false });
      expect(await page.locator(".card:visible").count()).toBe(6);
      expect(await page.locator("form.filters").isVisible()).toBe(false);
      expect(await page.locator("#T1 img").isVisible()).toBe(true);
    });
  },
);
