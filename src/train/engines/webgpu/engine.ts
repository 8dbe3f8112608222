import type { Engine } from "../../engine.ts";

export async function createWebgpuEngine(): Promise<Engine> {
  throw new Error("not here yet");
}
