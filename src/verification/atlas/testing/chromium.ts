import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Chromium's program: the variable CHROMIUM, or the first in PATH. undefined where there is none. */
export function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
  const inPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)));
  return [process.env.CHROMIUM ?? "", ...inPath].find((file) => file !== "" && existsSync(file));
}

/** Headless, with a profile of its own that is thrown away, and without the network traffic of a browser's start. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
}
