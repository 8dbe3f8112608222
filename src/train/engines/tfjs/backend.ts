import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { InputError } from "../../../util/check.ts";
import { registerGradients } from "./gradients.ts";

/** What TensorFlow.js runs on in this process. */
export interface Backend {
  readonly name: "cpu" | "tensorflow";
  readonly cuda: boolean;
  readonly device: string;
}

/** Loads tfjs-node-gpu, which registers its backend. Throws where it is not installed or does not load. */
export type Loader = () => { readonly version: Readonly<Record<string, string>> };

const nodeGpu = "@tensorflow/tfjs-node-gpu";

const loadNodeGpu: Loader = () => {
  // Else TensorFlow rounds the factors of a product to ten bits on GPUs since Ampere. CUDA reads it once, when it starts.
  process.env.NVIDIA_TF32_OVERRIDE ??= "0";
  return createRequire(import.meta.url)(nodeGpu);
};

/**
 * CUDA where tfjs-node-gpu is installed and has a GPU; else TensorFlow's CPU library, if that package is installed and
 * loads; else plain JavaScript. `device` says which, and what was in the way of a package that is installed.
 */
export async function openBackend(load: Loader = loadNodeGpu): Promise<Backend> {
  const found = await tryNodeGpu(load);
  if (found.kind === "cuda") return cudaBackend(found.version);
  if (found.kind === "no GPU") {
    const device = `TensorFlow's CPU library through tfjs-node-gpu ${found.version} (it finds no GPU that it can use)`;
    return { name: "tensorflow", cuda: false, device: `TensorFlow.js, ${device}` };
  }
  await tf.setBackend("cpu");
  const why = found.kind === "broken" ? `; tfjs-node-gpu does not load: ${found.reason}` : "";
  return { name: "cpu", cuda: false, device: `TensorFlow.js, cpu backend (plain JavaScript)${why}` };
}

/** CUDA, or an error that says what is in the way, how to install the package and what it needs. */
export async function openCudaBackend(load: Loader = loadNodeGpu): Promise<Backend> {
  const found = await tryNodeGpu(load);
  if (found.kind === "cuda") return cudaBackend(found.version);
  const obstacle = {
    absent: () => "is not installed",
    broken: ({ reason }: Found) => `does not load: ${reason}`,
    "no GPU": () => "finds no GPU that it can use",
  }[found.kind](found);
  throw new InputError(
    `no CUDA for TensorFlow.js: ${nodeGpu} ${obstacle}.\n` +
      `\`npm i -D ${nodeGpu}@4.22.0\` installs it (its install script downloads TensorFlow 2.9.1). ` +
      `It needs an NVIDIA GPU with its driver, CUDA 11.2, cuDNN 8.1 and Node ≤ 22 (this is ${process.version}).\n` +
      'The engine "tfjs" runs without it.',
  );
}

function cudaBackend(version: string | undefined): Backend {
  return { name: "tensorflow", cuda: true, device: `TensorFlow.js, CUDA through tfjs-node-gpu ${version}` };
}

interface Found {
  readonly kind: "cuda" | "no GPU" | "broken" | "absent";
  readonly version?: string | undefined;
  readonly reason?: string;
}

async function tryNodeGpu(load: Loader): Promise<Found> {
  // Without its advice, printed at the first tensor, to install another package.
  tf.enableProdMode();
  registerGradients();
  try {
    const version = load().version["tfjs-node"];
    await tf.setBackend("tensorflow");
    // Without a GPU it computes on the CPU and says nothing.
    const { isUsingGpuDevice } = tf.backend() as tf.KernelBackend & { isUsingGpuDevice?: boolean };
    return { kind: isUsingGpuDevice ? "cuda" : "no GPU", version };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // By its name alone, not a file that the package itself misses.
    if (code === "MODULE_NOT_FOUND" && message.includes(`'${nodeGpu}'`)) return { kind: "absent" };
    return { kind: "broken", reason: message.split("\n")[0]! };
  }
}
