import { findAdapter, nameOf } from "./adapter.ts";
import { firstLine } from "./dawn.ts";
import type { Limits } from "./plan.ts";

/** From the WebGPU specification; Node has no globals for them. */
export const usage = { mapRead: 1, copySource: 4, copyTarget: 8, uniform: 64, storage: 128 } as const;
const READ = 1;
const COMPUTE = 4;

/** The device has not enough memory left for these buffers; smaller ones may do. */
export class OutOfMemory extends Error {
  override name = "OutOfMemory";
}

const wanted = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
] as const;

/** An open device: what WebGPU's own objects leave to do, and one error for each thing that can go wrong. */
export class Device {
  readonly limits: Limits & Pick<GPUSupportedLimits, "maxStorageBufferBindingSize" | "maxBufferSize">;
  /** Why the device can no longer be used, once that is so. */
  lost: string | null = null;
  /** Rejects when the device is lost. */
  private readonly loss: Promise<never>;
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  private constructor(
    readonly name: string,
    readonly gpu: GPUDevice,
  ) {
    this.limits = gpu.limits;
    this.loss = gpu.lost.then(({ reason, message }) => {
      this.lost = `the WebGPU device was lost: ${name}, ${reason}${message ? `: ${message.split("\n")[0]}` : ""}`;
      throw new Error(this.lost);
    });
    // It may be lost when nobody waits for it.
    this.loss.catch(() => {});
  }

  /** Throws InputError as `findAdapter` does. The device may use all that the adapter has. */
  static async open(software: boolean): Promise<Device> {
    const adapter = await findAdapter({ software });
    const requiredLimits = Object.fromEntries(wanted.map((name) => [name, adapter.limits[name]]));
    return new Device(nameOf(adapter.info), await adapter.requestDevice({ requiredLimits }));
  }

  /** What the promise gives, unless the device is lost before. */
  async unlessLost<T>(promise: Promise<T>): Promise<T> {
    try {
      return await Promise.race([promise, this.loss]);
    } catch (error) {
      // Whatever fails because the device is lost says so; the loss may be told a little later.
      await Promise.race([this.loss, new Promise((resolve) => setTimeout(resolve, 50))]);
      throw error;
    }
  }

  /** A compiled shader; compiled once. */
  pipeline(code: string): Promise<GPUComputePipeline> {
    let pipeline = this.pipelines.get(code);
    if (!pipeline) {
      pipeline = this.unlessLost(this.compile(code));
      this.pipelines.set(code, pipeline);
      pipeline.catch(() => this.pipelines.delete(code));
    }
    return pipeline;
  }

  private async compile(code: string): Promise<GPUComputePipeline> {
    this.gpu.pushErrorScope("validation");
    const module = this.gpu.createShaderModule({ code });
    const invalid = this.gpu.popErrorScope();
    const { messages } = await module.getCompilationInfo();
    const error = messages.find((m) => m.type === "error");
    await invalid;
    if (error)
      throw new Error(`internal error: the training shader does not compile: line ${error.lineNum}: ${error.message}`);
    try {
      return await this.gpu.createComputePipelineAsync({ layout: this.layout(), compute: { module } });
    } catch (failure) {
      throw new Error(`internal error: the training shader was refused: ${firstLine(failure)}`);
    }
  }

  /** What shader/shader.ts declares; the scratch buffer, which few models need, is always there. */
  private layout(): GPUPipelineLayout {
    const types = ["uniform", "read-only-storage", "read-only-storage", "storage", "storage", "storage"] as const;
    const entries = types.map((type, binding) => ({ binding, visibility: COMPUTE, buffer: { type } }));
    return this.gpu.createPipelineLayout({ bindGroupLayouts: [this.gpu.createBindGroupLayout({ entries })] });
  }

  /** Buffers of so many bytes each. Throws OutOfMemory, and then keeps none of them. */
  async allocate(sizes: readonly { readonly size: number; readonly usage: number }[]): Promise<GPUBuffer[]> {
    this.gpu.pushErrorScope("out-of-memory");
    const buffers = sizes.map((descriptor) => this.gpu.createBuffer(descriptor));
    const error = await this.unlessLost(this.gpu.popErrorScope());
    if (!error) return buffers;
    for (const buffer of buffers) buffer.destroy();
    const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
    throw new OutOfMemory(`the WebGPU device ${this.name} has no room for ${bytes} bytes more: ${error.message}`);
  }

  /** Does what `work` does with the device; the promise rejects if the device refuses any of it. */
  checked<T>(work: () => T): { readonly done: T; readonly accepted: Promise<void> } {
    const scopes = ["validation", "internal", "out-of-memory"] as const;
    for (const scope of scopes) this.gpu.pushErrorScope(scope);
    const done = work();
    const errors = Promise.all(scopes.map(() => this.gpu.popErrorScope()));
    const accepted = this.unlessLost(errors).then((all) => {
      const error = all.find((e) => e !== null);
      if (error) throw new Error(`internal error: the WebGPU device ${this.name} refused: ${firstLine(error)}`);
    });
    return { done, accepted };
  }

  /** A read-only storage buffer with this content. */
  async upload(values: Float32Array<ArrayBuffer>): Promise<GPUBuffer> {
    const [buffer] = await this.allocate([{ size: values.byteLength, usage: usage.storage | usage.copyTarget }]);
    this.gpu.queue.writeBuffer(buffer!, 0, values);
    return buffer!;
  }

  /** Resolves when the device has filled the buffer and its content can be read. */
  async map(buffer: GPUBuffer): Promise<ArrayBuffer> {
    await this.unlessLost(buffer.mapAsync(READ));
    return buffer.getMappedRange();
  }
}
