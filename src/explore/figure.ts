import { compose, type Drawing } from "../figures/canvas/drawing.ts";
import { configuration } from "../figures/shapes/configuration.ts";
import type { Ensemble } from "../train/ensemble.ts";
import type { Run } from "../train/run.ts";
import { written } from "./bottleneck.ts";
import { learnedDirections } from "./learned.ts";

const most = 6;

/**
 * The first runs that did not diverge, side by side, as PNG: the plane for two hidden dimensions, the polyhedron of the
 * directions for three, the Gram matrix of the embedding for others. Of a chain what is written into its narrowest layer; the
 * embedding where a nonlinearity stands before that.
 */
export function drawEnsemble(ensemble: Ensemble): Buffer {
  const finite = ensemble.runs.filter((run) => run.status !== "diverged");
  const shown = finite.slice(0, most);
  const features = ensemble.model.sizes[0];
  const hidden = ensemble.model.sizes.slice(1, -1).join(", ");
  const { tied, layers, loss } = ensemble.model;
  return compose(
    {
      title: `${features} features in ${hidden} dimensions, ${tied ? "tied" : "untied"}, ${layers.at(-1)!.nonlinearity}, ${loss}`,
      subtitle: `${shown.length} of ${ensemble.runs.length} seeds, ${ensemble.recipe.steps} steps`,
      columns: Math.min(3, shown.length),
    },
    shown.map(panel),
  );
}

function panel(run: Run): Drawing {
  const found = learnedDirections(run)?.directions.length;
  const directions = found === undefined ? "" : `${found} directions, `;
  const caption = `seed ${run.seed}: ${directions}loss ${run.loss.toPrecision(4)}`;
  return configuration({ points: written(run) ?? run.points }, { caption });
}
