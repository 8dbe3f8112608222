import { distributions, geometry, hypothesis, landscape, type Run } from "../../src/index.ts";
import { close, overRuns, seedsFrom20000 } from "../helpers.ts";
import {
  besideHexagon,
  bothSchemes,
  columnsWithBias,
  examples,
  highRate,
  learned,
  near,
  onCircle,
  outputs,
  startedAtLosslessCircle,
  underBothSchemes,
  weightsOf,
  withEndBias,
} from "./setup.ts";

/**
 * Tied ReLU models with an end bias: what is left at the end of training, and what is learned on the way (B6b to B6d, B6g). A
 * feature is learned where its own output is above 2/3.
 */

/** Outputs up to this count as 0: in float32 one that just touches 0 comes to rest a little above it. */
const contact = 1e-3;

/** Eight features on four corners, two on each, alike: what a descent without noise does not leave. */
const mergedPairs = {
  name: "started at a square with two merged features on each corner, without noise",
  model: near(weightsOf([...onCircle(4), ...onCircle(4)].map(({ point, bias }) => ({ point, bias: bias - 0.5 }))), 0),
};

function unlearnedNotSilent(run: Run): number[] {
  const k = learned(run);
  const y = outputs(run);
  const silent = (u: number) => y.every((row, i) => row[u]! <= contact && y[u]![i]! <= contact);
  return run.points.flatMap((_, u) => (k.includes(u) || silent(u) ? [] : [u]));
}

/**
 * Of the summed loss, with every bias lowered by `contact`, so that outputs that just touch 0 count as off: an output that is
 * on adds a curvature that is not negative, so this is the side on which the least is smallest.
 */
function leastCurvature(run: Run): number {
  const weights = 2 * run.points.length;
  const lowered = run.parameters.map((x, i) => (i < weights ? x : x - contact));
  return landscape.spectrum(landscape.hessian(run.model, lowered)).values[0]!;
}

const atConvergence = (sizes: readonly number[]) =>
  underBothSchemes(withEndBias, sizes, (n) => ({ recipe: highRate(n), seeds: seedsFrom20000(1024) }));

hypothesis("B6b at convergence unlearned features are silent", {
  row: "B6",
  role: "supporting",
  kind: "landscape",
  claim:
    "At the end of training of eight or ten features the unlearned ones have zero gradient, whatever the number learned.",
  operationalisation: `At every end of training, not only those with six learned features. Zero gradient whatever the others do: the output of an unlearned feature is 0 for every input, and every output is 0 for its input (up to 0.001, float32). Two features that have merged are unlearned and not silent (B6c). At most 1,024 seeds, because one takes 250,000 steps. ${bothSchemes}`,
  given: atConvergence([8, 10]),
  observe: (run) => ({
    "features learned": learned(run).length,
    "unlearned features that are not silent": unlearnedNotSilent(run).length,
  }),
  expect: {
    nearlyAll: "no unlearned feature that is not silent",
    when: (o) => o["unlearned features that are not silent"] === 0,
  },
  control: mergedPairs,
  figure: distributions(
    { "": (o) => o["unlearned features that are not silent"] },
    { label: "unlearned features that are not silent", width: 720 },
  ),
});

hypothesis("B6g at convergence no curvature is negative", {
  row: "B6",
  role: "supporting",
  kind: "landscape",
  claim:
    "At the end of training of eight or ten features the Hessian has no negative direction, whatever the number learned.",
  operationalisation: `The least curvature of the summed loss is above −0.05, with outputs that just touch 0 counted as off, which makes it smallest. At most 1,024 seeds, because one takes 250,000 steps. ${bothSchemes}`,
  given: atConvergence([8, 10]),
  observe: (run) => ({ "features learned": learned(run).length, "least curvature": leastCurvature(run) }),
  expect: { nearlyAll: "no negative curvature", when: (o) => o["least curvature"] > -0.05 },
  control: mergedPairs,
  figure: distributions(
    { "": (o) => o["least curvature"] },
    {
      label: "least curvature of the summed loss at the end (a merged pair: −4)",
      marks: [{ value: 0, label: "flat" }],
      width: 720,
    },
  ),
});

