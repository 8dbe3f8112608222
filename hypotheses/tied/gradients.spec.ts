import { charts, geometry, openQuestion, type Run } from "../../src/index.ts";
import { median, medianWithin, onSeedsFrom20000 } from "../helpers.ts";
import { growthRates } from "./algebra.ts";
import { firstSteps, tied } from "./setup.ts";

/** Tied, no bias, two hidden dimensions: the gradients that reach features not yet learned (T7). */

const initialGrowth = (run: Run) => median(growthRates(run.checkpoints[0]!));

/** Of the columns left over at the first checkpoint at which a polygon stands: four directions hold norm 0.8. */
function leftOverGrowth(run: Run): number[] {
  const state = run.checkpoints.find(
    ({ points }) =>
      geometry.directions(points, { tolerance: 0.05 }).directions.filter((d) => d.norm >= 0.8).length >= 4,
  );
  if (!state) return [];
  const norms = state.points.map((w) => Math.hypot(...w));
  const rates = growthRates(state).filter((_, i) => norms[i]! < 0.5 && norms[i]! > 1e-6);
  return rates.length === 0 ? [] : [median(rates)];
}

/** A number for each seed: the answer gives their medians, the figure their distributions. */
const growthIn = (gelu: readonly Run[], relu: readonly Run[]) => ({
  "GELU, at the start": gelu.map(initialGrowth),
  "ReLU, at the start": relu.map(initialGrowth),
  "GELU, once a polygon stands": gelu.flatMap(leftOverGrowth),
  "ReLU, once a polygon stands": relu.flatMap(leftOverGrowth),
});

openQuestion("T7 the gradients that reach features not yet learned", {
  row: "T7",
  role: "answer",
  question: "What gradient do features that are not yet learned get under ReLU and under GELU?",
  operationalisation:
    "The growth rate −(w·∂L/∂w)/‖w‖² of a column under the summed loss; the median over columns, then over 256 seeds at n = 20: at the initialisation, and among columns shorter than 0.5 once four directions hold norm 0.8.",
  given: {
    GELU: onSeedsFrom20000(tied("gelu", 20), firstSteps(20, { steps: 1200, every: 4 }), 256),
    ReLU: onSeedsFrom20000(tied("relu", 20), firstSteps(20, { steps: 1200, every: 4 }), 256),
  },
  measure: ({ GELU, ReLU }) => {
    const growth = Object.entries(growthIn(GELU!.runs, ReLU!.runs));
    const values = Object.fromEntries(growth.map(([name, rates]) => [name, medianWithin(rates)]));
    const show = (name: string) => values[name]!.value.toFixed(2);
    const [gelu, relu] = ["GELU", "ReLU"].map((name) => values[`${name}, at the start`]!);
    const atStart = gelu!.low > relu!.high ? "larger" : "not larger";
    const does = ({ low, high }: { low: number; high: number }) =>
      high < -0.01 ? "shrinks" : low > 0.01 ? "grows" : "hardly moves";
    const later = (name: string) => `${name} ${does(values[`${name}, once a polygon stands`]!)} the rest`;
    return {
      answer: `GELU's gradients are ${atStart} at the initialisation: columns grow at rate ${show("GELU, at the start")} against ${show("ReLU, at the start")} under ReLU. Once a polygon stands ${later("GELU")} (rate ${show("GELU, once a polygon stands")}), and ${later("ReLU")} (${show("ReLU, once a polygon stands")}).`,
      values,
    };
  },
  figure: ({ GELU, ReLU }) =>
    charts.distribution({
      label: "growth rate a unit of step, median over the columns of a seed",
      conditions: Object.entries(growthIn(GELU!.runs, ReLU!.runs)).map(([label, values]) => ({
        label,
        values,
      })),
      marks: [{ value: 0, label: "neither grows nor shrinks" }],
      width: 760,
    }),
});
