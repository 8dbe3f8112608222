import type { Snapshot, Status } from "../../engine.ts";
import { checkpointSteps, type Recipe } from "../../recipe.ts";
import { statusOf } from "../look.ts";
import type { Device } from "./device.ts";
import { type Kernel, Launch, type State } from "./launch.ts";
import { Pace } from "./pace.ts";
import type { Reporter } from "./report.ts";

/** A seed on its way. */
export interface Member {
  readonly checkpoints: Snapshot[];
  /** Called once, when the run has ended. */
  readonly end: (status: Status, end: Snapshot) => void;
}

/** What all launches of a model and recipe share. */
export interface Training {
  readonly device: Device;
  readonly kernel: Kernel;
  readonly report: Reporter;
  readonly recipe: Recipe;
  readonly onProgress: (seedSteps: number) => void;
}

/** Seeds at the same step, ready to go on. */
export interface Batch {
  readonly members: readonly Member[];
  readonly step: number;
  /** [members × size] */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Gradient norm at which the device ends a seed. */
  readonly tolerance: number;
}

/**
 * Trains a batch until all its members have ended, and gives back those that the device ended too early. It decides by a
 * float32 gradient; converged is who is so by the float64 gradient of the same parameters, as in every engine. Where
 * rounding makes the difference, a seed has to go on, and is then ended by half the tolerance.
 */
export async function trainBatch(training: Training, batch: Batch): Promise<Batch[]> {
  const { device, kernel, recipe } = training;
  const watch = new Watch(training, batch);
  const launch = await Launch.create(device, kernel, {
    step: batch.step,
    parameters: batch.parameters,
    every: recipe.convergence.every ?? 0,
    tolerance: (batch.tolerance / kernel.plan.factor) ** 2,
  });
  try {
    // Not before there is room: a batch without any is tried again.
    const { parameters, members } = batch;
    if (batch.step === 0) watch.take({ from: 0, to: 0, parameters, ended: new Uint32Array(members.length) });
    const stops = [...checkpointSteps(recipe), recipe.steps];
    const pace = new Pace();
    let ahead: Promise<State> | null = null;
    const finish = async (coming: Promise<State>) => {
      const state = await coming;
      pace.measured(state.to - state.from, state.elapsed);
      try {
        watch.take(state);
      } finally {
        state.release();
      }
    };
    for (let step = batch.step; step < recipe.steps && watch.running > 0; ) {
      const to = Math.min(step + pace.next, stops.find((stop) => stop > step)!);
      const coming = launch.run(step, to);
      // Its failure is met below; until then nobody waits for it.
      coming.catch(() => {});
      // The device works on the new stretch while the last one is read here.
      if (ahead) await finish(ahead);
      ahead = coming;
      step = to;
    }
    if (ahead) await finish(ahead);
  } finally {
    launch.destroy();
  }
  return watch.strays();
}

/** Follows the members of a batch from state to state, as the reference engine does from step to step. */
class Watch {
  private readonly done: boolean[];
  private readonly kept: ReadonlySet<number>;
  private readonly stray = new Map<number, { member: Member; parameters: Float32Array }[]>();

  constructor(
    private readonly training: Training,
    private readonly batch: Batch,
  ) {
    this.done = batch.members.map(() => false);
    this.kept = new Set(checkpointSteps(training.recipe));
  }

  get running(): number {
    return this.done.filter((done) => !done).length;
  }

  take({ from, to, parameters, ended }: Omit<State, "elapsed" | "release">): void {
    const { recipe, report, kernel, onProgress } = this.training;
    const keep = this.kept.has(to);
    const last = to === recipe.steps;
    const { size } = kernel.plan;
    let seedSteps = 0;
    const wanted: number[] = [];
    this.done.forEach((done, i) => {
      if (done) return;
      const stop = ended[i]!;
      seedSteps += (stop || to) - from;
      if (stop > 0 || keep || last) wanted.push(i);
    });
    report(parameters, wanted).forEach((measures, k) => {
      const i = wanted[k]!;
      const member = this.batch.members[i]!;
      const stopped = ended[i]! > 0;
      const step = stopped ? ended[i]! : to;
      const own = parameters.slice(i * size, (i + 1) * size);
      const now: Snapshot = { step, ...measures, parameters: own };
      if (keep && !stopped) member.checkpoints.push(now);
      const status = statusOf(
        now,
        { step, keep, check: stopped || last, last: last && !stopped },
        recipe.convergence.gradientNorm,
      );
      if (status) member.end(status, now);
      else if (stopped) this.stray.set(step, [...(this.stray.get(step) ?? []), { member, parameters: own }]);
      this.done[i] = status !== null || stopped;
    });
    if (seedSteps > 0) onProgress(seedSteps);
  }

  strays(): Batch[] {
    return [...this.stray].map(([step, found]) => {
      const { size } = this.training.kernel.plan;
      const parameters = new Float32Array(found.length * size);
      found.forEach((stray, i) => {
        parameters.set(stray.parameters, i * size);
      });
      return { members: found.map((s) => s.member), step, parameters, tolerance: this.batch.tolerance / 2 };
    });
  }
}
