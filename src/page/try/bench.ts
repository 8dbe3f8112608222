import { everySeedDiverged } from "../../explore/survivors.ts";
import type { Given, Training } from "../../explore/training.ts";
import { ask, Stopped } from "../ask.ts";
import { type Checked, checked } from "./checked.ts";
import { presets } from "./presets.ts";
import { Results } from "./results.ts";

/** A training that was started, and what has come of it. */
export interface Trial {
  readonly given: Given;
  readonly training: Training;
  readonly results: Results;
  /** What it is at, or how it ended. */
  said: string;
  seconds: number | null;
}

/** Milliseconds between two drawings, at least: results come faster than anyone reads. */
const pace = 150;
/** Of a drawing that takes long, because it is of very many seeds, so many times as long. */
const rest = 5;

/** The form's flags, and what they were last trained to. Tells its listener when either has changed. */
export class Bench {
  given: Given = presets[0]!.given;
  /** What an address asked for that the form does not have. */
  unknown: readonly string[] = [];
  checked: Checked = checked(this.given);
  trial: Trial | null = null;
  private controller: AbortController | null = null;
  private drawing: ReturnType<typeof setTimeout> | null = null;
  private pause = pace;

  constructor(private readonly changed: () => void) {}

  get running(): boolean {
    return this.controller !== null;
  }

  set(given: Given, unknown: readonly string[] = []): void {
    this.given = given;
    this.unknown = unknown;
    this.checked = checked(given);
    this.changed();
  }

  /** Nothing, while something runs or the flags are wrong. */
  async start(): Promise<void> {
    const { given } = this;
    const { training } = this.checked;
    if (!training || this.running) return;
    const controller = new AbortController();
    this.controller = controller;
    const results = new Results();
    const trial: Trial = { given, training, results, said: "starting", seconds: null };
    this.trial = trial;
    this.changed();
    try {
      const { seconds } = await ask(
        "explore",
        { given: [...given] },
        {
          progress: (words) => {
            trial.said = words;
            this.soon();
          },
          partial: (outcomes) => {
            results.add(outcomes);
            this.soon();
          },
        },
        controller.signal,
      );
      trial.seconds = seconds;
      const lost = results.endings.diverged === results.done;
      trial.said = lost ? everySeedDiverged(results.done, training.recipe) : "";
    } catch (error) {
      const stopped = error instanceof Stopped;
      trial.said = stopped ? "stopped" : `Could not be trained here: ${(error as Error).message}`;
    }
    this.controller = null;
    this.changed();
  }

  stop(): void {
    this.controller?.abort();
  }

  private soon(): void {
    if (this.drawing !== null) return;
    this.drawing = setTimeout(() => {
      const start = performance.now();
      this.changed();
      this.drawing = null;
      this.pause = Math.max(pace, rest * (performance.now() - start));
    }, this.pause);
  }
}
