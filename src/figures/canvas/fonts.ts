import { createRequire } from "node:module";
import { createCanvas, GlobalFonts } from "canvas";

/**
 * Text is set in DejaVu Sans (which has Greek and mathematical signs), registered from its package under names that no
 * system font has: without a font the canvas draws blanks, and a system's font would change the pixels.
 */
const faces = {
  regular: ["Figure Sans", "dejavu-fonts-ttf/ttf/DejaVuSans.ttf"],
  bold: ["Figure Sans Bold", "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"],
} as const;

export type Weight = keyof typeof faces;

const require = createRequire(import.meta.url);
for (const [family, file] of Object.values(faces)) loadFace(family, require.resolve(file));

const measuring = createCanvas(1, 1).getContext("2d");

/** The CSS font of a size in pixels. */
export function font(size: number, weight: Weight): string {
  return `${size}px "${faces[weight][0]}"`;
}

/** Width of a line of text, in CSS pixels. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  measuring.font = font(size, weight);
  return measuring.measureText(text).width;
}

/** Registers a font file, and throws where its text would come out blank. */
export function loadFace(family: string, file: string): void {
  if (GlobalFonts.registerFromPath(file, family) === null)
    throw new Error(`figures: no font could be read from ${file}; expected the DejaVu Sans of dejavu-fonts-ttf`);
  const context = createCanvas(1, 1).getContext("2d");
  context.font = `16px "${family}"`;
  if (!GlobalFonts.has(family) || !(context.measureText("W\u03a3").width > 0))
    throw new Error(`figures: text in the font ${family} has no width, so every label would be blank`);
}
