import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { initialise } from "../src/models/initialise.ts";
import type { Absent, Size } from "./contestants.ts";
import type { Kind } from "./kinds.ts";

const peerNames = ["torch-one", "torch-batched", "torch-compiled", "jax"] as const;
export type PeerName = (typeof peerNames)[number];

export interface Peer {
  readonly name: PeerName;
  readonly title: string;
  readonly python: string;
}

const titles: Readonly<Record<PeerName, string>> = {
  "torch-one": "PyTorch, one seed at a time",
  "torch-batched": "PyTorch, batched over seeds",
  "torch-compiled": "PyTorch, batched, torch.compile",
  jax: "JAX, vmap + grad + scan, jitted",
};

/** What has to be there for a peer, as Python that ends with the library's version. */
const probes: Readonly<Record<PeerName, string>> = {
  "torch-one": "torch",
  "torch-batched": "torch",
  "torch-compiled": "torch; torch.compile",
  jax: "jax",
};

/**
 * The peers that some Python here has, those named in BENCH_PYTHON (as in PATH) first; each version of a library once. And those
 * that none has.
 */
export function findPeers(): { ready: Peer[]; absent: Absent[] } {
  const named = process.env.BENCH_PYTHON?.split(delimiter) ?? [];
  const ready: Peer[] = [];
  const absent: Absent[] = [];
  for (const name of peerNames) {
    const library = name === "jax" ? "jax" : "torch";
    const versions = new Map<string, string>();
    for (const python of [...named, "python3", "/usr/bin/python3"]) {
      const probe = `import numpy, ${probes[name]}; print(${library}.__version__)`;
      const { status, stdout } = spawnSync(python, ["-c", probe], { encoding: "utf8" });
      const version = stdout?.trim();
      if (status === 0 && !versions.has(version)) versions.set(version, python);
    }
    for (const [version, python] of versions) ready.push({ name, title: `${titles[name]}, ${version}`, python });
    if (versions.size === 0)
      absent.push({ name: titles[name], reason: `no Python found with numpy and ${library} (see BENCH_PYTHON)` });
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
    if (status !== 0) throw new Error(`${peer.title} failed: ${stderr.trim().split("\n").at(-1)}`);
    const found = JSON.parse(stdout);
    return { ...found, name: peer.title };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
