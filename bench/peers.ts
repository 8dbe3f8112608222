import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initialise } from "../src/models/initialise.ts";
import type { Absent, Size } from "./contestants.ts";
import type { Kind } from "./kinds.ts";

const peerNames = ["torch-one", "torch-batched", "jax"] as const;
export type PeerName = (typeof peerNames)[number];

export interface Peer {
  readonly name: PeerName;
  readonly python: string;
}

const titles: Readonly<Record<PeerName, string>> = {
  "torch-one": "PyTorch, one seed at a time",
  "torch-batched": "PyTorch, batched over seeds",
  jax: "JAX, vmap + grad + scan, jitted",
};

/** The peers whose library some Python here has, BENCH_PYTHON first; and those that none has. */
export function findPeers(): { ready: Peer[]; absent: Absent[] } {
  const pythons = [process.env.BENCH_PYTHON, "python3", "/usr/bin/python3"].filter((p) => p !== undefined);
  const ready: Peer[] = [];
  const absent: Absent[] = [];
  for (const name of peerNames) {
    const library = name === "jax" ? "jax" : "torch";
    const python = pythons.find((p) => spawnSync(p, ["-c", `import numpy, ${library}`]).status === 0);
    if (python) ready.push({ name, python });
    else
      absent.push({
        name: titles[name],
        reason: `no Python found with numpy and ${library} (see BENCH_PYTHON)`,
      });
  }
  return { ready, absent };
}

export interface PeerRun {
  readonly name: string;
  readonly device: string;
  readonly seeds: number;
  readonly seconds: number;
  readonly losses: readonly number[];
}

/** Trains with a peer from the engines' own starting weights. Throws with what Python said when it fails. */
export function trainWithPeer(
  peer: Peer,
  kind: Kind,
  size: Size,
  work: { steps: number; seeds: number; device: "cpu" | "cuda" },
): PeerRun {
  const model = kind.model(size.features, size.hidden);
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const start = join(folder, "start.f32");
    const vectors = Array.from({ length: work.seeds }, (_, seed) => initialise(model, seed));
    writeFileSync(start, Buffer.concat(vectors.map((v) => Buffer.from(v.buffer))));
    const spec = {
      ...size,
      ...work,
      kind: kind.key,
      rate: kind.rate(size.features),
      start,
      peers: [peer.name],
    };
    const script = join(import.meta.dirname, "peers.py");
    const { status, stdout, stderr } = spawnSync(peer.python, [script], {
      input: JSON.stringify(spec),
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    if (status !== 0) throw new Error(`${titles[peer.name]} failed: ${stderr.trim().split("\n").at(-1)}`);
    const found = JSON.parse(stdout);
    return { ...found, name: titles[peer.name], device: `${found.version}, ${found.device}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
