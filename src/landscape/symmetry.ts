import { Matrix } from "ml-matrix";
import { dot } from "../geometry/vector.ts";
import { layout, type Model } from "../models/model.ts";
import type { Parameters } from "../models/objective.ts";
import { sum } from "../util/numbers.ts";
import { nullSpace, orthonormalise } from "./basis.ts";
import { trainable } from "./hessian.ts";

/** How some parameters change, by name; the others stay. */
type Change = ReadonlyMap<string, Matrix>;

/**
 * The tangent directions, at these parameters, of the continuous symmetries: changes that leave the loss as it is
 * everywhere, not just here. An orthonormal basis, each vector flat in the order of `layout` and 0 on frozen
 * parameters. They are:
 *
 * - of the space between two layers, x → (1 + G) x with G undone by the next layer: any G after an identity
 *   nonlinearity, a diagonal one after ReLU. Tying asks for more: in a two-layer model G is skew, a rotation;
 *   in a longer chain the first and the last inner space move together;
 * - a shift of a bias that a later bias takes back, across identity nonlinearities;
 * - under cross-entropy, the same number added to every logit, by bias or (untied) by weight;
 * - of the output scale, against the size of the weights, where the nonlinearities allow it;
 * - a shift of every embedding column, or whatever else moves all inputs of the data set alike, that a later bias takes
 *   back (untied; tied, under cross-entropy only, where the output it adds to is the same for all logits).
 *
 * Directions that only the present weights make idle are not among them: those of a chain wider than its narrowest
 * layer, or of a nonlinear bottleneck fed with linearly independent inputs.
 */
export function symmetryDirections(model: Model, parameters: Parameters): Float64Array[] {
  const { slots, size } = layout(model);
  const value = new Map(
    slots.map(({ name, rows, cols, offset }) => [
      name,
      Matrix.from1DArray(rows, cols, Array.from(parameters.subarray(offset, offset + rows * cols))),
    ]),
  );
  const flatten = (change: Change) => {
    const flat = new Float64Array(size);
    for (const { name, offset } of slots) flat.set(change.get(name)?.to1DArray() ?? [], offset);
    return flat;
  };
  const all = [
    ...innerSpaces(model, value),
    ...biasShifts(model, value),
    ...logitShifts(model),
    ...scaling(model, value),
    ...inputShifts(model, value),
  ];
  return leaving(trainable(model, false), orthonormalise(all.map(flatten)));
}

/** An orthonormal basis of the part of a space, given by one, that is 0 at the positions. */
function leaving(positions: readonly number[], basis: Float64Array[]): Float64Array[] {
  if (positions.length === 0 || basis.length === 0) return basis;
  return nullSpace(positions.map((k) => basis.map((v) => v[k]!))).map((mix) => {
    const out = basis[0]!.map((_, k) =>
      dot(
        mix,
        basis.map((v) => v[k]!),
      ),
    );
    for (const k of positions) out[k] = 0;
    return out;
  });
}

type Values = ReadonlyMap<string, Matrix>;
const linear = (model: Model, i: number) => model.layers[i]!.nonlinearity === "identity";
const homogeneous = (model: Model, i: number) => model.layers[i]!.nonlinearity !== "gelu";

function innerSpaces(model: Model, value: Values): Change[] {
  const last = model.layers.length - 1;
  // The space after layer i: δW_i = G W_i, δb_i = G b_i, δW_{i+1} = −W_{i+1} G. A tied W_{i+1} has no slot: it follows.
  const move = (i: number, g: Matrix): Change => {
    const change = new Map([[`weight${i}`, g.mmul(value.get(`weight${i}`)!)]]);
    const bias = value.get(`bias${i}`);
    if (bias) change.set(`bias${i}`, g.mmul(bias));
    const next = value.get(`weight${i + 1}`);
    if (next) change.set(`weight${i + 1}`, next.mmul(g).mul(-1));
    return change;
  };
  const changes: Change[] = [];
  for (let i = 0; i < last; i++) {
    if (!homogeneous(model, i)) continue;
    const ends = model.tied && (i === 0 || i === last - 1);
    const size = model.sizes[i + 1]!;
    for (let row = 0; row < size; row++)
      for (let col = 0; col < size; col++) {
        if (row !== col && !linear(model, i)) continue;
        const g = Matrix.zeros(size, size);
        g.set(row, col, 1);
        if (!ends) changes.push(move(i, g));
        else if (last === 1) {
          // The next branch would give the same changes, most of them twice.
          if (row >= col) continue;
          g.set(col, row, -1);
          changes.push(move(0, g));
        } else if (i === 0 && homogeneous(model, last - 1) && (row === col || linear(model, last - 1)))
          // δW_last = δW_0ᵀ = W_0ᵀ Gᵀ, which the last inner space undoes by −Gᵀ.
          changes.push(merge(move(0, g), move(last - 1, g.transpose().mul(-1))));
      }
  }
  return changes;
}

