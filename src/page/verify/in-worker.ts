import type { Sheet } from "../../figures/canvas/drawing.ts";
import { drawn } from "../../verification/concluded.ts";
import { compare } from "../../verification/record/compare.ts";
import { definitionOf } from "../definition-of.ts";
import { trainer } from "../hypothesis.ts";
import type { Tell } from "../messages.ts";
import type { Verified, VerifyRequest } from "./messages.ts";

/** Trains, judges and draws a hypothesis as a run in Node does, and compares it with what is on record. */
export async function verify(
  { id, recorded, note }: VerifyRequest,
  { progress }: Pick<Tell<"verify">, "progress">,
): Promise<Verified> {
  const start = performance.now();
  const { statement, problem, conclude } = await definitionOf(id, recorded.spec, note);
  if (!statement) throw problem;
  const { conclusion, sheet } = await drawn({ id, statement, conclude, trainer }, recorded.spec, progress);
  const picture = sheet ? await encoded(sheet) : null;
  const seconds = (performance.now() - start) / 1000;
  return { conclusion, comparison: compare(recorded, conclusion), picture, seconds };
}

async function encoded({ pixels, width, height }: Sheet): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")!.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  return canvas.convertToBlob();
}
