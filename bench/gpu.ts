import { InputError } from "../src/util/check.ts";
import { type Contestant, common as size } from "./contestants.ts";
import { kinds } from "./kinds.ts";
import { findPeers, type PeerRun, trainWithPeer } from "./peers.ts";
import { compare, expectedLosses } from "./race.ts";
import { absences, digits, table } from "./table.ts";

/**
 * The population that a GPU is for: tied ReLU, n = 40, d = 2, 30,000 steps of 64 and of 4,096 seeds, on WebGPU and with JAX
 * (and batched PyTorch, fewer steps) on the same GPU. Gives a Markdown section, and tells each row as it comes: a machine may be lent
 * for less time than all of them take. Throws without a WebGPU engine.
 */
export async function onGpu(
  contestants: readonly Contestant[],
  quick: boolean,
  tell: (row: string) => void,
): Promise<string> {
  const webgpu = contestants.find((c) => c.name === "webgpu");
  if (!webgpu) throw new InputError("invalid --gpu: the engine webgpu does not run here, for the reason above");
  const kind = kinds[0]!;
  const steps = quick ? 300 : 30_000;
  const { ready, absent } = findPeers();
  const expected = await expectedLosses(kind, size, steps);
  const rows: string[][] = [];
  const add = (...row: string[]) => {
    rows.push(row);
    tell(row.join(" · "));
  };
  await webgpu.train(kind, size, 100, 64);
  for (const seeds of [64, 4096]) {
    const from = performance.now();
    const losses = await webgpu.train(kind, size, steps, seeds);
    const seconds = (performance.now() - from) / 1e3;
    compare("webgpu", losses, expected);
    add("webgpu, whole call", webgpu.device, String(seeds), digits(seconds), "");
    for (const peer of ready.filter((p) => p.name !== "torch-one")) {
      const fewer = peer.name === "jax" ? steps : Math.ceil(steps / 100);
      let run: PeerRun;
      try {
        run = trainWithPeer(peer, kind, size, { steps: fewer, seeds, device: "cuda" });
      } catch (error) {
        // Its library may be here without its CUDA.
        absent.push({ name: `${peer.name}, ${seeds} seeds`, reason: (error as Error).message });
        continue;
      }
      compare(run.name, run.losses, await expectedLosses(kind, size, fewer));
      const whole = (run.seconds * steps) / fewer;
      const name = fewer === steps ? run.name : `${run.name} (from ${fewer} steps)`;
      add(name, run.device, String(seeds), digits(whole), digits(whole / seconds));
    }
  }
  const head = ["", "", "seeds", "seconds", "× webgpu"];
  return `### ${kind.name}, n = 40, d = 2, ${steps.toLocaleString("en")} steps\n\n${table(head, rows, 2)}${absences(absent)}`;
}
