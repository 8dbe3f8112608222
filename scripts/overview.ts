import { compose } from "../src/figures/canvas/drawing.ts";
import { configuration } from "../src/figures/shapes/configuration.ts";
import { autoencoder } from "../src/models/autoencoder.ts";
import type { Nonlinearity } from "../src/models/model.ts";
import { recipe } from "../src/train/recipe.ts";
import { train } from "../src/train/train.ts";
import { writeAtomically } from "../src/util/atomic-write.ts";

/** The picture at the head of the README: four configurations as training leaves them. `npx tsx scripts/overview.ts` */
export async function overview(): Promise<Buffer> {
  const panel = async (nonlinearity: Nonlinearity, features: number, hidden: number, caption: string) => {
    const model = autoencoder({ features, hidden, nonlinearity, loss: "mse" });
    const rate = 0.02 * features ** 2;
    const { runs } = await train(model, recipe({ steps: 4000, rate }), [1000], { engine: "wasm" });
    return configuration(runs[0]!, { caption });
  };
  return compose(
    {
      title: "What tied toy models learn",
      subtitle: "One seed each; a dashed ring is what the features in a direction hold together.",
    },
    [
      await panel("relu", 20, 2, "ReLU, 20 features in 2D: a pentagon, shared"),
      await panel("gelu", 20, 2, "GELU: one feature a direction"),
      await panel("relu", 20, 3, "ReLU in 3D: the tricapped trigonal prism"),
      await panel("gelu", 9, 3, "GELU in 3D: often a square antiprism"),
    ],
  );
}

if (process.argv[1] === import.meta.filename) {
  writeAtomically("snapshots/overview.png", await overview());
  process.exit(0);
}
