import { test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { autoencoder } from "../../../models/autoencoder.ts";
import { initialise } from "../../../models/initialise.ts";
import { layout } from "../../../models/model.ts";
import { gradientNorm, loss, project } from "../../../models/objective.ts";
import { randomModel } from "../../../models/testing/random-model.ts";
import { recipe } from "../../recipe.ts";
import { createReporter } from "./report.ts";

property.prop([randomModel()], { numRuns: 30 })(
  "reports the loss and gradient norm that the definition gives, for the seeds asked for",
  async (model) => {
    const report = await createReporter(model, recipe({ steps: 1, rate: 1 }));
    const { size } = layout(model);
    const starts = [0, 1, 2, 3, 4, 5, 6].map((seed) => Float32Array.from(project(model, initialise(model, seed))));
    const parameters = new Float32Array(starts.length * size);
    starts.forEach((p, i) => {
      parameters.set(p, i * size);
    });
    const wanted = [6, 0, 3, 4, 1];
    const reports = report(parameters, wanted);
    expect(reports).toHaveLength(wanted.length);
    reports.forEach((r, i) => {
      const p = starts[wanted[i]!]!;
      expect(Math.abs(r.loss - loss(model, p))).toBeLessThan(1e-9 * Math.max(1, r.loss));
      expect(Math.abs(r.gradientNorm - gradientNorm(model, p))).toBeLessThan(1e-9 * Math.max(1, r.gradientNorm));
    });
  },
);

test("takes a model larger than the kernel's first memory", async () => {
  // 16,000 parameters of four seeds, in three copies: a page has 65,536 bytes.
  const options = { features: 200, hidden: 40, nonlinearity: "relu", loss: "mse", tied: false } as const;
  const model = autoencoder(options);
  const start = Float32Array.from(initialise(model, 0));
  const report = await createReporter(model, recipe({ steps: 1, rate: 1 }));
  const [found] = report(start, [0]);
  expect(found!.loss / loss(model, start)).toBeCloseTo(1, 12);
  expect(found!.gradientNorm / gradientNorm(model, start)).toBeCloseTo(1, 12);
});
