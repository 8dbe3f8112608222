import { existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";

/** Chromium's program: the variable CHROMIUM, or the first in PATH. undefined where there is none. */
const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const inPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
const executable = [process.env.CHROMIUM ?? "", ...inPath].find((file) => file !== "" && existsSync(file));

/** Headless, with a profile of its own that is thrown away, and without the network traffic of a browser's start. */
const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable!,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });

/** A page on disk, in a folder of its own. */
interface Written {
  readonly folder: string;
  readonly address: string;
}

interface Chromium<W> {
  readonly written: () => W;
  /** Opens what was written, or another address, as a reader does; once a test. */
  readonly open: (options?: BrowserContextOptions, address?: string) => Promise<Page>;
  /** What the page has complained of so far, for a test that expects it: it is then forgiven. */
  readonly complained: () => string[];
}

/** Tests of a page in Chromium. None may make it complain, or ask for anything that does not come with it. */
export function inChromium<W extends Written>(
  what: string,
  write: () => W | Promise<W>,
  tests: (chromium: Chromium<W>) => void,
): void {
  const name = `${what} in Chromium (skipped where there is none: see CHROMIUM)`;
  describe.skipIf(executable === undefined)(name, () => {
    let browser: Browser | undefined;
    let written: W | undefined;
    let opened: Opened | undefined;
    beforeAll(async () => {
      [browser, written] = await Promise.all([launch(), write()]);
    });
    afterAll(async () => {
      await browser?.close();
      if (written) rmSync(written.folder, { recursive: true });
    });
    afterEach(async () => {
      if (!opened) return;
      const { page, requests, complaints } = opened;
      opened = undefined;
      await page.context().close();
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
    });
    const open = async (options: BrowserContextOptions = {}, address = written!.address) => {
      opened = await openedIn(browser!, address, options);
      return opened.page;
    };
    tests({ written: () => written!, open, complained: () => opened!.complaints.splice(0) });
  });
}

/** What a page asked for and complained of, since it was opened. */
interface Opened {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

async function openedIn(browser: Browser, address: string, options: BrowserContextOptions): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on("request", (request) => requests.push(request.url()));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(address);
  return { page, requests, complaints };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What keeps people out of the page, or of a part of it, with the first place of each. */
export async function violations(page: Page, part = "html"): Promise<unknown[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate(`axe.run(${JSON.stringify(part)})`)) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return found.violations.map(({ id, nodes }) => [id, nodes[0]!.html, nodes[0]!.failureSummary]);
}
