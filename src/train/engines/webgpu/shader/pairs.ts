/**
 * A tied model n → d → n with linear bottleneck on one-hot data under mean squared error. Output j of sample i is
 * f(w_i·w_j + b_j), so with s_ij = (f − δ_ij) f′ at that point
 *   ∂(half the loss)/∂w_i = Σ_j (s_ij + s_ji) w_j,   ∂(half the loss)/∂b_i = Σ_j s_ji.
 * A lane owns column i: it walks along all columns j and needs nothing of other lanes but their columns. So that no lane
 * overwrites what another still reads, a step reads one copy of the columns and writes another.
 * Without a bias s_ij = s_ji is added once: a quarter of the loss's gradient accumulates, as against half elsewhere.
 */
import type { Plan } from "../plan.ts";
import { change } from "./change.ts";
import { residual } from "./head.ts";
import type { Memory } from "./memory.ts";
import { loop, share } from "./vector.ts";

export function pairsStep(plan: Plan, memory: Memory): string {
  const { model, threadsPerSeed, trains } = plan;
  const n = model.sizes[0]!;
  const biased = model.layers[1]!.bias;
  const v = memory.vector("weight0");
  const w = (c: string) => v.chunk("w", c);
  const other = (c: string) => memory.read("weight0", "old + j", c);
  const add = (factor: string) => v.each((c) => `${v.chunk("g", c)} += ${factor} * ${other(c)};`);
  const pair = biased
    ? `${v.dotInto("product", w, other)}
       let z = product + ${memory.read("bias1", "old + j")};
       ${residual(model, "zero")}
       let there = e;
       {
         let z = product + b;
         ${residual(model, "zero")}
         let both = there + e;
         ${add("both")}
         gb += e;
       }`
    : `${v.dotInto("z", w, other)}\n${residual(model, "zero")}\n${add("e")}`;
  const own = (factor: string) => v.each((c) => `${v.chunk("g", c)} += ${factor} * ${w(c)};`);
  return share(
    "i",
    n,
    threadsPerSeed,
    `${v.declare("w")}
     ${v.declare("g")}
     ${v.each((c) => `${w(c)} = ${memory.read("weight0", "old + i", c)};`)}
     ${biased ? `let b = ${memory.read("bias1", "old + i")};\nvar gb = 0.0;` : ""}
     ${loop("j", n, pair)}
     // Only j = i was asked for 1.
     {
       ${v.dotInto("z", w, w, biased ? "b" : undefined)}
       ${residual(model, "correction", "1.0")}
       ${biased ? `let twice = 2.0 * e;\n${own("twice")}\ngb += e;` : own("e")}
     }
     ${trains("weight0") ? change(memory, "weight0", "old + i", model.unitNorm, "g", "fresh + i") : keep(memory, "weight0")}
     ${biased ? (trains("bias1") ? change(memory, "bias1", "old + i", false, "gb", "fresh + i") : keep(memory, "bias1")) : ""}`,
  );
}

/** What is frozen has to be in both copies. */
function keep(memory: Memory, name: string): string {
  return memory.vector(name).each((c) => memory.write(name, "fresh + i", c, memory.read(name, "old + i", c)));
}
