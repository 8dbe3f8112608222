/**
 * The one look of all pictures. Colours are Okabe and Ito's set (jfly.uni-koeln.de/color), which readers with any common
 * form of colour blindness can tell apart; where colour carries meaning, a symbol, a dash or a word carries it too.
 */
export const palette = {
  paper: "#ffffff",
  ink: "#1f2430",
  muted: "#5d6470",
  faint: "#dde1e7",
  relu: "#0072b2",
  gelu: "#d55e00",
  green: "#009e73",
  purple: "#b5578c",
  amber: "#e69f00",
  sky: "#56b4e9",
} as const;

/** Sizes in CSS pixels; a figure is encoded at `deviceScale` device pixels for each. */
export const deviceScale = 2;
export const textSize = { title: 18, subtitle: 14, caption: 14, body: 13, tick: 12 } as const;
export const lineHeight = 1.35;
/** Text that is there when it is looked for, such as the labels of ticks. */
export const quiet = { size: textSize.tick, colour: palette.muted } as const;
export const margin = 20;
export const gap = 24;

const conditions = [
  { colour: palette.relu, dash: [] },
  { colour: palette.gelu, dash: [7, 4] },
  { colour: palette.green, dash: [2, 3] },
  { colour: palette.purple, dash: [9, 3, 2, 3] },
  { colour: palette.amber, dash: [4, 2] },
  { colour: palette.sky, dash: [1, 2] },
] as const;

/** Colour and dash of the index-th condition of a figure. By convention ReLU, or the condition tested, comes first. */
export function conditionStyle(index: number): { colour: string; dash: readonly number[] } {
  return conditions[index % conditions.length]!;
}

export type VerdictWord = "holds" | "refuted" | "in part" | "inconclusive" | "measured";

export const verdictStyle: Readonly<Record<VerdictWord, { colour: string; fill: string; symbol: string }>> = {
  holds: { colour: "#00694d", fill: "#c5e8dc", symbol: "✓" },
  refuted: { colour: "#a34700", fill: "#f9d9c3", symbol: "✗" },
  "in part": { colour: "#7a4b00", fill: "#fdf0cf", symbol: "◐" },
  inconclusive: { colour: "#5d6470", fill: "#e8eaee", symbol: "?" },
  measured: { colour: "#00568a", fill: "#cfe4f3", symbol: "≈" },
};

/** `#rrggbb` mixed with white: 0 leaves it, 1 gives white. */
export function lighten(colour: string, amount: number): string {
  return mix(colour, palette.paper, amount);
}

/** A straight blend of two `#rrggbb` colours in sRGB: 0 gives the first, 1 the second. */
export function mix(from: string, to: string, amount: number): string {
  const end = channels(to);
  return `#${channels(from)
    .map((x, i) => hex(x + (end[i]! - x) * amount))
    .join("")}`;
}

/** Red, green and blue of `#rrggbb`, from 0 to 255. */
export function channels(colour: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
}

const hex = (byte: number) => Math.round(byte).toString(16).padStart(2, "0");

/** `#rrggbb` with an opacity from 0 to 1. */
export function translucent(colour: string, opacity: number): string {
  return colour + hex(opacity * 255);
}
