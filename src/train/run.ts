import { layout, type Model } from "../models/model.ts";
import { InputError } from "../util/check.ts";
import { indices } from "../util/numbers.ts";
import type { Snapshot, Status, Trajectory } from "./engine.ts";
import type { Recipe } from "./recipe.ts";

/** A matrix as nested rows. */
type Rows = readonly (readonly number[])[];

/** The weights of a model at one moment, by their names in the note. Every view is computed on demand (`points` once), in float64. */
export class State {
  private columns: number[][] | undefined;

  constructor(
    readonly model: Model,
    private readonly snapshot: Snapshot,
  ) {}

  get step(): number {
    return this.snapshot.step;
  }
  /** The mean loss that training minimises. */
  get loss(): number {
    return this.snapshot.loss;
  }
  /** Norm of the summed loss's gradient over the parameters that train. */
  get gradientNorm(): number {
    return this.snapshot.gradientNorm;
  }
  /** Flat, in the order of `layout`. */
  get parameters(): Float64Array {
    return new Float64Array(this.snapshot.parameters);
  }
  /** W_E, [hidden × features]. */
  get embedding(): Rows {
    return this.matrix("weight0");
  }
  /** The embedding's columns: one point a feature, [features] of [hidden] numbers. */
  get points(): Rows {
    this.columns ??= this.embeddingColumns();
    return this.columns;
  }
  /** W_U, [features × hidden]; of a tied model the embedding's transpose. */
  get unembedding(): Rows {
    return this.model.tied ? this.points : this.matrix(`weight${this.model.layers.length - 1}`);
  }
  get hiddenBias(): number[] | undefined {
    return this.vector("bias0");
  }
  get outputBias(): number[] | undefined {
    return this.vector(`bias${this.model.layers.length - 1}`);
  }
  /** The learned factor after the output's nonlinearity. */
  get scale(): number | undefined {
    return this.vector("scale")?.[0];
  }

  /** A weight by its name in `layout`, as rows. */
  matrix(name: string): Rows {
    const slot = this.slot(name);
    if (!slot) throw new InputError(`this model has no parameter "${name}"`);
    const start = (row: number) => slot.offset + row * slot.cols;
    return indices(slot.rows).map((row) => Array.from(this.snapshot.parameters.subarray(start(row), start(row + 1))));
  }

  /** Written out, because dynamics ask for them at every checkpoint of every run. */
  private embeddingColumns(): number[][] {
    const { rows, cols, offset } = this.slot("weight0")!;
    const p = this.snapshot.parameters;
    const columns: number[][] = [];
    for (let col = 0; col < cols; col++) {
      const column: number[] = [];
      for (let row = 0; row < rows; row++) column.push(p[offset + row * cols + col]!);
      columns.push(column);
    }
    return columns;
  }

  private vector(name: string): number[] | undefined {
    const slot = this.slot(name);
    return slot && Array.from(this.snapshot.parameters.subarray(slot.offset, slot.offset + slot.rows));
  }

  private slot(name: string) {
    return layout(this.model).slot(name);
  }
}

/** One trained seed: its end (the State itself) and its checkpoints. */
export class Run extends State {
  readonly seed: number;
  readonly status: Status;

  constructor(
    model: Model,
    /** How it was trained. */
    readonly recipe: Recipe,
    private readonly trajectory: Trajectory,
  ) {
    super(model, trajectory.end);
    this.seed = trajectory.seed;
    this.status = trajectory.status;
  }

  /** Made anew whenever asked for, with their views: populations have millions, and most are looked at once or never. */
  get checkpoints(): readonly State[] {
    return this.trajectory.checkpoints.map((c) => new State(this.model, c));
  }
}
