import type { Model, Nonlinearity } from "../../../../models/model.ts";

/**
 * The normal density and distribution function for a WGSL type: the tail Φ(−|x|) is φ(x) times Mills' ratio, a smooth
 * function that is a polynomial in (|x| − 2.5)/(|x| + 2.5) (after Shepherd and Laframboise, 1981). The coefficients are
 * those of the wasm kernel, see its math.ts; the exponential is the device's own.
 */
export function normalFunctions(type: string): string {
  const mills = [
    "-0.0003923951257",
    "-0.0008292844459",
    "0.002010958143",
    "0.007375420615",
    "-0.01283087812",
    "-0.06153312351",
    "0.2835880332",
    "-0.5716862139",
    "0.3542651343",
  ];
  return `
    fn density_${type}(x: ${type}) -> ${type} {
      return exp(x * x * -0.5) * 0.3989422804;
    }
    fn cumulative_${type}(x: ${type}, density: ${type}) -> ${type} {
      let t = (abs(x) - 2.5) / (abs(x) + 2.5);
      var y = ${type}(${mills[0]});
      ${mills
        .slice(1)
        .map((m) => `y = y * t + ${type}(${m});`)
        .join("\n")}
      let tail = density * y;
      return select(1.0 - tail, tail, x < ${type}());
    }`;
}

/** Statements that set two new variables to the nonlinearity and its derivative at z, all of one WGSL type. */
export function apply(f: Nonlinearity, type: string, z: string, value: string, slope: string): string {
  switch (f) {
    case "identity":
      return `let ${value} = ${z};\nlet ${slope} = ${type}(1.0);`;
    case "relu":
      return `let ${value} = max(${z}, ${type}());\nlet ${slope} = select(${type}(), ${type}(1.0), ${z} > ${type}());`;
    case "gelu":
      return `let density_${value} = density_${type}(${z});
        let below_${value} = cumulative_${type}(${z}, density_${value});
        let ${value} = ${z} * below_${value};
        let ${slope} = below_${value} + ${z} * density_${value};`;
  }
}

/** The private variable with what layer i gives. */
export function outputName({ layers }: Model, i: number): string {
  return layers[i]!.nonlinearity === "identity" || layers.length === 1 ? `sum${i}` : `output${i}_`;
}
