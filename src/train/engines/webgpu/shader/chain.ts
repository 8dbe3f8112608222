/**
 * The gradient of any model in two phases with a barrier between them. First a lane takes a sample forward through the
 * layers and its derivatives backward, and leaves what each layer gave (output) and the derivative by its W x + b
 * (delta). Then a lane takes a row of a weight (a column of the first one), sums its gradient over the samples, and
 * moves it; no other lane reads that row until the next barrier. The last layer's outputs are computed in both phases
 * and kept in neither: there are samples × outputs of them. Every sum runs in a fixed order within one lane.
 * For mean squared error the derivatives are those of *half* the loss, so that no factor 2 appears.
 */
import type { Plan } from "../plan.ts";
import { sumDown } from "./last-layer.ts";
import type { Memory } from "./memory.ts";
import { apply, outputName } from "./nonlinearity.ts";
import { loop, repeat, share } from "./vector.ts";

/** The first phase. */
export function samplePhase(plan: Plan, memory: Memory): string {
  const { model } = plan;
  const last = model.layers.length - 1;
  const hidden = Math.max(last, 1);
  const parts = [firstLayer(plan, memory)];
  for (let i = 1; i < hidden; i++) parts.push(middleLayer(plan, memory, i));
  parts.push(sumDown(plan, memory));
  for (let i = hidden - 1; i >= plan.lowest; i--) {
    const v = memory.vector(`delta${i}`);
    // A single layer's own nonlinearity is part of the loss.
    const sloped = last > 0 && model.layers[i]!.nonlinearity !== "identity";
    const delta = (c: string) => v.chunk(`below${i}`, c);
    if (sloped) parts.push(v.each((c) => `${delta(c)} *= ${v.chunk(`slope${i}`, c)};`));
    parts.push(v.each((c) => memory.write(`delta${i}`, "s", c, delta(c))));
    if (i > plan.lowest) parts.push(backward(memory, i, model.sizes[i + 1]!));
  }
  for (let i = 0; i < last; i++) {
    const v = memory.vector(`output${i}`);
    parts.push(v.each((c) => memory.write(`output${i}`, "s", c, v.chunk(outputName(plan.model, i), c))));
  }
  return share("s", model.data.inputs.length, plan.threadsPerSeed, parts.join("\n"));
}

/** Entry (s, j) of the inputs, j being the index of a loop over all. */
export function input(plan: Plan, s: string, j: string, byColumn: boolean): string {
  const { at, transposed } = plan.data.inputs;
  const { sizes, data } = plan.model;
  return byColumn
    ? `data[${transposed}u + ${j} * ${data.inputs.length}u + ${s}]`
    : `data[${at}u + ${s} * ${sizes[0]}u + ${j}]`;
}

/** The diagonal entry of diagonal inputs, as a factor. */
export function amplitude({ data: { inputs } }: Plan, i: string): string {
  return inputs.ones ? "" : `data[${inputs.at}u + ${i}] * `;
}

function firstLayer(plan: Plan, memory: Memory): string {
  const { model, data } = plan;
  const v = memory.vector("weight0");
  const sum = (c: string) => v.chunk("sum0", c);
  const bias = model.layers[0]!.bias ? v.each((c) => `${sum(c)} = ${memory.read("bias0", "0u", c)};`) : "";
  const add = (factor: string, column: string) =>
    v.each((c) => `${sum(c)} += ${factor}${memory.read("weight0", column, c)};`);
  const columns = data.inputs.diagonal
    ? add(amplitude(plan, "s"), "s")
    : loop("j", model.sizes[0]!, `let x = ${input(plan, "s", "j", true)};\n${add("x * ", "j")}`);
  return `${v.declare("sum0")}\n${bias}\n${columns}\n${activate(plan, memory, 0)}`;
}

function middleLayer(plan: Plan, memory: Memory, i: number): string {
  const out = memory.vector(`output${i}`);
  const below = memory.vector(`output${i - 1}`);
  const start = plan.model.layers[i]!.bias ? (r: string) => memory.component(`bias${i}`, "0u", r) : () => undefined;
  const rows = repeat("r", out.size, (r) => {
    const row = (c: string) => memory.read(`weight${i}`, r, c);
    const x = (c: string) => below.chunk(outputName(plan.model, i - 1), c);
    return `{\n${below.dotInto("z", row, x, start(r))}\n${out.component(`sum${i}`, r)} = z;\n}`;
  });
  return `${out.declare(`sum${i}`)}\n${rows}\n${activate(plan, memory, i)}`;
}

function activate(plan: Plan, memory: Memory, i: number): string {
  const f = plan.model.layers[i]!.nonlinearity;
  if (f === "identity" || plan.model.layers.length === 1) return "";
  const v = memory.vector(`output${i}`);
  const name = outputName(plan.model, i);
  return `${v.declare(name)}
    ${v.declare(`slope${i}`)}
    ${v.each(
      (c) => `{
        let z = ${v.chunk(`sum${i}`, c)};
        ${apply(f, v.type, "z", "y", "slope")}
        ${v.chunk(name, c)} = y;
        ${v.chunk(`slope${i}`, c)} = slope;
      }`,
    )}`;
}

/** From layer i's derivatives to those by the outputs of the layer below. */
function backward(memory: Memory, i: number, rows: number): string {
  const v = memory.vector(`delta${i}`);
  const below = memory.vector(`delta${i - 1}`);
  const add = (r: string) =>
    below.each(
      (c) =>
        `${below.chunk(`below${i - 1}`, c)} += ${v.component(`below${i}`, r)} * ${memory.read(`weight${i}`, r, c)};`,
    );
  return `${below.declare(`below${i - 1}`)}\n${repeat("r", rows, add)}`;
}

/** The factor of a learned scale, read before the lane that owns it may move it. */
export function readScale({ model }: Plan, memory: Memory): string {
  return model.scale === null ? "" : `let factor = ${memory.read("scale", "0u")};`;
}
