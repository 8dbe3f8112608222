/**
 * What training costs on the engines that run here, and beside other libraries. See bench/README.md for what is measured.
 * `npm run bench [-- --write] [--quick] [--peers | --gpu] [--engines wasm,tfjs]`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { closeEngines, engineNames } from "../src/train/engines/registry.ts";
import { oneOf } from "../src/util/check.ts";
import { againstPeers } from "./against-peers.ts";
import { enter } from "./contestants.ts";
import { onGpu } from "./gpu.ts";
import { growthFigure, measureGrowth } from "./growth.ts";
import { measureSizes, sizeTables } from "./sizes.ts";
import { digits } from "./table.ts";

const flag = { type: "boolean", default: false } as const;
const { values: options } = parseArgs({
  options: {
    write: flag,
    quick: flag,
    peers: flag,
    gpu: flag,
    engines: { type: "string", default: engineNames.join(",") },
  },
});
const names = options.engines.split(",").map((name) => oneOf("engine", name, engineNames));
const { ready, absent, close } = await enter(names);
const webgpu = ready.find((c) => c.name === "webgpu");
const machine = [
  `${cpus()[0]!.model.trim()}, ${cpus().length} processors`,
  ...(webgpu ? [webgpu.device] : []),
  `Node ${process.version}`,
].join(", ");
const here = [
  `Measured in one call on: ${machine}.`,
  ...ready.map(({ name, device }) => `- ${name}: ${device}.`),
  ...absent.map(({ name, reason }) => `- ${name}, not here: ${reason.replace(/\.$/, "")}.`),
].join("\n");
console.log(here);

const sections = new Map<string, string>();
if (options.gpu) sections.set("gpu", await onGpu(ready, options.quick, console.log));
else if (options.peers) sections.set("peers", await againstPeers(ready, options.quick, console.log));
else {
  const cells = await measureSizes(ready, options.quick, ({ kind, size, results }) => {
    const costs = results.map((r) => `${r.contestant.name} × ${r.seeds}: ${digits(r.microseconds)}`);
    console.log(`${kind.name}, n = ${size.features}, d = ${size.hidden}, µs a seed-step: ${costs.join("; ")}`);
  });
  sections.set("sizes", sizeTables(cells));
  if (options.write) {
    const picture = growthFigure(cells, await measureGrowth(ready), machine);
    writeFileSync(new URL("growth.png", import.meta.url), picture);
  }
}
await close();
await closeEngines();

for (const text of sections.values()) console.log(`\n${text}`);
if (options.write) {
  const path = new URL("README.md", import.meta.url);
  let readme = readFileSync(path, "utf8");
  for (const [name, text] of sections) {
    const [from, to] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [before, rest] = readme.split(from);
    readme = `${before}${from}\n\n${here}\n\n${text}\n\n${to}${rest!.split(to)[1]}`;
  }
  writeFileSync(path, readme);
}
