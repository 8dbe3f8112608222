import type { Mutation } from "./mutation.ts";

const kernel = "src/train/engines/wasm/kernel";
const descent = ["descent"];

const biases: Mutation[] = [
  {
    name: "bias-hidden-gradient",
    change: "the hidden bias gets no gradient",
    file: `${kernel}/chain.ts`,
    search: "  if (layer.bias >= 0) accumulate<T>(g + layer.bias, deltas, bytes);",
    replacement: "",
    specs: descent,
  },
  {
    name: "bias-end-gradient-sign",
    change: "a tied end bias moves against its gradient's sign",
    file: `${kernel}/tied.ts`,
    search: "  v128.store(gj, f32x4.add(v128.load(gj), sij));",
    replacement: "  v128.store(gj, f32x4.sub(v128.load(gj), sij));",
    specs: descent,
  },
  {
    name: "bias-end-swapped",
    change: "output j of a tied model gets the end bias of feature i",
    file: `${kernel}/tied.ts`,
    search: "const sij = zeroResidual<F>(f32x4.add(dot, v128.load(bj)));",
    replacement: "const sij = zeroResidual<F>(f32x4.add(dot, v128.load(bi)));",
    specs: descent,
  },
  {
    name: "bias-end-after",
    change: "a tied end bias is added after the ReLU",
    file: `${kernel}/tied.ts`,
    search: "const sij = zeroResidual<F>(f32x4.add(dot, v128.load(bj)));",
    replacement: "const sij = v128.and(f32x4.add(dot, v128.load(bj)), f32x4.gt(dot, f32x4.splat(0)));",
    specs: descent,
  },
  {
    name: "bias-end-forgotten",
    change: "the end bias is left out where there is a hidden one too",
    file: `${kernel}/head.ts`,
    search: "    if (hasBias) sum = f32x4.add(sum, v128.load(bias + row));",
    replacement: "",
    specs: descent,
  },
  {
    name: "bias-wrong-layer",
    change: "the hidden layer uses the last layer's bias",
    file: "src/train/engines/wasm/plan.ts",
    search: "offsetOf(`bias",
    replacement: 'offsetOf("bias" + last || `bias',
    specs: descent,
  },
  {
    name: "bias-bound",
    change: "biases start within ±1/√outputs",
    file: "src/models/initialise.ts",
    search: "`), outputs, bound);",
    replacement: "`), outputs, 1 / Math.sqrt(outputs));",
    specs: descent,
  },
  {
    name: "bias-defined-forgotten",
    change: "the definition leaves biases out of the sums",
    file: "src/models/objective.ts",
    search: "let total = bias ? (p[bias.offset + row] as number) : 0;",
    replacement: "let total = 0 * (bias ? 1 : 0);",
    specs: ["descent", "relu-mse/end-bias-lossless", "relu-mse/hidden-bias-algebra"],
  },
  {
    name: "bias-defined-gradient",
    change: "the definition gives biases no gradient",
    file: "src/models/objective.ts",
    search: "        if (bias) add(bias.offset + row, e);",
    replacement: "",
    specs: ["descent", "relu-mse/hidden-bias-algebra"],
  },
];

const softmax: Mutation[] = [
  {
    name: "softmax-target",
    change: "the gradient lacks −target",
    file: `${kernel}/chain.ts`,
    search: `  subtractTargets<T>(plan, top, sample);
  throughScale<T>(plan, top, p, g);
  if (sizeof<T>() == 8) loss`,
    replacement: `  throughScale<T>(plan, top, p, g);
  if (sizeof<T>() == 8) loss`,
    specs: descent,
  },
  {
    name: "softmax-temperature",
    change: "probabilities are taken at temperature 2",
    file: `${kernel}/chain.ts`,
    search: "expNonPositive<T>(v128.sub<T>(v128.load(deltas + k), largest))",
    replacement:
      "expNonPositive<T>(v128.mul<T>(v128.splat<T>(<T>0.5), v128.sub<T>(v128.load(deltas + k), largest)))",
    specs: descent,
  },
  {
    name: "softmax-mean",
    change: "the cross-entropy is divided by n² instead of n",
    file: "src/models/objective.ts",
    search: "samples * (model.sizes.at(-1) as number) : samples;",
    replacement: "samples * (model.sizes.at(-1) as number) : samples * (model.sizes.at(-1) as number);",
    specs: ["descent", "softmax/tied-algebra"],
  },
  {
    name: "softmax-defined-target",
    change: "the definition's gradient lacks −target",
    file: "src/models/objective.ts",
    search: "mass * Math.exp(y - normaliser) - (target[k] as number)",
    replacement: "mass * Math.exp(y - normaliser)",
    specs: ["descent", "softmax/tied-algebra"],
  },
];

