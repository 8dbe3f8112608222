/** Passes over a group's parameters `p` and their gradient `g`. */
import { dropTiny } from "./math";
import { layerAt, Plan } from "./plan";

export function clear(plan: Plan, g: usize): void {
  for (let end = g + (<usize>plan.size << 4); g < end; g += 16) v128.store(g, f32x4.splat(0));
}

/** p ← p − rate · g for the parameters that train. */
export function move(plan: Plan, p: usize, g: usize, rate: v128): void {
  for (let i = 0; i < plan.trainedCount; i++) {
    const from = load<u32>(plan.trained + (i << 3));
    const to = load<u32>(plan.trained + (i << 3), 4);
    for (let k = from; k < to; k += 16)
      v128.store(p + k, dropTiny<f32>(f32x4.sub(v128.load(p + k), f32x4.mul(rate, v128.load(g + k)))));
  }
}

/** Divides each column of weight0 by its norm. */
export function project<T>(plan: Plan, p: usize): void {
  const first = layerAt(plan, 0);
  const bytes = <usize>first.outputs << 4;
  let column = p + first.weight;
  for (let j = 0; j < first.inputs; j++, column += bytes) {
    let square = v128.splat<T>(<T>0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const x = v128.load(column + k);
      square = v128.add<T>(square, v128.mul<T>(x, x));
    }
    const norm = v128.sqrt<T>(square);
    for (let k: usize = 0; k < bytes; k += 16)
      v128.store(column + k, v128.div<T>(v128.load(column + k), norm));
  }
}

/** Takes out of the gradient by each (unit-norm) column of weight0 the part along the column. */
export function removeRadial(plan: Plan, p: usize, g: usize): void {
  const first = layerAt(plan, 0);
  const bytes = <usize>first.outputs << 4;
  let at: usize = first.weight;
  for (let j = 0; j < first.inputs; j++, at += bytes) {
    let radial = f64x2.splat(0);
    for (let k = at; k < at + bytes; k += 16)
      radial = f64x2.add(radial, f64x2.mul(v128.load(g + k), v128.load(p + k)));
    for (let k = at; k < at + bytes; k += 16)
      v128.store(g + k, f64x2.sub(v128.load(g + k), f64x2.mul(radial, v128.load(p + k))));
  }
}

/** Σ g² over the parameters that train, in float64. */
export function squaredNorm(plan: Plan, g: usize): v128 {
  let sum = f64x2.splat(0);
  for (let i = 0; i < plan.trainedCount; i++) {
    const from = load<u32>(plan.trained + (i << 3));
    const to = load<u32>(plan.trained + (i << 3), 4);
    for (let k = from; k < to; k += 16) {
      const x = v128.load(g + k);
      sum = f64x2.add(sum, f64x2.mul(x, x));
    }
  }
  return sum;
}
