import { rmSync, statSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { inChromium, violations } from "../../util/testing/chromium.ts";
import type { PopulationEvidence } from "../../verification/claim/conclusion.ts";
import type { ConclusionRecord } from "../../verification/record/record.ts";
import { writeWholePage } from "../testing/whole-page.ts";

/** Cheap ones of every kind and section; a variable names others, or more. */
const some = (process.env.PAGE_VERIFIES ?? "S1,T1,T2,T8b,U2,B10b,B6c,H1,C2,C11b,J1,W4").split(",");

/** A page of a few is opened and read sooner. */
const only =
  (...ids: readonly string[]) =>
  (record: ConclusionRecord): ConclusionRecord =>
    Object.fromEntries(ids.map((id) => [id, record[id]!]));

const write = () => writeWholePage(only(...some, "B8", "J2"));
inChromium("verifying hypotheses", write, ({ open: opened, written }) => {
  let page: Page;
  const open = async (...where: Parameters<typeof opened>) => {
    page = await opened(...where);
  };
  const here = (id: string) => page.locator(`#${id} .here`);
  const button = (id: string, name: RegExp) => here(id).getByRole("button", { name });
  const result = async (id: string) => {
    await here(id).locator(".result, .said .differs").waitFor({ timeout: 100_000 });
    return (await here(id).innerText()).replaceAll(/\s+/g, " ");
  };

  test("its scripts and its page are small, and everything has its button", async () => {
    const { folder, file, address, scripts, record } = await writeWholePage();
    try {
      await open({}, address);
      expect(await page.getByRole("button", { name: /^Verify here/ }).count()).toBe(Object.keys(record).length);
      expect(scripts.page.length + scripts.worker.length).toBeLessThan(1e6);
      expect(statSync(file).size).toBeLessThan(5e6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(some)("%s comes to the verdict on record, and to the same bits", async (id) => {
    await open();
    await button(id, /Verify here/).click();
    const { verdict, fingerprint } = written().record[id]!;
    const said = await result(id);
    expect(said).toContain("✓ Reproduced here");
    expect(said).toContain(`${verdict} as on record`);
    if (fingerprint !== null) expect(said).toContain(`fingerprint ${fingerprint}`);
    expect(await page.locator(".tally-here").innerText()).toContain("1 of");
  });

  test("a record that was tampered with is not reproduced, and both are shown", async () => {
    const changed = await writeWholePage((record) => {
      const t1 = structuredClone(record.T1!);
      const [cell] = Object.values((t1.evidence as PopulationEvidence).cells);
      Object.assign(cell!, { satisfied: cell!.satisfied + 1 });
      return { T1: t1 };
    });
    try {
      await open({}, changed.address);
      await button("T1", /Verify here/).click();
      expect(await result("T1")).toContain("✗ Not reproduced here");
      const cells = await here("T1").locator("tbody tr").first().locator("th, td").allInnerTexts();
      const [label, before, after] = cells;
      expect(label).toMatch(/^n = \d+, satisfied$/);
      expect(Number(before)).toBe(Number(after) + 1);
      expect(await page.locator(".tally-here").innerText()).toContain("1 not reproduced");
    } finally {
      rmSync(changed.folder, { recursive: true });
    }
  });

  test("what is running can be stopped, and what waits waits its turn", async () => {
    await open();
    for (const id of ["B8", "T2"]) await button(id, /Verify here/).click();
    await here("B8")
      .getByText(/seed-steps/)
      .waitFor({ timeout: 20_000 });
    expect(await here("T2").innerText()).toContain("waiting for its turn");
    await button("B8", /Stop/).click();
    expect(await result("T2")).toContain("✓ Reproduced here");
    expect(await here("B8").innerText()).toMatch(/^Verify here/);
  });

  test("all that the filters show goes through, and the tally outlives the page", async () => {
    await open();
    await page.getByRole("searchbox").fill("J1");
    const all = page.locator(".verify-all");
    await all.getByRole("button", { name: /shown$/ }).click();
    await all.getByRole("button", { name: "Forget the tally" }).waitFor({ timeout: 100_000 });
    const tally = await page.locator(".tally-here").innerText();
    expect(tally).toMatch(/^[1-9]\d* of \d+ reproduced in this browser/);
    await page.reload();
    expect(await page.locator(".tally-here").innerText()).toBe(tally);
    expect(await here("J1").innerText()).toContain("✓ reproduced in this browser before");
    await all.getByRole("button", { name: "Forget the tally" }).click();
    expect(await page.locator(".tally-here").count()).toBe(0);
  });

  test("a page that is closed loses what is under way, and no more", async () => {
    await open();
    await button("S1", /Verify here/).click();
    await result("S1");
    await button("B8", /Verify here/).click();
    await here("B8")
      .getByText(/seed-steps/)
      .waitFor({ timeout: 20_000 });
    const context = page.context();
    await page.close();
    page = await context.newPage();
    await page.goto(written().address);
    expect(await here("S1").innerText()).toContain("✓ reproduced in this browser before");
    expect(await here("B8").innerText()).toMatch(/^Verify here[^✓✗]*$/);
    expect(await page.locator(".tally-here").innerText()).toContain(
      `1 of ${Object.keys(written().record).length} reproduced`,
    );
  });

  test("short ones share a worker, which ends when there are no more", async () => {
    await open();
    const workers: unknown[] = [];
    page.on("worker", (worker) => workers.push(worker));
    for (const id of ["S1", "J2"]) {
      await button(id, /Verify here/).click();
      expect(await result(id)).toContain("✓ Reproduced here");
    }
    expect([workers.length, page.workers().length]).toEqual([1, 1]);
    await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBe(0);
    await button("S1", /Verify again/).click();
    expect(await result("S1")).toContain("✓ Reproduced here");
    expect(workers.length).toBe(2);
  });

  test("a browser without SIMD runs what needs none, and says why not the rest", async () => {
    await open();
    await page.addInitScript("WebAssembly.validate = () => false");
    await page.reload();
    expect(await here("T1").innerText()).toContain("This browser has no WebAssembly SIMD, which training needs.");
    await button("S1", /Verify here/).click();
    expect(await result("S1")).toContain("✓ Reproduced here");
  });

  test.each([
    ["light", 1280],
    ["dark", 360],
  ] as const)("is accessible: %s, %i pixels wide", async (colorScheme, width) => {
    await open({ colorScheme, viewport: { width, height: 800 } });
    await button("T1", /Verify here/).click();
    await result("T1");
    await here("T1").locator("summary").first().click();
    for (const part of ["#T1", ".verify-all"]) expect(await violations(page, part)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });
});
