import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { recipe } from "../train/recipe.ts";
import { train } from "../train/train.ts";
import { explore } from "./explore.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "explore-"));
  vi.stubEnv("HYPOTHESES_CACHE", join(directory, "runs"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const small = "--features 4 --hidden 2 --steps 20 --lr 0.5 --seeds 5,2 --engine reference";
async function run(line: string) {
  let out = "";
  let err = "";
  const code = await explore(line.split(" ").filter(Boolean), {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

describe("explore", () => {
  test("prints a summary", async () => {
    const { code, out, err } = await run(small);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^4 features → 2 hidden, tied, relu, mse\n20 steps, learning rate 0.5 → 0.5 → 0.5/);
    expect(out).toMatch(/2 seeds, reference \(1 thread, float64, [\d.]+ s\)/);
    expect(out).toMatch(/^status {6}0 converged · 2 stopped · 0 diverged$/m);
    expect(out).toMatch(/^loss {8}least 0\.\d+ · 5 % .* most 0\.\d+$/m);
    expect((await run(small)).out).toContain("reference (all from the run cache)");
    vi.stubEnv("HYPOTHESES_AUTO", "wasm: nothing better");
    expect((await run(small.replace("reference", "auto"))).out).toMatch(
      /2 seeds, wasm \(\d+ threads?, .* s; auto: nothing better\)/,
    );
    await run(small.replace("5,2", "0..31"));
    expect((await run(small.replace("5,2", "0..63"))).out).toMatch(/s, 1 of 2 blocks from the run cache\)/);
  });

  test("writes what was learned as JSON", async () => {
    const path = join(directory, "out.json");
    await run(`${small} --untied --output-bias --hidden-bias --scale 2 --json ${path}`);
    const model = autoencoder({
      features: 4,
      hidden: 2,
      loss: "mse",
      nonlinearity: "relu",
      tied: false,
      hiddenBias: true,
      outputBias: true,
      scale: 2,
    });
    const training = recipe({ steps: 20, rate: 0.5 });
    const { runs } = await train(model, training, [5, 2], { engine: "reference", cache: null });
    expect(json(path)).toEqual({
      model,
      recipe: training,
      engine: "reference",
      runs: runs.map((r) => ({
        seed: r.seed,
        status: "stopped",
        loss: r.loss,
        embedding: r.embedding,
        unembedding: r.unembedding,
        hiddenBias: r.hiddenBias,
        outputBias: r.outputBias,
        scale: r.scale,
        directions: expect.any(Number),
      })),
    });
    const [first] = json(path).runs;
    expect(first.embedding.map((row: number[]) => row.length)).toEqual([4, 4]);
    expect(first.unembedding.map((row: number[]) => row.length)).toEqual([2, 2, 2, 2]);
  });

  test("counts directions, and leaves out what the model lacks", async () => {
    const path = join(directory, "out.json");
    const { out } = await run(
      `--features 5 --hidden 2 --steps 3000 --lr 2 --seeds 0..3 --engine reference --json ${path}`,
    );
    const { runs } = json(path);
    for (const r of runs) expect(Object.keys(r)).toEqual(["seed", "status", "loss", "embedding", "directions"]);
    const five = runs.filter((r: { directions: number }) => r.directions === 5).length;
    expect(five).toBeGreaterThan(0);
    expect(out).toMatch(new RegExp(`^ +5 {2}█+ ${five}$`, "m"));
  });

  test("trains chains, and counts the directions written into their narrowest layer", async () => {
    const path = join(directory, "out.json");
    const line = `--features 5 --hidden 8,2,8 --data k-hot --steps 300 --lr 1 --seeds 0..1 --json ${path}`;
    const { code, out, err } = await run(`${line} --engine wasm --figure ${path}.png`);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("5 features → 8 → 2 → 8 hidden, untied, relu, mse, 2-hot data");
    expect(out).toMatch(/^directions\n +\d/m);
    expect(Object.keys(json(path).runs[0].parameters)).toEqual(["weight0", "weight1", "weight2", "weight3"]);
    expect(json(path).runs[0].parameters.weight1).toHaveLength(16);
    const bent = await run(`${line} --hidden-nonlinearity relu --engine wasm --figure ${path}.png`);
    expect(bent.out).toMatch(/^directions {2}not counted/m);
    expect(json(path).runs[0].directions).toBeNull();
    const tied = await run(`${line} --tied --engine wasm`);
    expect([tied.code, tied.err]).toEqual([0, ""]);
    expect(Object.keys(json(path).runs[0].parameters)).toEqual(["weight0", "weight1", "weight2"]);
  });

  test("keeps seeds that diverged, with null for what is not finite", async () => {
    const path = join(directory, "out.json");
    // At this rate one of these seeds escapes and the others do not.
    const { code, out } = await run(
      `--features 4 --hidden 2 --steps 200 --lr 6 --seeds 0..7 --engine reference --json ${path}`,
    );
    expect(code).toBe(0);
    const { runs } = json(path);
    const diverged = runs.filter((r: { status: string }) => r.status === "diverged");
    expect(diverged.length).toBeGreaterThan(0);
    expect(diverged.length).toBeLessThan(8);
    expect(out).toContain(`${diverged.length} diverged`);
    for (const r of diverged) expect([r.loss, r.directions]).toEqual([null, null]);
  });

  test.each([2, 3, 4])("draws %i hidden dimensions", async (hidden) => {
    const path = join(directory, "out.png");
    const line = `--features 6 --hidden ${hidden} --steps 300 --lr 2 --seeds 0..1 --engine reference`;
    expect(await run(`${line} --figure ${path}`)).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(path).subarray(1, 4).toString()).toBe("PNG");
    expect(readdirSync(directory).sort()).toEqual(["out.png", "runs"]);
  });

  test("prints help", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    expect(out).toContain("--lr initial:max:final");
    expect(out).toMatch(/In a spec there is more.*permuted targets.*Importances, fresh samples/s);
  });
});

describe("what cannot be done is one line and an exit code", () => {
  test("2 for a wrong command line", async () => {
    expect(await run("--features 4 --hidden 0")).toEqual({
      code: 2,
      out: "",
      err: "invalid hidden: 0; expected a whole number of at least 1\n",
    });
  });

  test("1 when every seed diverged, and nothing is written", async () => {
    const path = join(directory, "out.json");
    expect(await run(`${small.replace("--lr 0.5", "--lr 1e6:1e7:1e6")} --json ${path}`)).toEqual({
      code: 1,
      out: "",
      err: "every seed diverged (2 of 2) at learning rate 1000000:10000000:1000000; expected a smaller --lr\n",
    });
    expect(existsSync(path)).toBe(false);
    // Where training starts may be why.
    const far = await run(`${small} --gain weight0=1e38,bias1=0 --output-bias --scale 1`);
    expect(far).toMatchObject({
      code: 1,
      err: expect.stringMatching(/at learning rate 0.5; expected a smaller --lr or --gain\n$/),
    });
  });

  test("1 before training when an output cannot be written", async () => {
    writeFileSync(join(directory, "file"), "kept");
    mkdirSync(join(directory, "folder.png"));
    for (const [flags, message] of [
      [`--json ${directory}/no/out.json`, `/no/out.json": its directory does not exist`],
      [`--json ${directory}/file/out.json`, `/file/out.json": its directory is a file`],
      [`--figure ${directory}/folder.png`, `/folder.png": it is there and not a regular file`],
      [`--figure ${directory}/out.pdf`, `/out.pdf"; expected a name that ends in .png`],
      [`--figure ${directory}/out.png --json ${directory}/./out.png`, `expected another file than that of --json`],
    ]) {
      const { code, out, err } = await run(`${small} ${flags}`);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain(message);
      expect(err.trimEnd()).not.toContain("\n");
    }
    expect(existsSync(join(directory, "runs"))).toBe(false);
    expect(readFileSync(join(directory, "file"), "utf8")).toBe("kept");
  });
});

test("as a command it ends with its exit code, and without a stack", () => {
  const root = resolve(import.meta.dirname, "../..");
  const command = (line: string) =>
    spawnSync(process.execPath, ["--import", "tsx", "src/explore/main.ts", ...line.split(" ")], {
      cwd: root,
      encoding: "utf8",
    });
  const good = command(small);
  expect([good.status, good.stderr]).toEqual([0, ""]);
  expect(good.stdout).toContain("directions");
  const bad = command("--features 4 --hidden 2 --lr NaN");
  expect([bad.status, bad.stdout, bad.stderr]).toEqual([
    2,
    "",
    'invalid learning rate --lr: "NaN"; expected a finite number\n',
  ]);
  const open = command("--features 4 --hidden 2 --steps 20 --engine tfjs-cuda");
  if (open.status !== 0) expect(open.stderr).not.toMatch(/\n\s+at /);
});

test.runIf(existsSync("/dev/full"))("a full device is told in a line", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/explore/main.ts", "--help"], {
    cwd: resolve(import.meta.dirname, "../.."),
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  expect([status, stderr]).toEqual([1, "cannot write the output: ENOSPC: no space left on device, write\n"]);
});
