import type { Memory } from "./memory.ts";

/**
 * The end of a parameter vector's turn, its gradient being in the private variable g: when the gradient is measured,
 * adds its square (tangential to the sphere for a `unit` vector) and notes whether the parameters are finite; else
 * moves the vector against its gradient and puts a unit vector back on the sphere. `to` is where the new one goes.
 */
export function change(memory: Memory, name: string, index: string, unit: boolean, g = "g", to = index): string {
  const v = memory.vector(name);
  const at = (c: string) => memory.read(name, index, c);
  const of = (c: string) => v.chunk(g, c);
  const radial = unit ? v.dotInto("radial", of, at) : "";
  const tangential = (c: string) => (unit ? `${of(c)} - radial * ${at(c)}` : of(c));
  const moved = (c: string) => `${at(c)} - rate * ${of(c)}`;
  return `if (measuring) {
      ${radial}
      ${v.each((c) => `{\nlet x = ${tangential(c)};\nsquare += ${v.dot("x", "x")};\nbroken |= broken_${v.type}(${at(c)});\n}`)}
    } else {
      ${
        unit
          ? `${v.each((c) => `${of(c)} = ${moved(c)};`)}
             ${v.dotInto("size", of, of)}
             ${v.each((c) => memory.write(name, to, c, `${of(c)} / sqrt(size)`))}`
          : v.each((c) => memory.write(name, to, c, moved(c)))
      }
    }`;
}

/** Whether a number of a WGSL type is infinite or NaN, by its bits, because compilers may assume that there are none. */
export function brokenFunction(type: string): string {
  const bits = type === "f32" ? "u32" : type.replace("f", "u");
  const test = `(bitcast<${bits}>(x) & ${bits}(0x7f800000u)) == ${bits}(0x7f800000u)`;
  return `fn broken_${type}(x: ${type}) -> bool {\nreturn ${type === "f32" ? test : `any(${test})`};\n}`;
}
