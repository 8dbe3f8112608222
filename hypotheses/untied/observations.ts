import { charts, geometry, type Result, type State } from "../../src/index.ts";
import { nonlinearities, sizeLabel } from "./setup.ts";

/** What is read off the runs of untied models, and drawn of them. */

/** For each feature the output that the data ask for when it is on: its own unless targets are permuted. */
export const askedOutputs = (run: State) => run.model.data.targets.map((target) => target.indexOf(1));

/**
 * Learned directions: groups of written vectors (of norm above 0.01, joined when 1 − cos is below the tolerance) of which the
 * outputs recover at least a quarter of a feature, Σ ReLU(uᵢ·vᵢ) ≥ 0.25.
 */
export function learnedDirections(run: State, tolerance = 0.01) {
  const reading = askedOutputs(run).map((j) => run.unembedding[j]!);
  return geometry.readDirections(run.points, reading, { tolerance });
}

/**
 * One written and one reading vector for each learned direction: those of the feature that is read best. `features` are these
 * features, `rows` the rows of the unembedding that read them: the same numbers unless targets are permuted.
 */
export function learnedPairs(run: State) {
  const features = learnedDirections(run).map(({ strongest }) => strongest);
  const rows = features.map((i) => askedOutputs(run)[i]!);
  return {
    written: features.map((i) => run.points[i]!),
    reading: rows.map((j) => run.unembedding[j]!),
    features,
    rows,
  };
}

/** How many written vectors are paired with a reader that is not their own. */
export const mispaired = (pairing: readonly number[]) => pairing.filter((j, i) => j !== i).length;

/** The least and the largest of some numbers: "0.12 to 0.34". */
export const span = (values: readonly number[]) =>
  `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;

/** The learned directions of a run in the plane, each with the vector that reads it. */
export const drawPairs = (run: State, caption: string) => charts.pairs({ ...learnedPairs(run), caption });

/** A number for each seed, by cell and for the control, as charts of distributions take it. */
export const byCell = <T>({ cells, control }: Result<T>, number: (observation: T) => number) =>
  [...cells, control].map(({ label, values }) => ({
    label,
    values: values.flatMap((value) => (value === null ? [] : [number(value)])),
  }));

/** The verdict in each cell that `eachSize` made, and how many of its seeds meet the criterion. */
export const verdictMap = ({ cells }: Result<unknown>, sizes: readonly number[], caption?: string) =>
  charts.scopeMap({
    ...(caption !== undefined && { caption }),
    columns: { label: "features n", values: sizes },
    rows: { label: "", values: ["ReLU", "GELU"] },
    cells: nonlinearities.map((nonlinearity) =>
      sizes.map((n) => {
        const cell = cells.find(({ label }) => label === sizeLabel(nonlinearity, n));
        return cell ? { verdict: cell.verdict, note: `${cell.satisfied}/${cell.of}` } : null;
      }),
    ),
  });
