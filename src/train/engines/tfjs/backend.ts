import { createRequire } from "node:module";
import util from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { InputError } from "../../../util/check.ts";
import { registerGradients } from "./gradients.ts";
import { keepAllBits } from "./precision.ts";

/** What TensorFlow.js runs on in this process. */
export interface Backend {
  readonly name: "cpu" | "tensorflow";
  readonly cuda: boolean;
  readonly device: string;
}

/** Loads tfjs-node-gpu, which registers its backend. Throws where it is not installed or does not load. */
export type Loader = () => { readonly version: Readonly<Record<string, string>> };

const nodeGpu = "@tensorflow/tfjs-node-gpu";
const install = "npx tsx scripts/tensorflow-binding.ts --cuda";

const loadNodeGpu: Loader = () => {
  keepAllBits();
  // Node 23 took it away; every operation of the package asks it.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  return createRequire(import.meta.url)(nodeGpu);
};

/** As if the package were not installed. */
export const plainJavaScript: Loader = () => {
  throw Object.assign(new Error(`Cannot find module '${nodeGpu}'`), { code: "MODULE_NOT_FOUND" });
};

/**
 * CUDA where tfjs-node-gpu is installed and has a GPU; else TensorFlow's CPU library, if that package is installed and
 * loads; else plain JavaScript. `device` says which, and what was in the way of a package that is installed.
 */
export async function openBackend(load: Loader = loadNodeGpu): Promise<Backend> {
  const found = await tryNodeGpu(load);
  if (found.kind === "cuda") return cudaBackend(found);
  if (found.kind === "no GPU") {
    const device = `TensorFlow.js, the CPU through ${libraryOf(found)} (no GPU that it can use)`;
    return { name: "tensorflow", cuda: false, device };
  }
  await tf.setBackend("cpu");
  const why = found.kind === "broken" ? `; tfjs-node-gpu does not load: ${found.reason}` : "";
  return { name: "cpu", cuda: false, device: `TensorFlow.js, cpu backend (plain JavaScript)${why}` };
}

/** CUDA, or an error that says what is in the way and what to do about it. */
export async function openCudaBackend(load: Loader = loadNodeGpu): Promise<Backend> {
  const found = await tryNodeGpu(load);
  if (found.kind === "cuda") return cudaBackend(found);
  const recipe = `\`${install}\` installs it with TensorFlow and CUDA, on Linux`;
  const obstacle = {
    absent: `is not installed.\n${recipe}.`,
    broken: `does not load: ${found.reason}\n${recipe}.`,
    "no GPU":
      `finds no GPU that it can use, only ${libraryOf(found)}.\n\`nvidia-smi\` must list the GPU; ` +
      `what TensorFlow says of a library above, \`${install}\` brings.`,
  }[found.kind];
  throw new InputError(
    `no CUDA for TensorFlow.js: ${nodeGpu} ${obstacle} See docs/running-on-a-gpu.md.\n` +
      'The engine "tfjs" runs without it.',
  );
}

function cudaBackend(found: Found): Backend {
  return { name: "tensorflow", cuda: true, device: `TensorFlow.js, CUDA through ${libraryOf(found)}` };
}

interface Found {
  readonly kind: "cuda" | "no GPU" | "broken" | "absent";
  readonly version?: string | undefined;
  readonly tensorflow?: string | undefined;
  readonly reason?: string;
}

const libraryOf = ({ version, tensorflow }: Found) => `TensorFlow ${tensorflow} and tfjs-node-gpu ${version}`;

async function tryNodeGpu(load: Loader): Promise<Found> {
  // Without its advice, printed at the first tensor, to install another package.
  tf.enableProdMode();
  registerGradients();
  try {
    const version = load().version["tfjs-node"];
    await tf.setBackend("tensorflow");
    // Without a GPU it computes on the CPU and says nothing.
    const { isUsingGpuDevice, binding } = tf.backend() as NodeBackend;
    return { kind: isUsingGpuDevice ? "cuda" : "no GPU", version, tensorflow: binding?.TF_Version };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // By its name alone, not a file that the package itself misses.
    if (code === "MODULE_NOT_FOUND" && message.includes(`'${nodeGpu}'`)) return { kind: "absent" };
    return { kind: "broken", reason: message.split("\n")[0]!.trim() };
  }
}

type NodeBackend = tf.KernelBackend & { isUsingGpuDevice?: boolean; binding?: { TF_Version: string } };
