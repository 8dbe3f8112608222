import { engineChoices } from "../train/engines/registry.ts";

/** A flag of the command: what its value looks like (none: a switch), and what it is for. */
export interface Flag {
  readonly value?: string;
  readonly help: string;
}

/** Every flag, in the order of the help. */
export const flags = {
  features: { value: "n", help: "number of features (needed)" },
  hidden: { value: "d", help: "hidden dimensions (needed)" },
  tied: { help: "the unembedding is the embedding's transpose (default)" },
  untied: { help: "the unembedding has weights of its own" },
  loss: { value: "mse|cross-entropy", help: "what training minimises (mse)" },
  nonlinearity: {
    value: "relu|gelu|identity",
    help: "of the output (relu; identity under cross-entropy)",
  },
  "hidden-nonlinearity": { value: "relu|gelu|identity", help: "of the bottleneck (identity)" },
  "hidden-bias": { help: "a bias in the bottleneck" },
  "output-bias": { help: "a bias before the output's nonlinearity" },
  "unit-norm": { help: "embedding columns kept at norm 1" },
  scale: { value: "x", help: "a learned factor after the nonlinearity, and where it starts (none)" },
  init: { value: "torch|torch-tied-bias", help: "initialisation (torch)" },
  gain: { value: "name=x,…", help: "factors on what is drawn, by parameter: weight0=2,bias1=0 (none)" },
  frozen: {
    value: "name,…",
    help: "parameters left as they start: weight0, bias0, weight1, bias1, scale (none)",
  },
  steps: { value: "k", help: "steps of full-batch gradient descent (40000)" },
  lr: { value: "initial:max:final", help: "learning rate, or one number for a constant rate (0.02:3:1)" },
  warmup: { value: "x", help: "fraction of the steps in which the rate rises (0.05; constant rate: 0)" },
  tolerance: { value: "x", help: "gradient norm of the summed loss at which a run has converged (0.001)" },
  "stop-every": {
    value: "k",
    help: "look every k steps, and stop runs that have converged (train to the end)",
  },
  checkpoints: {
    value: "k[:even|log]",
    help: "keep weights, and watch the loss, at both ends of each of k equal parts of the training (0)",
  },
  seeds: { value: "a..b|a,b,…", help: "seeds, both ends included (0..63)" },
  engine: {
    value: engineChoices.join("|"),
    help: "what trains (HYPOTHESES_ENGINE, else auto: webgpu on a GPU, wasm without one)",
  },
  json: { value: "file", help: "write all runs as JSON" },
  figure: { value: "file.png", help: "draw the first runs" },
  help: { help: "show this" },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

export function helpText(): string {
  const rows = Object.entries(flags as Record<string, Flag>).map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ""}`, help] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    "Trains a two-layer toy model once for every seed and says what was learned.",
    "",
    "npm run explore -- --features 20 --hidden 3 --nonlinearity relu --steps 40000 --lr 0.02:3:1 --seeds 0..63",
    "",
    ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
    "",
    "Every sample has one active feature, of size 1, and is its own target. In a spec there is more, see src/index.ts: several",
    "features at once, sparse and permuted data (datasets), chains of layers (network), starting points of one's own. Importances,",
    "fresh samples and other optimisers than plain gradient descent are nowhere.",
    "",
    "In the JSON, numbers that are not finite are null, and so are the directions of a run that diverged.",
    "",
  ].join("\n");
}
