import { expect, test } from "vitest";
import { autoencoder } from "../models/autoencoder.ts";
import { initialise } from "../models/initialise.ts";
import { ownPreactivations } from "../models/responses.ts";
import { losslessCircle } from "../models/solutions/lossless-circle.ts";
import { circleBasinRadius } from "./circle-basin.ts";

test.each([10, 20])("with %i features about half of the noisy starts have every feature on", (features) => {
  const model = autoencoder({
    features,
    hidden: 2,
    nonlinearity: "relu",
    loss: "mse",
    outputBias: true,
    initialisation: {
      scheme: "torch",
      at: losslessCircle(features).start,
      noise: circleBasinRadius(features),
    },
  });
  let on = 0;
  for (let seed = 0; seed < 400; seed++)
    if (ownPreactivations(model, initialise(model, seed)).every((z) => z > 0)) on++;
  // Second order shifts it somewhat; 4 standard errors are 0.1.
  expect(on / 400).toBeGreaterThan(0.4);
  expect(on / 400).toBeLessThan(0.75);
});

test("two features: Φ(x)² = 1/2 at x = 0.5450", () => {
  expect(circleBasinRadius(2)).toBeCloseTo(1 / (Math.sqrt(3) * 0.54495), 4);
});
