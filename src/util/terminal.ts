import { styleText } from "node:util";

/** What the terminal allows: its width in characters, and whether it takes colours. */
export interface Terminal {
  readonly columns: number;
  readonly colours: boolean;
}

/** Standard output as a terminal. NO_COLOR and FORCE_COLOR decide about colours as they do elsewhere in Node. */
export function standardOutput(): Terminal {
  return {
    columns: process.stdout.columns || Number(process.env.COLUMNS) || 120,
    colours: styleText("bold", " ", { stream: process.stdout }) !== " ",
  };
}

export function paint({ colours }: Terminal, style: Parameters<typeof styleText>[0], text: string): string {
  return colours ? styleText(style, text, { validateStream: false }) : text;
}

/** Breaks text at spaces, but not within "n = 5 ✓", into lines of at most `width` characters (8 at least); a longer word is cut. */
export function fold(text: string, width: number): string[] {
  const most = Math.max(8, Math.floor(width));
  const lines: string[] = [];
  let line = "";
  for (const word of text.replace(/\s+/g, " ").split(/(?<! =) (?!= |[✓✗◐?≈] )/)) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length <= most) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    for (line = word; line.length > most; line = line.slice(most)) lines.push(line.slice(0, most));
  }
  return [...lines, line];
}

/** Text under a head: the head on the first line, as many spaces before the others. */
export function hang(head: string, text: string, columns: number): string[] {
  return fold(text, columns - head.length).map((line, i) => (i === 0 ? head : " ".repeat(head.length)) + line);
}
