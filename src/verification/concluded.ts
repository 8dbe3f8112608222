import { arrange, encoded, type Sheet } from "../figures/canvas/drawing.ts";
import { InputError, quote } from "../util/check.ts";
import type { Conclusion } from "./claim/conclusion.ts";
import type { Figure } from "./claim/specification.ts";
import type { Statement } from "./claim/statement.ts";
import type { Seeded, Trained, Trainer } from "./claim/trainer.ts";
import { verdictWords } from "./claim/words.ts";
import type { Finding } from "./conclude/finding.ts";
import { Training } from "./conclude/training.ts";
import type { Report } from "./record/report.ts";

export interface Registered<Condition extends Seeded, Run extends Trained> {
  readonly id: string;
  readonly statement: Statement;
  readonly conclude: (training: Training<Condition, Run>) => Finding | Promise<Finding>;
  readonly trainer: Trainer<Condition, Run>;
}

/** What concluding a hypothesis comes to, before it is held against the record. */
export interface Drawn
  extends Pick<Finding, "galleries" | "replay" | "lacks">,
    Pick<Report, "engine" | "secondsTraining" | "blocks"> {
  readonly conclusion: Conclusion;
  /** Its figure. */
  readonly sheet: Sheet | undefined;
}

/** The same with the figure as PNG. */
export interface Concluded extends Omit<Drawn, "sheet"> {
  readonly png: Buffer | undefined;
}

/** Concludes, draws and encodes. */
export async function concluded<Condition extends Seeded, Run extends Trained>(
  ...given: Parameters<typeof drawn<Condition, Run>>
): Promise<Concluded> {
  const { sheet, ...rest } = await drawn(...given);
  return { ...rest, png: sheet && encoded(sheet) };
}

/**
 * Concludes and draws. All that it comes to is a function of the hypothesis and of the code that it reaches: that is what
 * `reuse/` relies on. `spec` is the file that the hypothesis stands in.
 */
export async function drawn<Condition extends Seeded, Run extends Trained>(
  { id, statement, conclude, trainer }: Registered<Condition, Run>,
  spec: string,
  onProgress: (line: string) => void,
): Promise<Drawn> {
  const training = new Training(trainer, onProgress);
  const { figure, galleries, replay, lacks, ...found } = await conclude(training);
  const conclusion: Conclusion = {
    ...statement,
    spec,
    ...found,
    figure: figure !== undefined,
    ...training.provenance,
  };
  const { populations } = training;
  const blocks = (field: keyof Report["blocks"]) => populations.reduce((sum, p) => sum + p.blocks[field], 0);
  return {
    conclusion,
    galleries,
    replay,
    lacks,
    sheet: figure && sheetOf(statement.title, conclusion, demandDrawings(id, figure())),
    engine: (populations.find((p) => p.engine.device !== null) ?? populations[0])?.engine ?? null,
    secondsTraining: populations.reduce((sum, p) => sum + p.trainedSeconds, 0),
    blocks: {
      trained: blocks("trained"),
      cached: blocks("cached"),
      corrupted: blocks("corrupted"),
      unkept: blocks("unkept"),
    },
  };
}

/** The figure under the hypothesis's title and verdict. */
function sheetOf(title: string, conclusion: Conclusion, figure: Figure): Sheet {
  // "n = 5" stays on a line.
  const subtitle = verdictWords(conclusion).replaceAll(" = ", "\u00a0=\u00a0");
  const head = { title: title.charAt(0).toUpperCase() + title.slice(1), subtitle };
  if ("panels" in figure) return arrange({ ...head, columns: figure.columns }, figure.panels);
  return arrange(head, "draw" in figure ? [figure] : figure);
}

/** Whatever types say, a figure may be anything. */
function demandDrawings(id: string, figure: unknown): Figure {
  const isDrawing = (value: unknown) => typeof (value as { draw?: unknown } | null)?.draw === "function";
  const given = figure as { readonly panels?: unknown } | null | undefined;
  const panels = isDrawing(figure) ? [figure] : Array.isArray(figure) ? figure : given?.panels;
  if (!Array.isArray(panels) || panels.length === 0 || !panels.every(isDrawing))
    throw new InputError(
      `the figure of ${id} is ${figure instanceof Promise ? "a Promise (async?)" : quote(figure)}; expected drawings`,
    );
  return figure as Figure;
}
