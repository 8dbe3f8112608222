import { layout } from "../models/model.ts";
import type { Ensemble } from "../train/ensemble.ts";
import type { Run } from "../train/run.ts";
import { learnedDirections } from "./learned.ts";

/**
 * The ensemble as JSON: { model, recipe, engine, runs: [{ seed, status, loss, embedding, unembedding?, hiddenBias?,
 * outputBias?, scale?, parameters?, directions }] }. `embedding` is [hidden][features]; `unembedding` [features][hidden], of untied
 * models; `loss` the mean loss that training minimises; `directions` in how many features are written. Numbers that are not
 * finite are null, and so are the directions of a run that diverged, or that has a nonlinearity before its narrowest layer; `parameters`
 * has every weight of a chain by its name (weight0, bias0, …), row by row. One run a line.
 */
export function toJson(ensemble: Ensemble): string {
  const { model, recipe, engine, runs } = ensemble;
  const head = JSON.stringify({ model, recipe, engine: engine.name });
  return `${head.slice(0, -1)},"runs":[\n${runs.map((run) => JSON.stringify(describe(run))).join(",\n")}\n]}\n`;
}

/** Properties that are undefined (a bias that the model lacks) leave no trace in JSON. */
function describe(run: Run) {
  const { tied, layers } = run.model;
  return {
    seed: run.seed,
    status: run.status,
    loss: run.loss,
    embedding: run.embedding,
    unembedding: tied ? undefined : run.unembedding,
    hiddenBias: run.hiddenBias,
    outputBias: run.outputBias,
    scale: run.scale,
    parameters: layers.length > 2 ? byName(run) : undefined,
    directions: learnedDirections(run)?.directions.length ?? null,
  };
}

function byName(run: Run): Record<string, number[]> {
  const { slots } = layout(run.model);
  return Object.fromEntries(
    slots.map(({ name, offset, rows, cols }) => [name, [...run.parameters.slice(offset, offset + rows * cols)]]),
  );
}
