import { learnedDirections } from "../../explore/learned.ts";
import { toTraining } from "../../explore/training.ts";
import { polyhedron } from "../../geometry/polyhedra/polyhedron.ts";
import { thumbnail } from "../../suite/thumbnail.ts";
import { openEngine } from "../../train/engines/registry.ts";
import { formatProgress, Tally } from "../../train/progress.ts";
import { Run } from "../../train/run.ts";
import { seedBlocks } from "../../train/seeds.ts";
import type { Tell } from "../messages.ts";
import { kindOf } from "./kind.ts";
import type { Explored, ExploreRequest, Outcome } from "./messages.ts";

/** Blocks under way at a time: while the last seeds of one end, the next has begun. */
const atATime = 2;
/** Pictures of each kind. More say nothing new, and a picture can take longer than a seed. */
const examples = { ofAKind: 3, all: 60 };

/** Trains what flags ask for, block after block, and tells what came of each as it ends. */
export async function explore({ given }: ExploreRequest, { progress, partial }: Tell<"explore">): Promise<Explored> {
  const start = performance.now();
  const { model, recipe, seeds } = toTraining(new Map(given));
  const engine = await openEngine("wasm");
  const tally = new Tally(seeds.length, recipe.steps);
  const left = seedBlocks(seeds);
  const outcome = observer();
  async function trainOn(): Promise<void> {
    for (let block = left.shift(); block; block = left.shift())
      await engine.train(
        [{ model, recipe, seeds: block }],
        (_, trajectories) => {
          tally.end(trajectories.map(({ end }) => end.step));
          partial(trajectories.map((trajectory) => outcome(new Run(model, recipe, trajectory))));
        },
        (seedSteps) => {
          tally.advance(seedSteps);
          progress(formatProgress(tally.progress));
        },
      );
  }
  await Promise.all(Array.from({ length: atATime }, trainOn));
  return { seconds: (performance.now() - start) / 1000 };
}

/** Reads outcomes off runs, and draws the first of each kind. */
function observer(): (run: Run) => Outcome {
  const drawn = new Map<string, number>();
  let all = 0;
  return (run) => {
    const found = learnedDirections(run)?.directions ?? null;
    const inSpace = found?.[0]?.unit.length === 3;
    const { seed, status, loss } = run;
    const shape = inSpace ? polyhedron(found.map(({ vector }) => vector)).name : null;
    const outcome = { seed, status, loss, directions: found?.length ?? null, shape };
    const kind = kindOf(outcome);
    const before = drawn.get(kind) ?? 0;
    if (before === examples.ofAKind || all === examples.all) return outcome;
    drawn.set(kind, before + 1);
    all++;
    return { ...outcome, example: { thumbnail: thumbnail(run) } };
  };
}