/** How many features are learned, and what has become of each of the others. */
function fates(run: Run) {
  const { points, outputBias } = run;
  const k = learned(run);
  const isExact = (j: number) => outputs(run).every((row, i) => close(row[j]!, Number(i === j), contact));
  const loud = unlearnedNotSilent(run);
  const [columns, biases] = [loud.map((i) => points[i]!), loud.map((i) => outputBias![i]!)];
  const identical = geometry.twins(columns, biases, { leastNorm: -1 }).flat().length;
  return {
    "features learned": k.length,
    "learned exactly": k.every(isExact),
    "unlearned and silent": points.length - k.length - loud.length,
    "unlearned and identical to another": identical,
    "unlearned otherwise": loud.length - identical,
  };
}

hypothesis("B6c at convergence features are exact, silent, or identical to another", {
  row: "B6",
  role: "repaired",
  kind: "landscape",
  claim:
    "At the end of training of eight features the learned ones are reconstructed exactly, and each of the others is silent or identical to another one: identical features share an output, and without noise gradient descent can never separate them.",
  operationalisation: `Outputs of learned features are within 0.001 of what they should be. Every unlearned feature is silent (B6b) or has the same column and bias as another to 0.01, either sharing one feature's output or at the origin with a faint constant output. With exact and silent features alone the end is a minimum by B6. ${bothSchemes}`,
  given: atConvergence([8]),
  observe: fates,
  expect: {
    nearlyAll: "learned features exact, the others silent or identical to another",
    when: (o) => o["learned exactly"] && o["unlearned otherwise"] === 0,
  },
  control: { name: "GELU", model: withEndBias(8, "torch", "gelu") },
  figure: ({ cells }) =>
    examples(
      cells[1]!,
      {
        "the others silent": (o) => o["unlearned and identical to another"] === 0,
        "with identical features": (o) => o["unlearned and identical to another"] > 0,
      },
      (run, caption) => columnsWithBias(run, { caption: `${caption}, like seed ${run.seed}`, hull: false }),
    ),
});

function afterSix(run: Run) {
  const counts = [...run.checkpoints, run].map((state) => learned(state).length);
  const first = counts.findIndex((k) => k >= 6);
  return {
    "six at some time": first >= 0,
    "most learned afterwards": Math.max(...counts.slice(Math.max(0, first))),
  };
}

hypothesis("B6d once six features are learned nothing else is", {
  row: "B6",
  role: "as printed",
  kind: "dynamics",
  claim: "Once six features are learned, of eight, ten or twenty, no further one is.",
  operationalisation: `After the first checkpoint with six learned features there never is one with more, nor at the end of training, at a constant rate, 2 at ten features; 160 checkpoints, evenly spaced in the logarithm of the step. Seeds that never have six count for the claim. ${bothSchemes}`,
  given: underBothSchemes(withEndBias, [8, 10, 20], (n) => ({ recipe: highRate(n), seeds: seedsFrom20000(1024) })),
  endPoints: false,
  observe: afterSix,
  expect: {
    nearlyAll: "never more than six features learned",
    when: (o) => o["most learned afterwards"] <= 6,
  },
  control: startedAtLosslessCircle(8),
  positiveControl: {
    name: "started at the exact hexagon with four silent features, moved by noise of 0.05",
    model: besideHexagon(-0.5),
    recipe: highRate(10),
  },
  figure: ({ cells }) =>
    overRuns(
      cells.map(({ label, runs }) => ({
        label,
        runs: runs.filter((run) => afterSix(run)["six at some time"]),
      })),
      (run) => afterSix(run)["most learned afterwards"],
      {
        label: "most features learned at once, of the seeds that had six",
        marks: [{ value: 6, label: "six" }],
        width: 640,
      },
    ),
});
