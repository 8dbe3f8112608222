import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Chromium's program: the variable CHROMIUM, or the first in PATH. undefined where there is none. */
const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const inPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
export const executable = [process.env.CHROMIUM ?? "", ...inPath].find((file) => file !== "" && existsSync(file));

/** Headless, with a profile of its own that is thrown away, and without the network traffic of a browser's start. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable!,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });

/** A page as its reader has it. */
export interface Opened {
  readonly page: Page;
  /** What it asked for and complained of, since it was opened. */
  readonly requests: string[];
  readonly complaints: string[];
}

export async function opened(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Opened> {
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
