import { plain, rounded } from "../../util/json.ts";
import type { Observation, Value } from "../claim/observation.ts";
import type { Observed } from "../claim/specification.ts";
import type { Population, Seeded, Status, Thumbnail, Trained, Trainer } from "../claim/trainer.ts";
import { rarities } from "./rarity.ts";

/** A seed worth looking at. */
export interface GallerySeed {
  readonly seed: number;
  /** Why it is here: it fails the criterion, few are like it, or most are. */
  readonly why: "worst" | "rare" | "typical";
  /** Whether it meets the criterion; null where there is none. */
  readonly met: boolean | null;
  /** How many seeds are at least as rare, itself included. */
  readonly like: number;
  /** What was read off it, in words; null where nothing was. */
  readonly observed: string | null;
  readonly status: Status;
  /** The mean loss at the end; null where it is no finite number. */
  readonly loss: number | null;
  readonly thumbnail: Thumbnail | null;
}

/** The seeds of one population that show what is in it: worst first, then the rarest, then typical ones. */
export interface Gallery {
  readonly label: string;
  /** Seeds in the population. */
  readonly of: number;
  /** Trains one of them again: {seed} stands for the seed. null where no command can say it. */
  readonly command: string | null;
  readonly seeds: readonly GallerySeed[];
}

/** Seeds shown of a population that was judged, and of one that answered a question: of a question there are many. */
const judgedShares = { worst: 5, rare: 4, all: 12 };
const askedShares = { worst: 2, rare: 4, all: 8 };
/** The same words say nothing new after this many times. */
const enough = 3;

/** Of a population that was judged; of one that only answered a question, the extremes of the loss are the rare ones. */
export function galleryOf<Condition extends Seeded, Run extends Trained>(
  label: string,
  { runs, engine }: Pick<Population<Run>, "runs" | "engine">,
  condition: Condition,
  trainer: Trainer<Condition, Run>,
  judged?: Pick<Observed<Condition, Run, Observation>, "values" | "met">,
): Gallery {
  const like = rarities(
    runs.map((run, i) => {
      if (run.status === "diverged") return null;
      const ending = { "ends as": run.status, "meets it": judged?.met[i] ?? "" };
      const value = judged ? judged.values[i]! : run.loss;
      return { ...(typeof value === "object" ? value : { observed: value }), ...ending };
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
      // The first that shows what was shown least, so that one rare kind does not hide another.
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
  const rarest = [...runs.keys()].sort((a, b) => like[a]! - like[b]!);
  const rare = (i: number) => like[i]! < runs.length / 4;
  const common = [...runs.keys()].sort((a, b) => like[b]! - like[a]!).filter((i) => !rare(i));
  const fails = (i: number) => (judged ? !judged.met[i] : runs[i]!.status === "diverged");
  take("worst", shares.worst, rarest.filter(fails));
  take("rare", shares.rare, rarest.filter(rare));
  take("typical", shares.all - shown.length, common);
  const seeds = shown.map(({ i, why }): GallerySeed => {
    const run = runs[i]!;
    const { seed, status } = run;
    const loss = Number.isFinite(run.loss) ? Number(run.loss.toPrecision(4)) : null;
    const thumbnail = trainer.thumbnail?.(run) ?? null;
    return { seed, why, met: judged?.met[i] ?? null, like: like[i]!, observed: words[i]!, status, loss, thumbnail };
  });
  return { label, of: runs.length, command: trainer.replay?.(condition, engine.name) ?? null, seeds };
}

function wordsOf(value: Observation | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const short = (v: Value) => (typeof v === "number" ? Number(v.toPrecision(4)) : v);
  if (typeof value !== "object") return plain(rounded(short(value)));
  return plain(rounded(Object.fromEntries(Object.entries(value).map(([name, v]) => [name, short(v)]))));
}

/** A seed, and the command that trains it again. */
export interface Replay {
  readonly seed: number;
  readonly command: string;
}

/** The command that trains this seed of a condition again; null where there is none. */
export function replayOf<Condition extends Seeded, Run extends Trained>(
  trainer: Trainer<Condition, Run>,
  condition: Condition,
  engine: string,
  seed: number,
): Replay | null {
  const command = trainer.replay?.(condition, engine)?.replace("{seed}", String(seed));
  return command ? { seed, command } : null;
}
