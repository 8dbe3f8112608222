import type { Device } from "./device.ts";
import { usage } from "./device.ts";
import type { Plan } from "./plan.ts";

/** A model and recipe made ready for a device. */
export interface Kernel {
  readonly plan: Plan;
  readonly pipeline: GPUComputePipeline;
  readonly rates: GPUBuffer;
  readonly data: GPUBuffer;
}

/** Seeds that train together from the same step on. */
export interface Start {
  readonly step: number;
  /** [seeds × size] */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Steps between looks at convergence; 0: none. */
  readonly every: number;
  /** At most this square of the gradient that the shader accumulates is convergence. */
  readonly tolerance: number;
}

/** Where all seeds are after a stretch. The arrays are readable until `release`. */
export interface State {
  readonly from: number;
  readonly to: number;
  /** [seeds × size]; of a seed that has ended, its last. */
  readonly parameters: Float32Array;
  /** [seeds]: the step at which a seed was ended, or 0. */
  readonly ended: Uint32Array;
  /** Milliseconds since the device was last known to be busy with something else. */
  readonly elapsed: number;
  release(): void;
}

/** The buffers of some seeds on the device. */
export class Launch {
  private lastDone = 0;

  private constructor(
    private readonly device: Device,
    private readonly kernel: Kernel,
    private readonly start: Start,
    private readonly seeds: number,
    private readonly buffers: readonly GPUBuffer[],
    /** Those of the buffers into which the next stretches can be read. */
    private readonly staging: GPUBuffer[],
    private readonly bindings: GPUBindGroup,
  ) {}

  /** Throws OutOfMemory if the device cannot hold so many seeds. */
  static async create(device: Device, kernel: Kernel, start: Start): Promise<Launch> {
    const { plan } = kernel;
    const seeds = start.parameters.length / plan.size;
    const bytes = start.parameters.byteLength;
    const both = usage.storage | usage.copySource | usage.copyTarget;
    const staged = { size: bytes + 4 * seeds, usage: usage.mapRead | usage.copyTarget };
    const [stretch, parameters, ended, one, two, scratch] = await device.allocate([
      { size: 32, usage: usage.uniform | usage.copyTarget },
      { size: bytes, usage: both },
      { size: 4 * seeds, usage: both },
      staged,
      staged,
      { size: 16 * Math.max(1, plan.scratch * seeds), usage: usage.storage },
    ]);
    const bound = [stretch!, kernel.rates, kernel.data, parameters!, ended!, scratch!];
    const { done, accepted } = device.checked(() => {
      device.gpu.queue.writeBuffer(parameters!, 0, start.parameters);
      return device.gpu.createBindGroup({
        layout: kernel.pipeline.getBindGroupLayout(0),
        entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
      });
    });
    await accepted;
    const own = [stretch!, parameters!, ended!, scratch!, one!, two!];
    return new Launch(device, kernel, start, seeds, own, [one!, two!], done);
  }

  /**
   * Trains the seeds that have not ended through the steps from … to − 1, in one dispatch, and brings their state here.
   * Two stretches may be under way at a time: the device goes on while the first is being read.
   */
  async run(from: number, to: number): Promise<State> {
    const { gpu } = this.device;
    const [stretch, parameters, ended] = this.buffers;
    const staging = this.staging.shift()!;
    const { plan, pipeline } = this.kernel;
    const words = new DataView(new ArrayBuffer(32));
    for (const [i, x] of [this.start.step, from, to, this.seeds, this.start.every].entries())
      words.setUint32(4 * i, x, true);
    words.setFloat32(20, this.start.tolerance, true);
    const bytes = this.start.parameters.byteLength;
    const submitted = performance.now();
    const { accepted } = this.device.checked(() => {
      gpu.queue.writeBuffer(stretch!, 0, words.buffer);
      const encoder = gpu.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, this.bindings);
      pass.dispatchWorkgroups(Math.ceil(this.seeds / plan.seedsPerGroup));
      pass.end();
      encoder.copyBufferToBuffer(parameters!, 0, staging, 0, bytes);
      encoder.copyBufferToBuffer(ended!, 0, staging, bytes, 4 * this.seeds);
      gpu.queue.submit([encoder.finish()]);
    });
    const [content] = await Promise.all([this.device.map(staging), accepted]);
    const now = performance.now();
    const elapsed = now - Math.max(submitted, this.lastDone);
    this.lastDone = now;
    return {
      from,
      to,
      parameters: new Float32Array(content, 0, bytes / 4),
      ended: new Uint32Array(content, bytes, this.seeds),
      elapsed,
      release: () => {
        staging.unmap();
        this.staging.push(staging);
      },
    };
  }

  destroy(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}
