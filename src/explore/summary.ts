import type { Status } from "../train/engine.ts";
import type { Ensemble } from "../train/ensemble.ts";
import { learnedDirections } from "./learned.ts";
import { spread } from "./spread.ts";

const statuses: readonly Status[] = ["converged", "stopped", "diverged"];
const barWidth = 40;

/** What an ensemble learned, in a few lines for the terminal. */
export function summarise(ensemble: Ensemble): string {
  const { model, recipe, engine, runs, blocks, trainedSeconds } = ensemble;
  const features = model.sizes[0];
  const hidden = model.sizes.slice(1, -1).join(" → ");
  const { initial, max, final, warmup } = recipe.rate;
  const finite = runs.filter((run) => run.status !== "diverged");
  const counts = finite.flatMap((run) => learnedDirections(run)?.directions.length ?? []);
  const total = blocks.trained + blocks.cached;
  const where =
    engine.device === null
      ? "all from the run cache"
      : [
          engine.device,
          `${trainedSeconds.toFixed(1)} s`,
          ...(blocks.unkept > 0
            ? [`${blocks.unkept} of ${total} blocks not kept: the run cache cannot be written`]
            : []),
          ...(blocks.cached > 0 ? [`${blocks.cached} of ${total} blocks from the run cache`] : []),
        ].join(", ");
  return [
    `${features} features → ${hidden} hidden, ${model.tied ? "tied" : "untied"}, ${model.layers.at(-1)!.nonlinearity}, ${model.loss}${model.data.name === "one-hot" ? "" : `, ${model.data.name} data`}`,
    `${recipe.steps} steps, learning rate ${initial} → ${max} → ${final}, warm-up ${warmup}`,
    `${runs.length} seeds, ${engine.name} (${[where, engine.why].filter(Boolean).join("; ")})`,
    "",
    `status      ${statuses.map((s) => `${runs.filter((run) => run.status === s).length} ${s}`).join(" · ")}`,
    `loss        ${spread(finite.map((run) => run.loss))}`,
    `gradient    ${spread(finite.map((run) => run.gradientNorm))}`,
    ...(counts.length > 0
      ? ["directions", ...histogram(counts)]
      : ["directions  not counted: a nonlinearity stands before the narrowest layer"]),
    "",
  ].join("\n");
}

/** One line a value, ascending. */
function histogram(values: readonly number[]): string[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const longest = Math.max(...counts.values());
  return [...counts.entries()]
    .sort(([a], [b]) => a - b)
    .map(([value, count]) => {
      const bar = "█".repeat(Math.max(1, Math.round((barWidth * count) / longest)));
      return `${String(value).padStart(10)}  ${bar} ${count}`;
    });
}
