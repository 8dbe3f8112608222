/** A flag of the command: what its value looks like (none: a switch), and what it is for. */
export interface Flag {
  readonly value?: string;
  readonly help: string;
}

/** Every flag, in the order of the help. */
export const flags = {
  features: { value: "n", help: "number of features (needed)" },
  hidden: { value: "d|d,d,…", help: "hidden dimensions, or those of each hidden layer of a chain: 8,2,8 (needed)" },
  tied: { help: "the unembedding is the embedding's transpose (default, but for chains)" },
  untied: { help: "the unembedding has weights of its own" },
  loss: { value: "mse|cross-entropy", help: "what training minimises (mse)" },
  nonlinearity: {
    value: "relu|gelu|identity",
    help: "of the output (relu; identity under cross-entropy)",
  },
  "hidden-nonlinearity": {
    value: "relu|gelu|identity",
    help: "of the bottleneck, or of each hidden layer: identity,relu (identity)",
  },
  "hidden-bias": { help: "a bias in the bottleneck, or in every hidden layer" },
  "output-bias": { help: "a bias before the output's nonlinearity" },
  "unit-norm": { help: "embedding columns kept at norm 1" },
  scale: { value: "x", help: "a learned factor after the nonlinearity, and where it starts (none)" },
  init: { value: "torch|torch-tied-bias", help: "initialisation (torch)" },
  gain: { value: "name=x,…", help: "factors on what is drawn, by parameter: weight0=2,bias1=0 (none)" },
  frozen: {
    value: "name,…",
    help: "parameters left as they start: weight0, bias0, weight1, bias1, scale (none)",
  },
  data: { value: "one-hot|k-hot|sparse-uniform", help: "what the model is trained on (one-hot)" },
  active: { value: "k", help: "k-hot: features that are present together, every set of them once (2)" },
  sparsity: {
    value: "x",
    help: "sparse-uniform: how often a feature is absent; else its amplitude is uniform in [0, 1) (0.9)",
  },
  samples: { value: "m", help: "sparse-uniform: samples, drawn once (1000)" },
  "data-seed": { value: "k", help: "sparse-uniform: the seed that draws them (0)" },
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
    // In words, because the page that has a form of these flags has no other engines.
    value: "auto|wasm|webgpu|tfjs|tfjs-cuda|reference",
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
    "Trains a toy model once for every seed and says what was learned.",
    "",
    "npm run explore -- --features 20 --hidden 3 --nonlinearity relu --steps 40000 --lr 0.02:3:1 --seeds 0..63",
    "",
    ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
    "",
    "Every sample is its own target. In a spec there is more, see src/index.ts: permuted targets (datasets) and data of one's own,",
    "given starting points, noise after training. Importances, fresh samples and other optimisers than plain gradient descent are",
    "nowhere.",
    "",
    "In the JSON, numbers that are not finite are null, and so are the directions of a run that diverged.",
    "",
  ].join("\n");
}
