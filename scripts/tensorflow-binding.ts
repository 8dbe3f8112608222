/**
 * Installs @tensorflow/tfjs-node-gpu without its own download, and builds its native part against the TensorFlow that a
 * Python wheel holds: a current one, whose CUDA pip has, too. See docs/running-on-a-gpu.md. `npm ci` removes it all again.
 * `npx tsx scripts/tensorflow-binding.ts [--cuda] [--tensorflow 2.21.0]`
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBackend, openCudaBackend } from "../src/train/engines/tfjs/backend.ts";
import { fail, InputError } from "../src/util/check.ts";

const root = join(import.meta.dirname, "..");
const modules = join(root, "node_modules");
const addon = join(modules, "@tensorflow/tfjs-node-gpu");
// Where the package's own script puts what it downloads.
const wheels = join(addon, "deps/python");
const library = join(wheels, "tensorflow");

/** Runs a program and shows what it says. Throws where it is missing or fails, with what it takes. */
function run(program: string, args: readonly string[], takes: string): void {
  console.log(`> ${program} ${args.join(" ")}`);
  const { error, status } = spawnSync(program, args, { stdio: "inherit" });
  if (error) throw new InputError(`cannot run ${program} (${error.message}); expected ${takes}`);
  if (status !== 0) throw new InputError(`${program} failed, for the reason above; expected ${takes}`);
}

/** Without its install script, and without a word in package.json. */
function installPackages(): void {
  const packages = ["@tensorflow/tfjs-node-gpu@4.22.0", "node-api-headers@1.9.0"];
  const flags = ["--save-dev", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  run("npm", ["install", ...flags, "--prefix", root, ...packages], "the npm registry within reach");
}

/** The Python that runs pip need not be the one that the wheel is for: nothing of it is run. */
function installTensorflow(version: string, cuda: boolean): void {
  rmSync(wheels, { recursive: true, force: true });
  const wheel = cuda ? [`tensorflow[and-cuda]==${version}`] : ["--no-deps", `tensorflow-cpu==${version}`];
  const flags = ["--target", wheels, "--only-binary=:all:", "--python-version", "3.11", "--no-compile", "--quiet"];
  run(
    process.env.PYTHON ?? "python3",
    ["-m", "pip", "install", ...flags, ...wheel],
    "Python with pip (packages python3 and python3-pip, or $PYTHON), PyPI within reach, and a version that it has, from 2.12.0 on",
  );
}

function build(): void {
  const folder = join(addon, "lib/napi-v8");
  mkdirSync(folder, { recursive: true });
  const includes = [join(modules, "node-api-headers/include"), join(library, "include")].map((path) => `-I${path}`);
  const libraries = ["-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"];
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(addon, "binding", file));
  run(
    process.env.CXX ?? "g++",
    [
      ...["-shared", "-fPIC", "-O2", "-std=c++17", "-DNAPI_VERSION=8", ...includes, ...sources],
      ...[`-L${library}`, ...libraries, "-Wl,-rpath,$ORIGIN/../../deps/python/tensorflow"],
      ...["-o", join(folder, "tfjs_binding.node")],
    ],
    "a C++ compiler (package g++, or $CXX)",
  );
}

try {
  const { values: options } = parseArgs({
    options: { cuda: { type: "boolean", default: false }, tensorflow: { type: "string", default: "2.21.0" } },
  });
  if (process.platform !== "linux") fail("platform", process.platform, "linux, whose wheels hold the library");
  installPackages();
  installTensorflow(options.tensorflow, options.cuda);
  build();
  const { name, device } = await (options.cuda ? openCudaBackend() : openBackend());
  if (name !== "tensorflow") throw new InputError(`what was built does not run: ${device}`);
  console.log(`The engine "${options.cuda ? "tfjs-cuda" : "tfjs"}" runs on: ${device}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
