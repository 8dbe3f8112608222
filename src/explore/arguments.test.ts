import { afterEach, describe, expect, test, vi } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { kHot, sparseUniform } from "../models/data/data.ts";
import { network } from "../models/network.ts";
import { engineChoices } from "../train/engines/registry.ts";
import { recipe } from "../train/recipe.ts";
import { parseArguments, type Request } from "./arguments.ts";
import { flagOf } from "./blame.ts";
import { flags, helpText } from "./flags.ts";

afterEach(() => vi.unstubAllEnvs());

const parse = (line: string) => parseArguments(line.split(" ").filter(Boolean)) as Request;
const sizes = "--features 6 --hidden 2";

describe("the command line", () => {
  test("says model, recipe, seeds, engine and outputs", () => {
    const request = parse(
      `--features 20 --hidden 3 --tied --nonlinearity gelu --loss mse --seeds 3..5 --steps 400 --lr 0.02:3:1
       --warmup 0.1 --engine reference --json out.json --figure out.png`.replace(/\s+/g, " "),
    );
    expect(request).toEqual({
      model: autoencoder({ features: 20, hidden: 3, loss: "mse", nonlinearity: "gelu" }),
      recipe: recipe({ steps: 400, rate: { initial: 0.02, max: 3, final: 1, warmup: 0.1 } }),
      seeds: [3, 4, 5],
      engine: "reference",
      json: "out.json",
      figure: "out.png",
    });
  });

  test("has defaults for all but the sizes", () => {
    vi.stubEnv("HYPOTHESES_ENGINE", "");
    expect(parse(sizes)).toEqual({
      model: autoencoder({ features: 6, hidden: 2, loss: "mse", nonlinearity: "relu" }),
      recipe: recipe({ steps: 40_000, rate: { initial: 0.02, max: 3, final: 1, warmup: 0.05 } }),
      seeds: Array.from({ length: 64 }, (_, i) => i),
      engine: "auto",
      json: null,
      figure: null,
    });
    vi.stubEnv("HYPOTHESES_ENGINE", "reference");
    expect(parse(sizes).engine).toBe("reference");
    expect(parse(`${sizes} --engine wasm`).engine).toBe("wasm");
  });

  test("reaches every part of a two-layer model", () => {
    const { model } = parse(
      `${sizes} --untied --loss cross-entropy --hidden-nonlinearity relu --hidden-bias --output-bias --unit-norm
       --scale -1.5 --init torch-tied-bias --gain weight0=0.5,bias1=-2 --frozen bias0,scale`.replace(/\s+/g, " "),
    );
    expect(model).toEqual(
      autoencoder({
        features: 6,
        hidden: 2,
        tied: false,
        loss: "cross-entropy",
        nonlinearity: "identity",
        hiddenNonlinearity: "relu",
        hiddenBias: true,
        outputBias: true,
        unitNorm: true,
        scale: -1.5,
        initialisation: { scheme: "torch-tied-bias", gain: { weight0: 0.5, bias1: -2 } },
        frozen: ["bias0", "scale"],
      }),
    );
  });

  test("reaches chains, untied unless asked otherwise", () => {
    const chain = network({
      sizes: [6, 8, 2, 8, 6],
      nonlinearities: ["identity", "identity", "identity", "relu"],
      loss: "mse",
    });
    expect(parse("--features 6 --hidden 8,2,8").model).toEqual(chain);
    expect(parse("--features 6 --hidden 8,2,8 --tied").model).toEqual({ ...chain, tied: true });
    const bent = "--features 6 --hidden 2,24 --hidden-nonlinearity identity,relu --nonlinearity identity --hidden-bias";
    expect(parse(bent).model).toEqual(
      network({
        sizes: [6, 2, 24, 6],
        nonlinearities: ["identity", "relu", "identity"],
        biases: [true, true, false],
        loss: "mse",
      }),
    );
    const both = parse("--features 6 --hidden 2,24 --hidden-nonlinearity relu").model.layers;
    expect(both.map(({ nonlinearity }) => nonlinearity)).toEqual(["relu", "relu", "relu"]);
  });

  test("reaches other data", () => {
    expect(parse(`${sizes} --data one-hot`).model).toEqual(parse(sizes).model);
    expect(parse(`${sizes} --data k-hot`).model.data).toEqual(kHot(6, 2));
    expect(parse(`${sizes} --data k-hot --active 3`).model.data).toEqual(kHot(6, 3));
    const sparse = "--data sparse-uniform --sparsity 0.7 --samples 50";
    expect(parse(`${sizes} ${sparse} --data-seed 4`).model.data).toEqual({
      ...sparseUniform(6, { sparsity: 0.7, samples: 50, seed: 4 }),
      name: "sparse uniform S=0.7, seed 4",
    });
    expect(parse(`${sizes} --data sparse-uniform`).model.data.inputs).toHaveLength(1000);
  });

  test("reaches every part of a recipe", () => {
    const request = parse(`${sizes} --lr 2 --tolerance 1e-6 --stop-every 100 --checkpoints 5:log`);
    expect(request.recipe).toEqual(
      recipe({
        steps: 40_000,
        rate: 2,
        convergence: { gradientNorm: 1e-6, every: 100 },
        checkpoints: { count: 5, spacing: "log" },
      }),
    );
    expect(parse(`${sizes} --lr 2 --warmup 0.5`).recipe.rate.warmup).toBe(0.5);
    expect(parse(`${sizes} --lr 1:2:1 --warmup 0`).recipe.rate.warmup).toBe(0);
    expect(parse(`${sizes} --checkpoints 7`).recipe.checkpoints).toEqual({ count: 7, spacing: "even" });
  });

  test("takes seeds as a range with both ends or as a list in any order", () => {
    expect(parse(`${sizes} --seeds 7..7`).seeds).toEqual([7]);
    expect(parse(`${sizes} --seeds 200`).seeds).toEqual([200]);
    expect(parse(`${sizes} --seeds 200,3,142`).seeds).toEqual([200, 3, 142]);
    vi.stubEnv("HYPOTHESES_SEED_SHIFT", "1000");
    expect(parse(`${sizes} --seeds 0..1`).seeds).toEqual([0, 1]);
  });

  test("asks for help, whatever else it says", () => {
    expect(parse("--help")).toBe("help");
    expect(parse("--hidden 0 --help")).toBe("help");
    for (const name of Object.keys(flags)) expect(helpText()).toMatch(new RegExp(`^  --${name}\\b`, "m"));
  });
});

