/**
 * Seeds × steps a second of the engines and of a plain JavaScript baseline, on tied ReLU models.
 * `npm run bench [-- --write]`; --write stores the table in bench/README.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { autoencoder } from "../src/models/autoencoder.ts";
import { initialise } from "../src/models/initialise.ts";
import type { Model } from "../src/models/model.ts";
import { loss } from "../src/models/objective.ts";
import type { Engine } from "../src/train/engine.ts";
import { createReferenceEngine } from "../src/train/engines/reference.ts";
import { createWasmEngine } from "../src/train/engines/wasm/engine.ts";
import { type Recipe, rates, recipe } from "../src/train/recipe.ts";
import { trainBaseline } from "./baseline.ts";

const repeats = 5;
const { values: options } = parseArgs({ options: { write: { type: "boolean", default: false } } });

/** Trains the seeds and gives the losses they end with. */
type Contestant = (model: Model, training: Recipe, seeds: readonly number[]) => Promise<number[]>;

const baseline: Contestant = async (model, training, seeds) => {
  const [features, hidden] = [model.sizes[0]!, model.sizes[1]!];
  const schedule = rates(training);
  return seeds.map((seed) => {
    const start = initialise(model, seed);
    const weights = start.map((_, k) => start[(k % hidden) * features + Math.floor(k / hidden)]!);
    trainBaseline(weights, hidden, schedule);
    return loss(
      model,
      start.map((_, k) => weights[(k % features) * hidden + Math.floor(k / features)]!),
    );
  });
};

const onEngine =
  (engine: Engine): Contestant =>
  async (model, training, seeds) => {
    const losses: number[] = [];
    await engine.train([{ model, recipe: training, seeds }], (_, block) => {
      losses.push(...block.map((trajectory) => trajectory.end.loss));
    });
    return losses;
  };

const engines = [createReferenceEngine(), createWasmEngine({ threads: 1 }), createWasmEngine({ threads: 2 })];
const [reference, one, two] = engines.map(onEngine) as [Contestant, Contestant, Contestant];

const median = (xs: readonly number[]) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)]!;
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

async function measure(features: number, hidden: number): Promise<string[]> {
  const model = autoencoder({ features, hidden, nonlinearity: "relu", loss: "mse" });
  const work = features * features * hidden;
  const long = recipe({ steps: Math.ceil(6e7 / work), rate: 0.5 });
  // The reference is a hundred times slower or more: it does less of the same.
  const short = recipe({ steps: Math.ceil(6e5 / work), rate: 0.5 });
  const contestants = [
    { train: baseline, training: long, seeds: range(2) },
    { train: reference, training: short, seeds: range(2) },
    { train: one, training: long, seeds: range(64) },
    { train: two, training: long, seeds: range(64) },
  ];
  const rounds: number[][] = [];
  for (let round = 0; round <= repeats; round++) {
    const speeds: number[] = [];
    const ends: number[][] = [];
    for (const { train, training, seeds } of contestants) {
      const from = performance.now();
      ends.push(await train(model, training, seeds));
      speeds.push((seeds.length * training.steps) / (performance.now() - from));
    }
    // The first round warms the compilers up, and shows that all did the same work.
    if (round > 0) rounds.push(speeds);
    else {
      mustAgree(model, ends[0]!, ends[2]!);
      mustAgree(model, ends[2]!, ends[3]!);
      mustAgree(model, ends[1]!, await baseline(model, short, range(2)));
    }
  }
  const ratio = (a: number, b: number) => median(rounds.map((r) => r[a]! / r[b]!)).toPrecision(3);
  const thousands = (i: number) =>
    median(rounds.map((r) => r[i]!)).toLocaleString("en", { maximumSignificantDigits: 3 });
  return [
    String(features),
    String(hidden),
    ...range(4).map(thousands),
    `${ratio(1, 0)} ×`,
    `${ratio(2, 0)} ×`,
    `${ratio(3, 0)} ×`,
    ratio(3, 2),
  ];
}

function mustAgree(model: Model, a: readonly number[], b: readonly number[]): void {
  a.slice(0, b.length).forEach((x, seed) => {
    if (!(Math.abs(x - b[seed]!) < 1e-4 * b[seed]! + 1e-9))
      throw new Error(`seed ${seed} of ${model.sizes.join("-")}: losses ${x} and ${b[seed]} differ`);
  });
}

const head = [
  "n",
  "d",
  "baseline",
  "reference",
  "wasm, 1 thread",
  "wasm, 2 threads",
  "reference : baseline",
  "1 thread : baseline",
  "2 threads : baseline",
  "2 threads : 1",
];
const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = [line(head), line(head.map(() => "---:"))];
console.log(table.join("\n"));
for (const features of [5, 10, 40, 100])
  for (const hidden of [2, 3, 10]) {
    table.push(line(await measure(features, hidden)));
    console.log(table.at(-1));
  }
for (const engine of engines) await engine.close();

const machine = `${cpus()[0]!.model.trim()}, ${cpus().length} processors, Node ${process.version}`;
console.log(`\nThousands of seed-steps a second; ${machine}`);
if (options.write) {
  const path = new URL("README.md", import.meta.url);
  const [before] = readFileSync(path, "utf8").split("<!-- table -->");
  writeFileSync(path, `${before}<!-- table -->\n\nMeasured on: ${machine}.\n\n${table.join("\n")}\n`);
}
