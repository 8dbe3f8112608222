import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { inChromium, violations } from "../../util/testing/chromium.ts";
import { writePage } from "./testing/page.ts";

inChromium("watching a seed", writePage, ({ open: opened }) => {
  let page: Page;

  /** Opens the page, a gallery, and the seed in it. */
  async function open(id: string, label: string, options: BrowserContextOptions = {}): Promise<Locator> {
    page = await opened(options);
    page.setDefaultTimeout(30_000);
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    const condition = page.locator(`#${id} .condition`, { has: page.getByText(label, { exact: true }) });
    await condition.locator(".seed button").click();
    return page.getByRole("dialog");
  }
  async function watch(id: string, label: string, options: BrowserContextOptions = {}): Promise<Locator> {
    const dialog = await open(id, label, options);
    await dialog.getByRole("button", { name: "Watch it train" }).click();
    await dialog.getByRole("group").waitFor();
    return dialog;
  }
  const words = (dialog: Locator) => dialog.locator(".player .words").innerText();
  const step = async (dialog: Locator) => Number(/step ([\d,]+)/.exec(await words(dialog))![1]!.replaceAll(",", ""));
  /** What is drawn. */
  const pixels = (dialog: Locator) =>
    dialog
      .locator("canvas")
      .first()
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
  const still = { reducedMotion: "reduce" } as const;

  test("plays, pauses, steps and scrubs", async () => {
    const dialog = await watch("T1", "n = 5");
    const moment = dialog.getByRole("slider", { name: "Moment of the training" });
    // It plays by itself.
    await dialog.getByRole("button", { name: "Pause" }).click();
    await dialog.getByRole("button", { name: "Play", exact: true }).waitFor();
    const paused = await words(dialog);
    expect(paused).toMatch(/^step [\d,]+ of 8,000 · loss 0\.\d+ · \d directions?$/);
    await moment.fill("0");
    expect(await words(dialog)).toMatch(/^step 0 of 8,000/);
    const first = await pixels(dialog);
    await dialog.getByRole("button", { name: "One step on" }).click();
    expect(await step(dialog)).toBe(1);
    await dialog.getByRole("button", { name: "One step back" }).click();
    expect(await step(dialog)).toBe(0);
    expect(await pixels(dialog)).toBe(first);
    await moment.fill((await moment.getAttribute("max"))!);
    expect(await words(dialog)).toMatch(/· (4|5) directions$/);
    expect(await moment.getAttribute("aria-valuetext")).toBe(await words(dialog));
    expect(await pixels(dialog)).not.toBe(first);
    await dialog.getByRole("combobox", { name: "Speed" }).selectOption("4×");
    await dialog.getByRole("button", { name: "Play", exact: true }).click();
    await dialog.getByRole("button", { name: "Pause" }).waitFor();
    // From the start again, to the end.
    await dialog.getByRole("button", { name: "Play", exact: true }).waitFor();
    expect(await words(dialog)).toMatch(/· (4|5) directions$/);
  });

  test("works by keyboard, and is gone with its dialog", async () => {
    const dialog = await watch("T1", "n = 5", still);
    expect(await page.locator(":focus").getAttribute("aria-label")).toMatch(/^The training of T1, n.=.5: seed 20000$/);
    await page.keyboard.press("Home");
    expect(await step(dialog)).toBe(0);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await step(dialog)).toBe(2);
    await page.keyboard.press("ArrowLeft");
    expect(await step(dialog)).toBe(1);
    await page.keyboard.press("Space");
    await dialog.getByRole("button", { name: "Pause" }).waitFor();
    await page.keyboard.press("Space");
    await dialog.getByRole("button", { name: "Play", exact: true }).waitFor();
    await page.keyboard.press("End");
    expect(await step(dialog)).toBeGreaterThan(100);
    await page.keyboard.press("Escape");
    await page.locator(".player").waitFor({ state: "detached" });
    expect(await page.locator(":focus").innerText()).toContain("seed 20000");
  });

  test("turns a polyhedron by keys and by dragging it", async () => {
    const dialog = await watch("T10", "n = 9", still);
    const canvas = dialog.getByRole("img", { name: "arrow keys turn it" });
    const end = await step(dialog);
    const before = await pixels(dialog);
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => pixels(dialog)).not.toBe(before);
    const turned = await pixels(dialog);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => pixels(dialog)).toBe(before);
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 130, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => pixels(dialog)).not.toBe(before);
    expect(await pixels(dialog)).not.toBe(turned);
    // Turning is no stepping.
    expect(await step(dialog)).toBe(end);
  });

  test("does not move by itself where motion is to be reduced, and opens at the end", async () => {
    const dialog = await watch("S3", "d = 4, superposed, n = 4d", still);
    const end = await words(dialog);
    expect(end).toMatch(/^step 5,000 of 5,000 · .* of 16 features decoded$/);
    await page.waitForTimeout(400);
    expect(await words(dialog)).toBe(end);
    expect(await dialog.getByRole("button", { name: "Play", exact: true }).count()).toBe(1);
    expect(await dialog.getByRole("img", { name: "How the features interfere" }).count()).toBe(1);
  });

  test("shows of a seed that diverged what there is, and says so", async () => {
    const dialog = await watch("C5", "n = 8, rate 16", still);
    expect(await dialog.locator(".player .note").innerText()).toMatch(
      /^It diverged: at step \d+ not every weight was finite\./,
    );
    expect(await dialog.locator(".player canvas").count()).toBe(2);
  });

  test("can be stopped, and started again", async () => {
    const dialog = await open("T1", "n = 5");
    await dialog.getByRole("button", { name: "Watch it train" }).click();
    await dialog.getByRole("button", { name: "Stop" }).click();
    await dialog.getByRole("button", { name: "Watch it train" }).click();
    await dialog.getByRole("group").waitFor();
  });

  test.each([
    ["light", "desktop", 1280],
    ["dark", "phone", 360],
  ] as const)("is accessible: %s, %s", async (colorScheme, _, width) => {
    const dialog = await watch("T10", "n = 9", { ...still, colorScheme, viewport: { width, height: 800 } });
    expect(await violations(page, "#seed")).toEqual([]);
    const [inner, outer] = await dialog.evaluate((each) => {
      const { scrollWidth, clientWidth } = each as unknown as { scrollWidth: number; clientWidth: number };
      return [scrollWidth, clientWidth];
    });
    expect(inner).toBeLessThanOrEqual(outer!);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });
});
