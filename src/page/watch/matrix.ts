import { dot } from "../../geometry/vector.ts";
import type { Frame } from "./messages.ts";

/** How much of each feature is read where another is written; how features interfere where nothing else reads them. */
export function matrixOf({ points, reading }: Pick<Frame, "points" | "reading">): number[][] {
  return (reading ?? points).map((row) => points.map((point) => dot(row, point)));
}
