import { findAdapter } from "../adapter.ts";
import { firstLine } from "../dawn.ts";

/** Why the engine cannot run here, on a graphics card or in software; null if it can. */
export async function unavailable(): Promise<string | null> {
  try {
    await findAdapter({ software: true });
    return null;
  } catch (error) {
    return firstLine(error);
  }
}