test("the help names every engine", () => {
  expect(flags.engine.value).toBe(engineChoices.join("|"));
});

describe("a slip is one line that quotes it", () => {
  test.each([
    ["--features 6 --hidden 4,,4", 'invalid --hidden: ""; expected a finite number'],
    ["--features 6 --hidden 4,x", 'invalid --hidden: "x"; expected a finite number'],
    ["--features 6 --hidden 4,3000", "invalid hidden: 3000; expected at most 2000"],
    ["--features 6 --hidden 4,2 --tied", "invalid sizes of a tied model: [6,4,2,6]"],
    [
      `${sizes} --hidden-nonlinearity relu,gelu`,
      'invalid --hidden-nonlinearity: "relu,gelu"; expected one, or one for',
    ],
    [`${sizes} --hidden-nonlinearity relu,tanh`, 'invalid --hidden-nonlinearity: "tanh"'],
    [`${sizes} --data two-hot`, 'invalid --data: "two-hot"; expected "one-hot" or "k-hot" or "sparse-uniform"'],
    [`${sizes} --active 2`, 'invalid --active: "2"; expected --data k-hot beside it'],
    [`${sizes} --data k-hot --sparsity 0.5`, 'invalid --sparsity: "0.5"; expected --data sparse-uniform beside it'],
    [`${sizes} --data k-hot --active 0`, "invalid --active: 0; expected a whole number of at least 1"],
    [`${sizes} --data k-hot --active 7`, "invalid active: 7; expected at most the 6 features"],
    ["--features 200 --hidden 2 --data k-hot --active 3", "invalid --active: 3; expected fewer; 1313400 such sets"],
    [`${sizes} --data sparse-uniform --sparsity 1`, "invalid sparsity: 1; expected a number in [0, 1)"],
    [`${sizes} --data sparse-uniform --sparsity -1`, "invalid --sparsity: -1; expected a finite number of at least 0"],
    [`${sizes} --data sparse-uniform --samples 1e9`, "invalid --samples: 1000000000; expected at most 666666 for 6"],
    [`${sizes} --data sparse-uniform --data-seed 0.5`, "invalid --data-seed: 0.5; expected a whole number"],
    ["--hidden 2", "--features is missing"],
    ["--features 2", "--hidden is missing"],
    ["--features 6 --hidden 0", "invalid hidden: 0; expected a whole number of at least 1"],
    ["--features 6 --hidden -2", "invalid hidden: -2; expected a whole number of at least 1"],
    ["--features 6 --hidden 2.5", "invalid hidden: 2.5"],
    ["--features many --hidden 2", 'invalid --features: "many"; expected a finite number'],
    ["--features 1e9 --hidden 2", "invalid features: 1000000000; expected at most 2000"],
    [`${sizes} --lr NaN`, 'invalid learning rate --lr: "NaN"'],
    [`${sizes} --lr 1:2`, 'invalid learning rate --lr: "1:2"; expected a number, or initial:max:final'],
    [`${sizes} --lr 1::2`, 'invalid learning rate --lr: ""'],
    [`${sizes} --lr 0`, "invalid learning rate (initial): 0"],
    [`${sizes} --warmup 1`, "invalid warmup: 1"],
    [`${sizes} --steps 0`, "invalid steps: 0"],
    [`${sizes} --tolerance 0`, "invalid gradient norm of convergence: 0"],
    [`${sizes} --stop-every 0`, "invalid steps between looks at convergence: 0"],
    [`${sizes} --checkpoints 3:often`, 'invalid spacing in --checkpoints: "often"'],
    [`${sizes} --checkpoints 3:log:4`, 'invalid --checkpoints: "3:log:4"'],
    [`${sizes} --seeds 5..3`, 'invalid --seeds: "5..3"; expected a..b with a at most b; this range is empty'],
    [`${sizes} --seeds ,`, 'invalid --seeds: ","'],
    [`${sizes} --seeds 1..2..3`, 'invalid --seeds: "1..2..3"'],
    [`${sizes} --seeds -3`, 'invalid --seeds: "-3"'],
    [`${sizes} --seeds 1,1`, "invalid seeds: 1; expected each seed once"],
    [`${sizes} --seeds 0..4000000000`, 'invalid --seeds: "0..4000000000"; expected at most 1000000 of them'],
    [`${sizes} --seeds 4294967296`, "invalid seed: 4294967296"],
    [`${sizes} --loss hinge`, 'invalid --loss: "hinge"; expected "mse" or "cross-entropy"'],
    [`${sizes} --nonlinearity tanh`, 'invalid --nonlinearity: "tanh"; expected "identity" or "relu" or "gelu"'],
    [`${sizes} --loss cross-entropy --nonlinearity relu`, 'invalid nonlinearity of the last layer: "relu"'],
    [`${sizes} --init zeros`, 'invalid --init: "zeros"'],
    [`${sizes} --engine abacus`, 'invalid --engine: "abacus"; expected "auto" or "wasm" or "webgpu"'],
    [`${sizes} --scale big`, 'invalid --scale: "big"'],
    [`${sizes} --gain weight0`, 'invalid --gain: "weight0"'],
    [`${sizes} --gain weight9=1`, 'invalid gain: "weight9"'],
    [`${sizes} --frozen weight1`, 'invalid frozen parameter: "weight1"'],
    [`${sizes} --tied --untied`, 'invalid flags: "--tied --untied"; expected one of the two'],
    [
      "--features 6 --hiden 2",
      'invalid flag: "--hiden"; expected one of those that --help lists; did you mean --hidden?',
    ],
    [`${sizes} --gain weight0=1e39`, "invalid gain of weight0: 1e+39; expected a number that float32 can hold"],
    [`${sizes} --colour red`, 'invalid flag: "--colour"; expected one of those that --help lists; did you mean --'],
    [`${sizes} --toString`, 'invalid flag: "--toString"'],
    [`${sizes} -x`, 'invalid flag: "-x"'],
    [`${sizes} fast`, 'invalid argument: "fast"'],
    [`${sizes} --hidden 3`, 'invalid flag: "--hidden"; expected each flag once'],
    [`${sizes} --tied=yes`, 'invalid value of --tied: "yes"; expected none, it is a switch'],
    [`${sizes} --json`, 'invalid value of --json: ""; expected file'],
    [`${sizes} --json=`, 'invalid value of --json: ""; expected file'],
    [`${sizes} --json --figure a.png`, 'invalid value of --json: "--figure"; expected file'],
  ])("%s", (line, message) => {
    const error = (() => {
      try {
        parse(line);
      } catch (e) {
        return e as Error;
      }
    })();
    expect(error?.name).toBe("InputError");
    expect(error?.message).toContain(message);
    expect(error?.message).not.toContain("\n");
    // A form shows it beside the field in question.
    const field = flagOf(error!.message);
    const general = /^invalid (flag|flags|argument|value of --tied): /.test(error!.message);
    if (general) expect(field === null || field === "tied").toBe(true);
    else expect(Object.keys(flags)).toContain(field);
  });
});
