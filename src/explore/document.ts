import type { Ensemble } from "../train/ensemble.ts";
import type { Run } from "../train/run.ts";
import { learnedDirections } from "./learned.ts";

/**
 * The ensemble as JSON: { model, recipe, engine, runs: [{ seed, status, loss, embedding, unembedding?, hiddenBias?,
 * outputBias?, scale?, directions }] }. `embedding` is [hidden][features]; `unembedding` [features][hidden], of untied
 * models; `loss` the mean loss that training minimises; `directions` how many the embedding has. Numbers that are not
 * finite are null, and so are the directions of a run that diverged. One run a line.
 */
export function toJson(ensemble: Ensemble): string {
  const { model, recipe, engine, runs } = ensemble;
  const head = JSON.stringify({ model, recipe, engine: engine.name });
  return `${head.slice(0, -1)},"runs":[\n${runs.map((run) => JSON.stringify(describe(run))).join(",\n")}\n]}\n`;
}

/** Properties that are undefined (a bias that the model lacks) leave no trace in JSON. */
function describe(run: Run) {
  return {
    seed: run.seed,
    status: run.status,
    loss: run.loss,
    embedding: run.embedding,
    unembedding: run.model.tied ? undefined : run.unembedding,
    hiddenBias: run.hiddenBias,
    outputBias: run.outputBias,
    scale: run.scale,
    directions: learnedDirections(run)?.directions.length ?? null,
  };
}
