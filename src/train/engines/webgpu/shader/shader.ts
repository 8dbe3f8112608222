/**
 * The WGSL program for one model: whole stretches of training in one dispatch. Some threads train a seed, with its
 * parameters in workgroup memory; a workgroup holds one seed or several, which never meet but at barriers. The text
 * depends on the model and the device's limits alone, so a seed's result does not depend on its company.
 */
import type { Slot } from "../../../../models/model.ts";
import type { Plan } from "../plan.ts";
import { readScale, samplePhase } from "./chain.ts";
import { brokenFunction } from "./change.ts";
import { Memory } from "./memory.ts";
import { normalFunctions } from "./nonlinearity.ts";
import { pairsStep } from "./pairs.ts";
import { rowPhase } from "./rows.ts";
import { pretty, share } from "./vector.ts";

export function writeShader(plan: Plan): string {
  const { model, threadsPerSeed, seedsPerGroup, pairs, scratch } = plan;
  const memory = new Memory(plan);
  const n = model.sizes[0]!;
  const types = [...new Set([...plan.shared.values()].map((s) => s.vector.type))].sort();
  const gelu = model.layers.some((layer) => layer.nonlinearity === "gelu");
  const step = pairs
    ? `let old = side * ${n}u;\nlet fresh = ${n}u - old;\nif (alive) {\n${pairsStep(plan, memory)}\n}`
    : `${readScale(plan, memory)}\nif (alive) {\n${samplePhase(plan, memory)}\n}
       ${memory.barrier()}
       if (alive) {\n${rowPhase(plan, memory)}\n}`;
  return pretty(`
    // ${describe(plan)}
    struct Stretch {
      start: u32,
      begin: u32,
      finish: u32,
      seeds: u32,
      every: u32,
      tolerance: f32,
    }
    @group(0) @binding(0) var<uniform> stretch: Stretch;
    @group(0) @binding(1) var<storage, read> rates: array<f32>;
    @group(0) @binding(2) var<storage, read> data: array<f32>;
    @group(0) @binding(3) var<storage, read_write> parameters: array<f32>;
    @group(0) @binding(4) var<storage, read_write> ended: array<u32>;
    ${scratch > 0 ? "@group(0) @binding(5) var<storage, read_write> scratch: array<vec4f>;" : ""}
    ${memory.declarations()}
    var<workgroup> alives: array<u32, ${seedsPerGroup}>;
    var<workgroup> busy: u32;

    ${types.map(brokenFunction).join("\n")}
    ${gelu ? types.map(normalFunctions).join("\n") : ""}

    @compute @workgroup_size(${threadsPerSeed * seedsPerGroup})
    fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
      let team = index / ${threadsPerSeed}u;
      let lane = index % ${threadsPerSeed}u;
      let seed = group.x * ${seedsPerGroup}u + team;
      var alive = seed < stretch.seeds;
      if (alive) {
        alive = ended[seed] == 0u;
      }
      let loaded = alive;
      ${pairs ? "var side = 0u;" : ""}
      if (loaded) {
        ${transfer(plan, memory, "load")}
      }
      ${countAlive(seedsPerGroup)}
      var step = stretch.begin;
      var looked = false;
      while (step < stretch.finish && running > 0u) {
        // A look measures the gradient where the step starts; if the seed goes on, the step comes with the next turn.
        let measuring = stretch.every > 0u && !looked && step > stretch.start && step % max(stretch.every, 1u) == 0u;
        let rate = rates[step];
        var square = 0.0;
        var broken = false;
        ${step}
        if (measuring) {
          squares[index] = select(square, -1.0, broken);
          workgroupBarrier();
          if (alive) {
            var total = 0.0;
            for (var i = 0u; i < ${threadsPerSeed}u; i++) {
              let part = squares[team * ${threadsPerSeed}u + i];
              total += part;
              broken |= part < 0.0;
            }
            if (broken || (!broken_f32(total) && total <= stretch.tolerance)) {
              alive = false;
              if (lane == 0u) {
                ended[seed] = step;
              }
            }
          }
          ${countAlive(seedsPerGroup, "running = ")}
          looked = true;
        } else {
          step++;
          looked = false;
          ${pairs ? "side = select(side, 1u - side, alive);" : ""}
          ${memory.barrier()}
        }
      }
      if (loaded) {
        ${transfer(plan, memory, "store")}
      }
    }`);
}

/** One line for people. */
function describe({ model, threadsPerSeed, seedsPerGroup, pairs, data }: Plan): string {
  const layers = model.layers.map((l, i) => `${model.sizes[i + 1]} ${l.nonlinearity}${l.bias ? " + bias" : ""}`);
  return [
    [model.sizes[0], ...layers].join(" → "),
    ...(model.tied ? ["tied"] : []),
    ...(model.unitNorm ? ["unit norm"] : []),
    model.loss,
    `${model.data.inputs.length} samples${data.inputs.diagonal ? " (diagonal)" : ""}`,
    `${seedsPerGroup} × ${threadsPerSeed} lanes${pairs ? ", by pairs" : ""}`,
  ].join(", ");
}

/** Leaves in `running` how many seeds of the workgroup are alive, the same for all lanes by WGSL's rules too. */
function countAlive(seedsPerGroup: number, assign = "var running = "): string {
  return `if (lane == 0u) {
      alives[team] = u32(alive);
    }
    workgroupBarrier();
    if (index == 0u) {
      busy = 0u;
      for (var i = 0u; i < ${seedsPerGroup}u; i++) {
        busy += alives[i];
      }
    }
    ${assign}workgroupUniformLoad(&busy);`;
}

/** Moves a seed's parameters between the buffer, where they lie in the order of `layout`, and workgroup memory. */
function transfer(plan: Plan, memory: Memory, way: "load" | "store"): string {
  const block = ({ name, kind, layer, rows, cols, offset }: Slot): string => {
    const v = memory.vector(name);
    const columns = kind === "weight" && layer === 0;
    const vectors = columns ? cols : kind === "weight" ? rows : rows / v.size;
    const source = (i: string, k: number) =>
      `parameters[seed * ${plan.size}u + ${offset}u + ${columns ? `${k * cols}u + ${i}` : `${i} * ${v.size}u + ${k}u`}]`;
    const lines: string[] = [];
    // The copy of the pairs that was written last; both, before the first step.
    const from = plan.pairs && way === "store" ? `side * ${vectors}u + i` : "i";
    for (let c = 0; c < v.chunks; c++) {
      if (way === "load")
        lines.push(
          memory.write(
            name,
            "i",
            `${c}u`,
            v.build(c, (k) => source("i", k)),
          ),
        );
      else
        for (let k = 4 * c; k < Math.min(v.size, 4 * c + 4); k++)
          lines.push(`${source("i", k)} = ${memory.component(name, from, `${k}u`)};`);
    }
    return share("i", vectors, plan.threadsPerSeed, lines.join("\n"));
  };
  return plan.slots.map(block).join("\n");
}
