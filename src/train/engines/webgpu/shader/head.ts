import type { Model } from "../../../../models/model.ts";
import { apply } from "./nonlinearity.ts";

/**
 * Statements that set e to the derivative by z = W x + b of half the squared error of one output; with a learned scale
 * also `part` to that by the scale. The output is
 *   `zero`        asked for 0;
 *   `to`          asked for `target`;
 *   `correction`  was taken to be asked for 0, but is asked for `target`: what has to be added.
 */
export function residual(model: Model, kind: "zero" | "to" | "correction", target = "0.0"): string {
  const f = model.layers.at(-1)!.nonlinearity;
  if (model.scale !== null) {
    const error = { zero: "factor * y", to: `factor * y - ${target}`, correction: `-${target}` }[kind];
    return `${apply(f, "f32", "z", "y", "slope")}
      let error = ${error};
      let part = error * y;
      let e = error * factor * slope;`;
  }
  switch (f) {
    case "identity":
      return `let e = ${{ zero: "z", to: `z - ${target}`, correction: `-${target}` }[kind]};`;
    case "relu":
      if (kind === "zero") return "let e = max(z, 0.0);";
      return `let e = select(0.0, ${kind === "to" ? `z - ${target}` : `-${target}`}, z > 0.0);`;
    case "gelu":
      return `${apply(f, "f32", "z", "y", "slope")}
        let e = ${{ zero: "y", to: `(y - ${target})`, correction: `-${target}` }[kind]} * slope;`;
  }
}
