/**
 * Else TensorFlow rounds the factors of a product to ten bits on NVIDIA's GPUs since Ampere, unless the user has decided.
 * CUDA reads it once, when it starts, and where it starts in a worker thread reads what the main thread has set.
 */
export function keepAllBits(): void {
  process.env.NVIDIA_TF32_OVERRIDE ??= "0";
}
