import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { parseArguments, type Request } from "../../explore/arguments.ts";
import { spread } from "../../explore/spread.ts";
import { closeEngines } from "../../train/engines/registry.ts";
import { train } from "../../train/train.ts";
import { inChromium, violations } from "../../util/testing/chromium.ts";
import { writeWholePage } from "../testing/whole-page.ts";

const small = "features=5;hidden=2;tied;loss=mse;nonlinearity=relu;steps=500;lr=0.5";
/** Hours, where nobody stops it. */
const long = "features=20;hidden=3;steps=5000;lr=1;seeds=0..999999";

const write = () => writeWholePage(({ T1, S1 }) => ({ T1: T1!, S1: S1! }));
inChromium("the workbench", write, ({ open: opened, written }) => {
  let page: Page;
  const open = async (fragment = "", options: BrowserContextOptions = {}) => {
    page = await opened(options, written().address + fragment);
  };
  afterAll(closeEngines);
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const button = (name: string) => page.locator(".try .actions").getByRole("button", { name });
  const trial = () => page.locator(".trial");
  const command = () => page.locator(".flags .command code").innerText();
  const fragment = async () => decodeURIComponent(await page.evaluate("location.hash"));
  const ended = () => page.locator('.trial[aria-busy="false"]').waitFor({ timeout: 60_000 });
  const wrong = (name: string) => page.locator(`#try-${name}-wrong`);

  test("a preset is chosen and trained, to the losses of the command that it gives", async () => {
    await open();
    expect(await field("Features").isVisible()).toBe(false);
    await page.getByText("Try your own").click();
    await field("Start from").selectOption({ label: "T11: in space under GELU, several shapes" });
    expect(await field("Nonlinearity").inputValue()).toBe("gelu");
    await button("Run").click();
    await ended();
    const said = await trial().innerText();
    expect(said).toContain("tied GELU 12 → 3, 12,000 steps at rate 0.144 → 4.32 → 2.88, seeds 20000–20031");
    expect(said).toMatch(/32 of 32 seeds: 32 converged, 0 not converged by the last step, 0 diverged/);
    expect(said).toMatch(/square antiprism\s+15/);
    const { model, recipe, seeds } = parseArguments((await command()).split(" ").slice(4)) as Request;
    const { runs } = await train(model, recipe, seeds, { engine: "wasm", cache: null });
    expect(said).toContain(spread(runs.map(({ loss }) => loss)));
    expect(await trial().locator(".seed .sketch path.edge").count()).toBeGreaterThan(3);
  });

  test("a seed opens closer, with the command that trains it again", async () => {
    await open(`#try=${small};seeds=0..40`);
    await button("Run").click();
    await ended();
    await trial().locator(".seed button").first().click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.locator("h2").innerText()).toMatch(/^Your own: seed \d+$/);
    expect(await dialog.locator("code").innerText()).toMatch(/ --steps 500 --lr 0\.5 --seeds \d+ --engine wasm$/);
    // Its training can be watched, as that of a gallery's seeds.
    await dialog.getByRole("button", { name: "Watch it train" }).click();
    expect(await dialog.locator(".player .words").innerText()).toMatch(/^step [\d,]+ of 500 · /);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await dialog.getByRole("button", { name: "Copy" }).click();
    await dialog.getByRole("button", { name: "Copied" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".flags .copy").click();
    await page.locator(".flags").getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(await command());
  });

  test("results come block by block, and Stop keeps what has come", async () => {
    await open(`#try=${long}`);
    await button("Run").click();
    await page.getByText(/^[1-9][\d,]* of 1,000,000 seeds/).waitFor({ timeout: 60_000 });
    expect(await trial().locator(".progress").innerText()).toMatch(/training \d+\/1000000 seeds · /);
    await trial().locator(".seed .sketch").first().waitFor();
    await button("Stop").focus();
    await page.keyboard.press("Enter");
    await ended();
    expect(await page.locator(":focus").innerText()).toBe("Run");
    expect(await trial().innerText()).toMatch(/stopped\s+[\d,]+ of 1,000,000 seeds/);
  });

  test("what is wrong is said beside its field, in the command line's words, and nothing runs", async () => {
    await open(`#try=${small}`);
    await field("Learning rate").fill("fast");
    expect(await wrong("lr").innerText()).toBe('invalid learning rate --lr: "fast"; expected a finite number');
    expect(await field("Learning rate").getAttribute("aria-invalid")).toBe("true");
    expect(await field("Learning rate").getAttribute("aria-describedby")).toContain("try-lr-wrong");
    await button("Run").click();
    expect(await page.locator(":focus").getAttribute("id")).toBe("try-lr");
    expect(await trial().count()).toBe(0);
    await field("Learning rate").fill("0.5");
    expect(await wrong("lr").innerText()).toBe("");
    await field("Seeds").fill("0..1000000");
    expect(await wrong("seeds").innerText()).toContain("expected at most 1000000 of them");
    await field("Seeds").fill("0");
    await field("Features").fill("2001");
    expect(await wrong("features").innerText()).toBe("invalid features: 2001; expected at most 2000");
    await field("Features").fill("6");
    await field("Data").selectOption("k-hot");
    await field("Features at a time").fill("7");
    expect(await wrong("active").innerText()).toContain("at most the 6 features");
    await field("Data").selectOption("one-hot");
    expect(await command()).toContain("--features 6 --hidden 2 ");
    // What is folded unfolds when it is to blame.
    await page.evaluate(`location.hash = "try=${small};gain=weight9=2"`);
    await wrong("gain").waitFor({ state: "visible" });
    expect(await wrong("gain").innerText()).toContain('invalid gain: "weight9"');
  });

  test("the address holds the form beside the filters, and starts nothing", async () => {
    await open("#role=as+printed&try=features=6;hidden=2;untied;lr=0.1:2:1;colour=red");
    expect(await field("Features").inputValue()).toBe("6");
    expect(await field("Weights").inputValue()).toBe("untied");
    expect(await field("Learning rate").inputValue()).toBe("0.1:2:1");
    expect(await page.getByText("The address also asks for colour=red").isVisible()).toBe(true);
    expect(await trial().count()).toBe(0);
    expect(await page.getByRole("checkbox", { name: "as printed", exact: false }).last().isChecked()).toBe(true);
    await field("Features").fill("7");
    const flags = "features=7;hidden=2;untied;lr=0.1:2:1";
    expect(await fragment()).toBe(`#role=as+printed&try=${flags}`);
    await page.getByRole("searchbox").fill("pentagon");
    expect(await fragment()).toBe(`#q=pentagon&role=as+printed&try=${flags}`);
    await page.getByText("Try your own").click();
    await page.waitForFunction("!location.hash.includes('try=')");
    expect(await fragment()).toBe("#q=pentagon&role=as+printed");
    await page.evaluate(`location.hash = "try=${small}"`);
    await page.waitForFunction("document.querySelector('#try-features').value === '5'");
    expect(await field("Features").isVisible()).toBe(true);
  });

  test("seeds that diverge are shown as such", async () => {
    await open("#try=features=4;hidden=2;steps=200;lr=6;seeds=0..7");
    await button("Run").click();
    await ended();
    expect(await trial().innerText()).toMatch(/8 of 8 seeds: .* [1-7] diverged/);
    expect(await trial().locator(".sketch.none").first().innerText()).toBe("diverged");
    await field("Learning rate").fill("1e6:1e7:1e6");
    await button("Run").click();
    await page.getByText("every seed diverged (8 of 8) at learning rate").waitFor();
    expect(await trial().locator("figure.losses").count()).toBe(0);
  });

  test("a browser without SIMD says why nothing is trained", async () => {
    await open();
    await page.addInitScript("WebAssembly.validate = () => false");
    await page.reload();
    await page.getByText("Try your own").click();
    expect(await page.locator(".try").innerText()).toContain("This browser has no WebAssembly SIMD");
    expect(await page.locator(".flags").count()).toBe(0);
  });

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
    ["dark", 360],
  ] as const)("is accessible: %s, %i pixels wide", async (colorScheme, width) => {
    await open(`#try=${small};hidden-bias;data=k-hot;active=2;gain=weight0=0.5;seeds=0..31`, {
      colorScheme,
      viewport: { width, height: 800 },
    });
    await button("Run").click();
    await ended();
    await page.locator(".more > summary").click();
    await field("Steps").fill("many");
    expect(await violations(page, ".try")).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  test("works by keyboard", async () => {
    await open(`#try=${small};seeds=0..7`);
    await field("Steps").focus();
    await page.keyboard.press("Enter");
    await ended();
    await field("Weights").focus();
    await page.keyboard.press("u");
    expect(await command()).toContain("--untied");
    await field("Hidden bias").focus();
    await page.keyboard.press("Space");
    expect(await command()).toContain("--hidden-bias");
    await trial().locator(".seed button").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator(":focus").innerText()).toContain("seed ");
  });
});
