/**
 * The last layer and the loss in the first phase: `sumDown` leaves the derivatives by what the layer below gave in
 * below<i> (those by W x + b, if there is no layer below), under cross-entropy also `norm` = (largest output, mass over
 * Σ exp), from which the second phase computes probabilities, and with a learned scale the sample's share of that
 * scale's derivative.
 */
import type { Plan } from "../plan.ts";
import { residual } from "./head.ts";
import type { Memory } from "./memory.ts";
import { outputName } from "./nonlinearity.ts";
import type { Vector } from "./vector.ts";
import { loop, repeat } from "./vector.ts";

/** Output k of the sample: statements that set z, and one that adds a factor's share of the derivative. */
interface Output {
  readonly below: string;
  readonly vector: Vector;
  readonly sum: (k: string) => string;
  /** Adds `factor` times the derivative of z_k to a private variable. */
  readonly add: (into: string, factor: string, k: string) => string;
  readonly each: (body: (k: string) => string) => string;
}

export function sumDown(plan: Plan, memory: Memory): string {
  const out = plan.model.layers.length === 1 ? ownSums(plan, memory) : rowsOfWeight(plan, memory);
  // Nothing below trains, and nothing is left for the second phase.
  const needed = plan.lowest < Math.max(1, plan.model.layers.length - 1);
  const crossEntropy = plan.model.loss === "cross-entropy";
  if (!needed && !crossEntropy && plan.model.scale === null) return "";
  return crossEntropy ? crossEntropyDown(plan, memory, out) : meanSquaredDown(plan, memory, out);
}

function rowsOfWeight(plan: Plan, memory: Memory): Output {
  const { model } = plan;
  const last = model.layers.length - 1;
  const name = model.tied ? "weight0" : `weight${last}`;
  const v = memory.vector(name);
  const row = (k: string) => (c: string) => memory.read(name, k, c);
  const x = (c: string) => v.chunk(outputName(plan.model, last - 1), c);
  const bias = (k: string) => (model.layers[last]!.bias ? memory.read(`bias${last}`, k) : undefined);
  return {
    below: `below${last - 1}`,
    vector: v,
    sum: (k) => v.dotInto("z", row(k), x, bias(k)),
    add: (into, factor, k) => v.each((c) => `${v.chunk(into, c)} += ${factor} * ${row(k)(c)};`),
    each: (body) => loop("k", model.sizes[last + 1]!, body("k")),
  };
}

function ownSums({ model }: Plan, memory: Memory): Output {
  const v = memory.vector("delta0");
  return {
    below: "below0",
    vector: v,
    sum: (k) => `let z = ${v.component("sum0", k)};`,
    add: (into, factor, k) => `${v.component(into, k)} += ${factor};`,
    each: (body) => repeat("k", model.sizes[1]!, (k) => `{\n${body(k)}\n}`),
  };
}

/** Entry (s, k) of dense targets, k being the index of a loop over all. */
function denseTarget({ model, data }: Plan, k: string): string {
  return `data[${data.targets.transposed}u + ${k} * ${model.data.inputs.length}u + s]`;
}

function diagonalTarget({ data: { targets } }: Plan): string {
  return targets.ones ? "1.0" : `data[${targets.at}u + s]`;
}

function meanSquaredDown(plan: Plan, memory: Memory, out: Output): string {
  const { model, data } = plan;
  const scaled = model.scale !== null;
  const use = (k: string) => `${scaled ? "scaled += part;" : ""}\n${out.add(out.below, "e", k)}`;
  const { diagonal } = data.targets;
  const body = (k: string) =>
    `${out.sum(k)}\n${diagonal ? residual(model, "zero") : residual(model, "to", denseTarget(plan, k))}\n${use(k)}`;
  return `${out.vector.declare(out.below)}
    ${scaled ? "var scaled = 0.0;" : ""}
    ${out.each(body)}
    ${diagonal ? `{\n${out.sum("s")}\n${residual(model, "correction", diagonalTarget(plan))}\n${use("s")}\n}` : ""}
    ${scaled ? memory.write("scales", "s", "0u", "scaled") : ""}`;
}

/**
 * With y = scale · z the derivative by y_k is mass · p_k − target_k. The sums over both terms are kept apart, so that
 * the first can be divided by Σ exp at the end.
 */
function crossEntropyDown(plan: Plan, memory: Memory, out: Output): string {
  const { model, data } = plan;
  const scaled = model.scale !== null;
  const { diagonal } = data.targets;
  const times = scaled ? "factor * " : "";
  const mass = data.mass === null ? "1.0" : `data[${data.mass}u + s]`;
  const asked = (k: string, target: string) =>
    `let t = ${target};\n${scaled ? "askedScale += t * z;" : ""}\n${out.add("asked", "t", k)}`;
  return `var top = -3.4e38;
    ${out.each((k) => `${out.sum(k)}\ntop = max(top, ${times}z);`)}
    ${out.vector.declare(out.below)}
    ${out.vector.declare("asked")}
    var total = 0.0;
    ${scaled ? "var scaled = 0.0;\nvar askedScale = 0.0;" : ""}
    ${out.each(
      (k) => `${out.sum(k)}
        let p = exp(${times}z - top);
        total += p;
        ${scaled ? "scaled += p * z;" : ""}
        ${out.add(out.below, "p", k)}
        ${diagonal ? "" : asked(k, denseTarget(plan, k))}`,
    )}
    ${diagonal ? `{\n${out.sum("s")}\n${asked("s", diagonalTarget(plan))}\n}` : ""}
    let unit = ${mass} / total;
    ${out.vector.each((c) => {
      const below = out.vector.chunk(out.below, c);
      return `${below} = ${times}(unit * ${below} - ${out.vector.chunk("asked", c)});`;
    })}
    ${model.layers.length > 1 ? memory.write("norm", "s", "0u", "vec2f(top, unit)") : ""}
    ${scaled ? memory.write("scales", "s", "0u", "unit * scaled - askedScale") : ""}`;
}
