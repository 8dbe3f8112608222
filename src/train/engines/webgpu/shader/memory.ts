import type { Plan, Shared } from "../plan.ts";
import type { Vector } from "./vector.ts";

/** WGSL for the arrays of a plan, wherever they lie. Indices are the seed's own. */
export class Memory {
  constructor(private readonly plan: Plan) {}

  private find(name: string): Shared {
    return this.plan.shared.get(name)!;
  }

  vector(name: string): Vector {
    return this.find(name).vector;
  }

  private place(name: string, index: string, c: string): string {
    const { vector, count, spilled } = this.find(name);
    if (spilled !== null) return `scratch[seed * ${this.plan.scratch}u + ${spilled}u + ${vector.index(index, c)}]`;
    const own = this.plan.seedsPerGroup > 1 ? `team * ${count}u + ${index}` : index;
    return `${name}[${vector.index(own, c)}]`;
  }

  /** Chunk c of the vector at an index. */
  read(name: string, index: string, c = "0u"): string {
    const { vector, spilled } = this.find(name);
    const swizzle = spilled === null || vector.width === 4 ? "" : `.${"xyzw".slice(0, vector.width)}`;
    return this.place(name, index, c) + swizzle;
  }

  /** The k-th number of the vector at an index. */
  component(name: string, index: string, k: string): string {
    const { vector } = this.find(name);
    if (vector.chunks > 1) return `${this.place(name, index, `(${k}) / 4u`)}[(${k}) % 4u]`;
    if (vector.width === 1) return this.read(name, index);
    return `${this.place(name, index, "0u")}[${k}]`;
  }

  write(name: string, index: string, c: string, value: string): string {
    const { vector, spilled } = this.find(name);
    const padding = spilled === null ? 0 : 4 - vector.width;
    const whole = padding === 0 ? value : `vec4f(${value}${", 0.0".repeat(padding)})`;
    return `${this.place(name, index, c)} = ${whole};`;
  }

  declarations(): string {
    return [...this.plan.shared.values()]
      .filter((s) => s.spilled === null)
      .map(
        ({ name, vector, count }) =>
          `var<workgroup> ${name}: array<${vector.type}, ${this.plan.seedsPerGroup * count * vector.chunks}>;`,
      )
      .join("\n");
  }

  /** Waits until the whole workgroup is here and sees what was written. */
  barrier(): string {
    return this.plan.scratch > 0 ? "storageBarrier();\nworkgroupBarrier();" : "workgroupBarrier();";
  }
}
