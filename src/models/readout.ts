import { Matrix, pseudoInverse } from "ml-matrix";
import { fail } from "../util/check.ts";
import { layout, type Model } from "./model.ts";
import { type Parameters, passes } from "./objective.ts";

/**
 * The same weights with the best last layer: W = T H⁺, the least-squares solution for targets T [outputs × samples] and
 * what the last layer gets, H [units × samples] (H⁺ the Moore–Penrose inverse). For an untied model under squared error
 * whose last layer is linear and has no bias.
 */
export function bestReadout(model: Model, parameters: Parameters): Float64Array {
  const last = model.layers.at(-1)!;
  if (model.tied || model.loss !== "mse" || model.scale !== null || last.bias || last.nonlinearity !== "identity")
    fail("model", model.sizes, "squared error, untied, with a linear last layer without bias or scale");
  const given = new Matrix(passes(model, parameters).map(({ inputs }) => Array.from(inputs.at(-1)!)));
  const targets = new Matrix(model.data.targets.map((t) => [...t]));
  const slot = layout(model).slot(`weight${model.layers.length - 1}`)!;
  const out = Float64Array.from(parameters);
  // Rows are samples here, so that W and H appear transposed: Wᵀ = (Hᵀ)⁺ Tᵀ.
  out.set(pseudoInverse(given).mmul(targets).transpose().to1DArray(), slot.offset);
  return out;
}
