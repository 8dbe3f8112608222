import * as tf from "@tensorflow/tfjs-core";
import { addGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Add_grad.js";
import { batchMatMulGradConfig } from "@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad.js";
import { erfGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Erf_grad.js";
import { logSoftmaxGradConfig } from "@tensorflow/tfjs-core/dist/gradients/LogSoftmax_grad.js";
import { multiplyGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Multiply_grad.js";
import { negGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Neg_grad.js";
import { divGradConfig } from "@tensorflow/tfjs-core/dist/gradients/RealDiv_grad.js";
import { reluGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Relu_grad.js";
import { reshapeGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Reshape_grad.js";
import { splitVGradConfig } from "@tensorflow/tfjs-core/dist/gradients/SplitV_grad.js";
import { sqrtGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Sqrt_grad.js";
import { squareGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Square_grad.js";
import { squaredDifferenceGradConfig } from "@tensorflow/tfjs-core/dist/gradients/SquaredDifference_grad.js";
import { subGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Sub_grad.js";
import { sumGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Sum_grad.js";
import { transposeGradConfig } from "@tensorflow/tfjs-core/dist/gradients/Transpose_grad.js";

/**
 * TensorFlow.js's own derivatives of the operations used here. tfjs-core keeps these rules of its automatic differentiation
 * outside its entry file, and only the whole of `@tensorflow/tfjs` (457 MB installed) registers them. They are ES modules
 * in a package that does not say so, which Vitest and tsx load and plain Node does not.
 */
export function registerGradients(): void {
  for (const rule of [
    addGradConfig,
    batchMatMulGradConfig,
    erfGradConfig,
    logSoftmaxGradConfig,
    multiplyGradConfig,
    negGradConfig,
    divGradConfig,
    reluGradConfig,
    reshapeGradConfig,
    splitVGradConfig,
    sqrtGradConfig,
    squareGradConfig,
    squaredDifferenceGradConfig,
    subGradConfig,
    sumGradConfig,
    transposeGradConfig,
  ])
    tf.registerGradient(rule);
}
