/** figures/canvas/fonts.ts with the reader's fonts: the page brings none, so that lines may break elsewhere than on record. */
export type Weight = "regular" | "bold";

const family = '"DejaVu Sans", Verdana, system-ui, sans-serif';
const measuring = new OffscreenCanvas(1, 1).getContext("2d")!;

export function font(size: number, weight: Weight): string {
  return `${weight === "bold" ? "bold " : ""}${size}px ${family}`;
}

export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  measuring.font = font(size, weight);
  return measuring.measureText(text).width;
}
