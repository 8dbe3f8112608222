import { exploreCommand } from "../explore/command.ts";
import type { Status } from "../train/engine.ts";
import type { Ensemble } from "../train/ensemble.ts";
import { plain, rounded } from "../util/json.ts";
import type { Observation } from "./observation.ts";
import { oddities } from "./oddity.ts";
import { type Sketch, sketch } from "./sketch.ts";

/** A seed worth looking at. */
export interface GallerySeed {
  readonly seed: number;
  /** Why it is here: it fails the criterion, few are like it, or most are. */
  readonly why: "worst" | "odd" | "typical";
  /** Whether it meets the criterion; null where there is none. */
  readonly met: boolean | null;
  /** How many seeds are at least as odd, itself included. */
  readonly like: number;
  /** What was read off it, in words; null where nothing was. */
  readonly observed: string | null;
  readonly status: Status;
  /** The mean loss at the end; null where it is no finite number. */
  readonly loss: number | null;
  readonly sketch: Sketch | null;
}

/** The seeds of one population that show what is in it: worst first, then the oddest, then typical ones. */
export interface Gallery {
  readonly label: string;
  /** Seeds in the population. */
  readonly of: number;
  /** Trains one of them again: {seed} stands for the seed. null where the flags of `explore` cannot say it. */
  readonly command: string | null;
  readonly seeds: readonly GallerySeed[];
}

/** What a population is judged by; in the order of the seeds. */
interface Judged {
  readonly values: readonly (Observation | null)[];
  readonly satisfied: readonly boolean[];
}

/** Seeds shown of a population that was judged, and of one that answered a question: of a question there are many. */
const judgedShares = { worst: 5, odd: 4, all: 12 };
const askedShares = { worst: 2, odd: 4, all: 8 };
/** The same words say nothing new after this many times. */
const enough = 3;

/** Of a population that was judged; of one that only answered a question, the ends of the losses are the odd ones. */
export function galleryOf(label: string, ensemble: Ensemble, judged?: Judged): Gallery {
  const { model, recipe, runs, engine } = ensemble;
  const like = oddities(
    runs.map((run, i) => {
      if (run.status === "diverged") return null;
      const ending = { "ends as": run.status, "meets it": judged?.satisfied[i] ?? "" };
      return { ...named(judged ? judged.values[i]! : run.loss), ...ending };
    }),
  );
  const shares = judged ? judgedShares : askedShares;
  const words = runs.map((_, i) => wordsOf(judged?.values[i]));
  const told = new Map<string, number>();
  const shown: { readonly i: number; readonly why: GallerySeed["why"] }[] = [];
  const take = (why: GallerySeed["why"], most: number, candidates: readonly number[]) => {
    const times = (i: number) => told.get(words[i] ?? "") ?? 0;
    const left = new Set(candidates.filter((i) => !shown.some((s) => s.i === i)));
    for (let n = 0; n < most; n++) {
      // The first that shows what was shown least, so that one odd kind does not hide another.
      const next = [...left].reduce<number | undefined>(
        (best, i) => (best === undefined || times(i) < times(best) ? i : best),
        undefined,
      );
      if (next === undefined || times(next) >= enough) return;
      left.delete(next);
      shown.push({ i: next, why });
      const said = words[next];
      if (said != null) told.set(said, times(next) + 1);
    }
  };
  const oddest = [...runs.keys()].sort((a, b) => like[a]! - like[b]!);
  const commonest = [...runs.keys()].sort((a, b) => like[b]! - like[a]!);
  const rare = (i: number) => like[i]! < runs.length / 4;
  const fails = (i: number) => (judged ? !judged.satisfied[i] : runs[i]!.status === "diverged");
  take("worst", shares.worst, oddest.filter(fails));
  take("odd", shares.odd, oddest.filter(rare));
  take(
    "typical",
    shares.all - shown.length,
    commonest.filter((i) => !rare(i)),
  );
  const seeds = shown.map(({ i, why }): GallerySeed => {
    const run = runs[i]!;
    return {
      seed: run.seed,
      why,
      met: judged?.satisfied[i] ?? null,
      like: like[i]!,
      observed: words[i]!,
      status: run.status,
      loss: Number.isFinite(run.loss) ? Number(run.loss.toPrecision(4)) : null,
      sketch: sketch(run),
    };
  });
  return { label, of: runs.length, command: commandOf(model, recipe, engine.name), seeds };
}

function named(value: Observation | null): Readonly<Record<string, string | number | boolean>> | null {
  return typeof value === "object" ? value : { observed: value };
}

function wordsOf(value: Observation | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const short = (v: unknown) => (typeof v === "number" ? Number(v.toPrecision(4)) : v);
  const brief =
    typeof value === "object"
      ? Object.fromEntries(Object.entries(value).map(([name, v]) => [name, short(v)]))
      : short(value);
  return plain(rounded(brief as Parameters<typeof rounded>[0]));
}

function commandOf(model: Ensemble["model"], recipe: Ensemble["recipe"], engine: string): string | null {
  return exploreCommand(model, recipe, 0, engine)?.replace(/--seeds 0(?= |$)/, "--seeds {seed}") ?? null;
}