const scale: Mutation[] = [
  {
    name: "scale-gradient",
    change: "the scale gets no gradient",
    file: `${kernel}/chain.ts`,
    search: "  v128.store(g + plan.scale, sum);",
    replacement: "",
    specs: descent,
  },
  {
    name: "scale-twice",
    change: "the scale multiplies the outputs twice",
    file: `${kernel}/chain.ts`,
    search: "v128.mul<T>(scale, v128.load(top.activations + k))",
    replacement: "v128.mul<T>(scale, v128.mul<T>(scale, v128.load(top.activations + k)))",
    specs: descent,
  },
  {
    name: "scale-backward",
    change: "the scale is left out on the way back",
    file: `${kernel}/chain.ts`,
    search: "v128.store(top.deltas + k, v128.mul<T>(e, scale));",
    replacement: "v128.store(top.deltas + k, e);",
    specs: descent,
  },
  {
    name: "scale-start",
    change: "the scale starts at 1, whatever is asked",
    file: "src/models/initialise.ts",
    search: "parameters[size - 1] = model.scale;",
    replacement: "parameters[size - 1] = 1;",
    specs: descent,
  },
  {
    name: "scale-defined",
    change: "the definition gives the scale no gradient",
    file: "src/models/objective.ts",
    search: "        add(s.scale.offset, (delta[k] as number) * (pass.activation[k] as number));",
    replacement: "        add(s.scale.offset, 0);",
    specs: descent,
  },
];

const unitNorm: Mutation[] = [
  {
    name: "norm-skipped",
    change: "columns are not put back to norm 1",
    file: `${kernel}/index.ts`,
    search: "    if (plan.unitNorm) project<f32>(plan, p);",
    replacement: "",
    specs: descent,
  },
  {
    name: "norm-late",
    change: "columns are put back to norm 1 at the end only",
    file: `${kernel}/index.ts`,
    search: "    if (plan.unitNorm) project<f32>(plan, p);",
    replacement: "    if (plan.unitNorm && step == to - 1) project<f32>(plan, p);",
    specs: descent,
  },
  {
    name: "norm-rows",
    change: "rows are put to norm 1 instead of columns",
    file: `${kernel}/parameters.ts`,
    search: `  for (let j = 0; j < first.inputs; j++, column += bytes) {
    let square = v128.splat<T>(<T>0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const x = v128.load(column + k);
      square = v128.add<T>(square, v128.mul<T>(x, x));
    }
    const norm = v128.sqrt<T>(square);
    for (let k: usize = 0; k < bytes; k += 16)`,
    replacement: `  const whole = bytes * first.inputs;
  for (let row: usize = 0; row < bytes; row += 16, column += 16) {
    let square = v128.splat<T>(<T>0);
    for (let k: usize = 0; k < whole; k += bytes) {
      const x = v128.load(column + k);
      square = v128.add<T>(square, v128.mul<T>(x, x));
    }
    const norm = v128.sqrt<T>(square);
    for (let k: usize = 0; k < whole; k += bytes)`,
    specs: descent,
  },
  {
    name: "norm-gradient",
    change: "the reported gradient norm counts the part along the columns",
    file: `${kernel}/index.ts`,
    search: "    if (plan.unitNorm) removeRadial(plan, promoted, g);",
    replacement: "",
    specs: descent,
  },
];

const frozen: Mutation[] = [
  {
    name: "frozen-trained",
    change: "frozen parameters train",
    file: "src/train/engines/wasm/plan.ts",
    search: "slots.filter((slot) => !slot.frozen)",
    replacement: "slots.filter(() => true)",
    specs: ["descent"],
  },
];

/** Of what the engine computes, of its start and of the definition it is held to. */
export const training: readonly Mutation[] = [...biases, ...softmax, ...scale, ...unitNorm, ...frozen];