function merge(a: Change, b: Change): Change {
  const out = new Map(a);
  for (const [name, matrix] of b) out.set(name, out.has(name) ? Matrix.add(out.get(name)!, matrix) : matrix);
  return out;
}

function logitShifts(model: Model): Change[] {
  if (model.loss !== "cross-entropy") return [];
  const last = model.layers.length - 1;
  const [inputs, outputs] = [model.sizes[last]!, model.sizes[last + 1]!];
  const changes: Change[] = [];
  if (model.layers[last]!.bias) changes.push(new Map([[`bias${last}`, Matrix.ones(outputs, 1)]]));
  if (!model.tied)
    for (let j = 0; j < inputs; j++) {
      const shift = Matrix.zeros(outputs, inputs);
      for (let row = 0; row < outputs; row++) shift.set(row, j, 1);
      changes.push(new Map([[`weight${last}`, shift]]));
    }
  return changes;
}

function scaling(model: Model, value: Values): Change[] {
  const scale = value.get("scale");
  const last = model.layers.length - 1;
  if (!scale || !homogeneous(model, last)) return [];
  const change = new Map<string, Matrix>();
  const grow = (name: string, power: number) => {
    const matrix = value.get(name);
    if (matrix) change.set(name, Matrix.mul(matrix, power));
  };
  if (!model.tied) {
    grow(`weight${last}`, 1);
    grow(`bias${last}`, 1);
    grow("scale", -1);
    return [change];
  }
  // A tied weight counts at both ends, so everything in between grows once and the output twice.
  if (!model.layers.every((_, i) => homogeneous(model, i))) return [];
  grow("weight0", 1);
  model.layers.forEach((_, i) => {
    grow(`bias${i}`, i === last ? 2 : 1);
  });
  grow("scale", -2);
  return [change];
}

/** What takes back a shift of layer i's sums: its bias, or the next one down a linear stretch. Null where there is none. */
function takeBack(model: Model, value: Values, i: number, shift: Matrix): Change | null {
  if (value.has(`bias${i}`)) return new Map([[`bias${i}`, Matrix.mul(shift, -1)]]);
  if (i === model.layers.length - 1 || !linear(model, i)) return null;
  return takeBack(model, value, i + 1, weightOf(value, i + 1).mmul(shift));
}

/** A tied last weight has no slot of its own. */
const weightOf = (value: Values, i: number) => value.get(`weight${i}`) ?? value.get("weight0")!.transpose();

function unit(size: number, k: number): Matrix {
  const out = Matrix.zeros(size, 1);
  out.set(k, 0, 1);
  return out;
}

function biasShifts(model: Model, value: Values): Change[] {
  return model.layers.slice(0, -1).flatMap((layer, i) => {
    if (!layer.bias || !linear(model, i)) return [];
    return Array.from({ length: model.sizes[i + 1]! }, (_, k) => {
      const shift = unit(model.sizes[i + 1]!, k);
      const back = takeBack(model, value, i + 1, weightOf(value, i + 1).mmul(shift));
      return back ? [merge(new Map([[`bias${i}`, shift]]), back)] : [];
    }).flat();
  });
}

/** δW_0 = s uᵀ, for every s and every u with u·x the same for all inputs x, the shift it makes taken back. */
function inputShifts(model: Model, value: Values): Change[] {
  const [features, outputs] = [model.sizes[0]!, model.sizes[1]!];
  const movable = takeBack(model, value, 0, Matrix.zeros(outputs, 1)) !== null;
  const found = model.tied ? tiedInputs(model, movable) : sameForAll(model.data.inputs, movable);
  return found.flatMap((u) =>
    Array.from({ length: outputs }, (_, k) => {
      const direction = unit(outputs, k);
      const weight = direction.mmul(Matrix.rowVector(u.slice(0, features)));
      const change: Change = new Map([["weight0", weight]]);
      const back = takeBack(model, value, 0, direction.mul(-u[features]!));
      return back ? merge(change, back) : change;
    }),
  );
}

/** Every [u, −u·x] with u·x the same for all inputs x: a basis. Where a shift is not `movable`, u·x = 0. */
function sameForAll(inputs: readonly (readonly number[])[], movable: boolean): number[][] {
  if (movable) return nullSpace(inputs.map((x) => [...x, 1]));
  return nullSpace(inputs).map((u) => [...u, 0]);
}

/** The same for a tied model: its output weight gains u sᵀ, which only a softmax forgives, if u = 1 for every output. */
function tiedInputs(model: Model, movable: boolean): number[][] {
  const sums = model.data.inputs.map(sum);
  const total = sums[0]!;
  const same = sums.every((each) => Math.abs(each - total) <= 1e-9 * (1 + Math.abs(total)));
  if (model.loss !== "cross-entropy" || !same || !(movable || total === 0)) return [];
  return [[...new Array<number>(model.sizes[0]!).fill(1), -total]];
}
