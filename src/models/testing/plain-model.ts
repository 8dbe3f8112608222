import { Matrix } from "ml-matrix";
import { layout, type Model, type Nonlinearity } from "../model.ts";
import { scalars } from "../nonlinearity.ts";

const apply: Readonly<Record<Nonlinearity, (x: number) => number>> = {
  identity: (x) => x,
  relu: (x) => (x + Math.abs(x)) / 2,
  gelu: scalars.gelu.value,
};

/** A model's definition written a second time, as matrices with a column a sample, and with no projection. */
export function plainForward(model: Model, parameters: Float64Array): { sums: Matrix[]; output: Matrix } {
  const { slots } = layout(model);
  const find = (name: string) => {
    const slot = slots.find((s) => s.name === name);
    if (!slot) return undefined;
    const { rows, cols, offset } = slot;
    return Matrix.from1DArray(rows, cols, Array.from(parameters.subarray(offset, offset + rows * cols)));
  };
  let x = new Matrix(model.data.inputs.map((row) => [...row])).transpose();
  const sums = model.layers.map((layer, i) => {
    const weight = find(`weight${i}`) ?? find("weight0")!.transpose();
    const sum = weight.mmul(x);
    const bias = find(`bias${i}`);
    if (bias) sum.addColumnVector(bias);
    x = sum.clone();
    map(x, apply[layer.nonlinearity]);
    return sum;
  });
  return { sums, output: Matrix.mul(x, find("scale")?.get(0, 0) ?? 1) };
}

/** The mean loss of outputs with a column a sample, by its textbook formula. */
export function plainLoss(model: Model, output: Matrix): number {
  const targets = new Matrix(model.data.targets.map((row) => [...row])).transpose();
  if (model.loss === "mse") return map(Matrix.sub(output, targets), (e) => e * e).mean();
  const exp = map(output.clone(), Math.exp);
  const logProbabilities = map(exp.divRowVector(exp.sum("column")), Math.log);
  return -targets.mul(logProbabilities).sum() / targets.columns;
}

function map(matrix: Matrix, f: (x: number) => number): Matrix {
  return matrix.apply(function (i, j) {
    this.set(i, j, f(this.get(i, j)));
  });
}
