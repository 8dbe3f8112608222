import { describe, expect, test } from "vitest";
import { parseArguments, type Request } from "../../explore/arguments.ts";
import { fromAddress } from "./address.ts";
import { checked } from "./checked.ts";
import { commandFor } from "./command.ts";
import { fields } from "./fields.ts";
import { presets } from "./presets.ts";

const sizes = "features=6;hidden=2";
const argumentsOf = (command: string) => command.split(" ").slice(4);
const good = [
  ...presets.map(({ given }) => given),
  ...[
    `${sizes};scale=-1.5;gain=weight0=0.5,bias1=-2;output-bias;frozen=bias1;unit-norm;init=torch-tied-bias`,
    `${sizes};data=sparse-uniform;sparsity=0.7;samples=50;data-seed=3;seeds=4,2;loss=cross-entropy`,
    "features=6;hidden=2,24;hidden-nonlinearity=identity,relu;hidden-bias;stop-every=10;tolerance=1e-5",
  ].map((address) => fromAddress(address).given),
];

test.each(good)("the command asks for what the form asks for: %#", (given) => {
  const { training } = checked(given);
  const request = parseArguments(argumentsOf(commandFor(given))) as Request;
  expect(request).toEqual({ ...training, engine: "wasm", json: null, figure: null });
});

describe("what is wrong is said as on the command line, beside the field to blame", () => {
  test.each([
    ["hidden=2", "features"],
    ["features=6", "hidden"],
    ["features=2001;hidden=2", "features"],
    ["features=6;hidden=8,0,8", "hidden"],
    ["features=6;hidden=8,2;tied", "tied"],
    [`${sizes};seeds=0..1000000`, "seeds"],
    [`${sizes};seeds=5..3`, "seeds"],
    [`${sizes};lr=1:2`, "lr"],
    [`${sizes};lr=0`, "lr"],
    [`${sizes};steps=0.5`, "steps"],
    [`${sizes};warmup=1`, "warmup"],
    [`${sizes};loss=cross-entropy;nonlinearity=relu`, "nonlinearity"],
    [`${sizes};nonlinearity=tanh`, "nonlinearity"],
    [`${sizes};gain=bias0=2`, "gain"],
    [`${sizes};frozen=weight0`, "frozen"],
    [`${sizes};data=k-hot;active=9`, "active"],
    ["features=2000;hidden=2;data=k-hot;active=3", "active"],
    [`${sizes};data=sparse-uniform;samples=1e7`, "samples"],
    [`${sizes};sparsity=0.5`, "sparsity"],
  ])("%s", (address, flag) => {
    const { given, unknown } = fromAddress(address);
    const { wrong } = checked(given);
    expect(unknown).toEqual([]);
    expect(() => parseArguments(argumentsOf(commandFor(given)))).toThrow(wrong!.message);
    expect(wrong!.flag).toBe(flag);
    expect(fields.some(({ name }) => name === flag)).toBe(true);
  });
});
