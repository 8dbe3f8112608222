/** The second phase of shader/chain.ts: each lane's share of the parameters. */
import type { Plan } from "../plan.ts";
import { amplitude, input } from "./chain.ts";
import { change } from "./change.ts";
import { residual } from "./head.ts";
import type { Memory } from "./memory.ts";
import { loop, share } from "./vector.ts";

export function rowPhase(plan: Plan, memory: Memory): string {
  const { model, threadsPerSeed, trains } = plan;
  const last = model.layers.length - 1;
  const parts: string[] = [];
  if (last > 0 && (trains(lastWeight(plan)) || trains(`bias${last}`))) parts.push(lastRows(plan, memory));
  if (!(model.tied && last > 0) && trains("weight0")) parts.push(firstColumns(plan, memory));
  for (let i = 1; i < last; i++) if (trains(`weight${i}`)) parts.push(middleRows(plan, memory, i));
  for (let i = 0; i < Math.max(last, 1); i++)
    if (trains(`bias${i}`))
      parts.push(byOneLane(i % threadsPerSeed, sumOverSamples(plan, memory, `bias${i}`, `delta${i}`)));
  if (trains("scale"))
    parts.push(byOneLane((last + 1) % threadsPerSeed, sumOverSamples(plan, memory, "scale", "scales")));
  return parts.join("\n");
}

function lastWeight({ model }: Plan): string {
  return model.tied ? "weight0" : `weight${model.layers.length - 1}`;
}

/** The last layer, output by output: its row (of a tied model also as a column of weight0) and its bias. */
function lastRows(plan: Plan, memory: Memory): string {
  const { model, data, threadsPerSeed, trains } = plan;
  const last = model.layers.length - 1;
  const samples = model.data.inputs.length;
  const name = lastWeight(plan);
  const v = memory.vector(name);
  const weightTrains = trains(name);
  const biasTrains = trains(`bias${last}`);
  const biased = model.layers[last]!.bias;
  const w = (c: string) => v.chunk("w", c);
  const g = (c: string) => v.chunk("g", c);
  const x = (s: string) => (c: string) => memory.read(`output${last - 1}`, s, c);
  const add = (s: string) =>
    `${weightTrains ? v.each((c) => `${g(c)} += e * ${x(s)(c)};`) : ""}\n${biasTrains ? "gb += e;" : ""}`;
  const column = (s: string, factor: string) => v.each((c) => `${g(c)} += ${factor}${memory.read("delta0", s, c)};`);
  const { diagonal } = data.targets;
  const bias = biased ? "b" : undefined;
  const target = diagonal
    ? data.targets.ones
      ? "1.0"
      : `data[${data.targets.at}u + k]`
    : `data[${data.targets.at}u + s * ${model.sizes[last + 1]}u + k]`;
  const tied = model.tied && weightTrains;
  const body = `${v.dotInto("z", w, x("s"), bias)}
    ${model.loss === "mse" ? residual(model, diagonal ? "zero" : "to", target) : probability(plan, memory, target)}
    ${add("s")}
    ${tied && !data.inputs.diagonal ? `let entry = ${input(plan, "s", "k", false)};\n${column("s", "entry * ")}` : ""}`;
  const correction =
    model.loss === "mse"
      ? `${v.dotInto("z", w, x("k"), bias)}\n${residual(model, "correction", target)}`
      : `let e = ${model.scale === null ? "" : "factor * "}(-${target});`;
  return share(
    "k",
    model.sizes[last + 1]!,
    threadsPerSeed,
    `${v.declare("w")}
     ${v.each((c) => `${w(c)} = ${memory.read(name, "k", c)};`)}
     ${weightTrains ? v.declare("g") : ""}
     ${biased ? `let b = ${memory.read(`bias${last}`, "k")};` : ""}
     ${biasTrains ? "var gb = 0.0;" : ""}
     ${loop("s", samples, body)}
     ${diagonal ? `{\n${correction}\n${add("k")}\n}` : ""}
     ${tied && data.inputs.diagonal ? column("k", amplitude(plan, "k")) : ""}
     ${weightTrains ? change(memory, name, "k", model.unitNorm && model.tied) : ""}
     ${biasTrains ? change(memory, `bias${last}`, "k", false, "gb") : ""}`,
  );
}

/** Sets e to the derivative of the cross-entropy by z of output k; diagonal targets are left to the correction. */
function probability({ model, data }: Plan, memory: Memory, target: string): string {
  const times = model.scale === null ? "" : "factor * ";
  const norm = (k: number) => memory.component("norm", "s", `${k}u`);
  const p = `exp(${times}z - ${norm(0)}) * ${norm(1)}`;
  return `let e = ${times}(${p}${data.targets.diagonal ? "" : ` - ${target}`});`;
}

function firstColumns(plan: Plan, memory: Memory): string {
  const { model, data, threadsPerSeed } = plan;
  const v = memory.vector("weight0");
  const add = (s: string, factor: string) =>
    v.each((c) => `${v.chunk("g", c)} += ${factor}${memory.read("delta0", s, c)};`);
  const sum = data.inputs.diagonal
    ? add("j", amplitude(plan, "j"))
    : loop("s", model.data.inputs.length, `let x = ${input(plan, "s", "j", false)};\n${add("s", "x * ")}`);
  return share(
    "j",
    model.sizes[0]!,
    threadsPerSeed,
    `${v.declare("g")}\n${sum}\n${change(memory, "weight0", "j", model.unitNorm)}`,
  );
}

function middleRows({ model, threadsPerSeed }: Plan, memory: Memory, i: number): string {
  const v = memory.vector(`weight${i}`);
  const sum = loop(
    "s",
    model.data.inputs.length,
    `let e = ${memory.component(`delta${i}`, "s", "r")};
     ${v.each((c) => `${v.chunk("g", c)} += e * ${memory.read(`output${i - 1}`, "s", c)};`)}`,
  );
  return share(
    "r",
    model.sizes[i + 1]!,
    threadsPerSeed,
    `${v.declare("g")}\n${sum}\n${change(memory, `weight${i}`, "r", false)}`,
  );
}

/** A parameter vector whose gradient is the plain sum of what the samples left. */
function sumOverSamples({ model }: Plan, memory: Memory, name: string, from: string): string {
  const v = memory.vector(name);
  const sum = v.each((c) => `${v.chunk("g", c)} += ${memory.read(from, "s", c)};`);
  return `${v.declare("g")}\n${loop("s", model.data.inputs.length, sum)}\n${change(memory, name, "0u", false)}`;
}

function byOneLane(lane: number, body: string): string {
  return `if (lane == ${lane}u) {\n${body}\n}`;
}
