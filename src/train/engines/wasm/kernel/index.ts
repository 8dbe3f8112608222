/**
 * The training kernel, in AssemblyScript: gradient descent of many seeds at once, one thread's part.
 *
 * Lanes. A *group* is four seeds of one model. Every number of a run (a weight, an activation, a derivative) is one
 * v128 that holds it for the four seeds, so the code reads like the scalar algorithm and no lane ever meets another.
 * A seed's result can therefore not depend on its company. The same source is compiled for float64, where a v128 holds
 * two seeds (`T` below is f32 or f64): training runs in float32, and what is reported of a state (its loss and
 * gradient norm) is computed from the float32 parameters in float64.
 *
 * Layout. A group's parameters are `size` vectors of 16 bytes in the order of `layout` in src/models/model.ts, but for
 * weight0, which is stored by columns: a feature's embedding is contiguous. One-hot inputs select columns, and the
 * columns are the rows of a tied last layer, so every inner loop walks through memory in steps of 16 bytes.
 * The gradient has the same layout. Sizes, addresses and data come from the caller in a `Plan`.
 *
 * Passes. A step clears the gradient, accumulates that of the summed loss over the samples (up to a power of two,
 * which the step size takes up), moves the parameters that train, and puts unit-norm columns back on the sphere.
 *   chain.ts         any model: sample by sample, forward and backward through the layers;
 *   head.ts          its fast last layer for mean squared error: forward and backward in one sweep over the outputs;
 *   softmax.ts       its fast last layer for softmax and cross-entropy: three short sweeps;
 *   tied.ts          a tied two-layer model on one-hot data: a sweep over the *pairs* of features, because w_i·w_j serves
 *                    output j of sample i and output i of sample j;
 *   tied-softmax.ts  the same for softmax.
 *
 * Speed. A WebAssembly engine does little to improve a loop. So what all its rounds share is loaded from memory before it
 * (a constant or a product would be made anew in each round), sizes 2 and 3 have loops of their own, and nothing is decided
 * inside.
 *
 * Bits. Only IEEE operations whose result the standard fixes, in a fixed order: the result is the same on every
 * machine. NaN must survive, because a diverged run has to be seen: `pmax(x, 0)`, which is x < 0 ? 0 : x, keeps it. (Also
 * it is one instruction on x86, where `max` takes several to treat NaN and −0 as the standard says.) Numbers below 1e-17 become 0, see `dropTiny`.
 */
import { gradient } from "./chain";
import { addToExponent, cumulative, expNonPositive, gaussian, mantissaAlone, POWER_32 } from "./math";
import { Plan } from "./plan";
import { clear, move, project, removeRadial, squaredNorm } from "./parameters";
import { tiedGradient } from "./tied";
import { tiedSoftmaxGradient } from "./tied-softmax";

/** Trains the group at `p` through the steps from … to − 1. */
export function run(plan: Plan, p: usize, from: i32, to: i32): void {
  const g = plan.gradient;
  for (let step = from; step < to; step++) {
    clear(plan, g);
    if (!plan.pairs) gradient<f32>(plan, p, g);
    else if (plan.crossEntropy) tiedSoftmaxGradient(plan, p, g);
    else tiedGradient(plan, p, g);
    move(plan, p, g, v128.load32_splat(plan.rates + (<usize>step << 2)));
    if (plan.unitNorm) project<f32>(plan, p);
  }
}

/**
 * Writes at plan.report, for each of the four seeds of the group at `p`, the summed loss, and then for each the square
 * of the norm of half its gradient (mean squared error) or of its gradient (cross-entropy), as float64.
 */
export function report(plan: Plan, p: usize): void {
  const promoted = plan.promoted;
  const g = plan.gradient;
  for (let half = 0; half < 2; half++) {
    for (let k = 0, bytes = plan.size << 4; k < bytes; k += 16) {
      const x = v128.load64_zero(p + k + (half << 3));
      v128.store(promoted + k, f64x2.promote_low_f32x4(x));
    }
    if (plan.unitNorm) project<f64>(plan, promoted);
    clear(plan, g);
    const loss = gradient<f64>(plan, promoted, g);
    if (plan.unitNorm) removeRadial(plan, promoted, g);
    v128.store(plan.report + (half << 4), loss);
    v128.store(plan.report + (half << 4), squaredNorm(plan, g), 32);
  }
}

/** For tests of accuracy: replaces the vector at `at` by exp of it, by 2 to it, or by GELU and (16 bytes on) its derivative. */
export function applyExp(at: usize): void {
  v128.store(at, expNonPositive<f32>(v128.load(at)));
}
export function applyPower(at: usize): void {
  const n = f32x4.nearest(v128.load(at));
  v128.store(at, addToExponent(mantissaAlone(f32x4.sub(v128.load(at), n)), n, v128.load(POWER_32, 96)));
}
export function applyGelu32(at: usize): void {
  applyGelu<f32>(at);
}
export function applyGelu64(at: usize): void {
  applyGelu<f64>(at);
}
function applyGelu<T>(at: usize): void {
  const x = v128.load(at);
  const density = gaussian<T>(x);
  const below = cumulative<T>(x, density);
  v128.store(at, v128.mul<T>(x, below));
  v128.store(at, v128.add<T>(below, v128.mul<T>(x, density)), 16);
}
