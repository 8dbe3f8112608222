export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Numbers to six significant digits (evidence is read by people); non-finite ones as words, which JSON lacks. */
export function rounded(value: Json): Json {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return String(value);
    return Number.isInteger(value) ? value : Number(value.toPrecision(6));
  }
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, rounded(v)]));
  return value;
}

/**
 * Indented JSON in which an array or object that fits on a line stays on one: a change of evidence then reads as
 * one changed line. `indent` stands before its last line, `before` characters before its first.
 */
export function pretty(value: Json, width = 120, indent = "", before = indent.length): string {
  const flat = inline(value);
  // A comma may follow.
  if (before + flat.length < width || typeof value !== "object" || value === null) return flat;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((v) => deeper + pretty(v, width, deeper)).join(",\n")}\n${indent}]`;
  const lines = Object.entries(value).map(([k, v]) => {
    const key = `${deeper}${JSON.stringify(k)}: `;
    return key + pretty(v, width, deeper, key.length);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function inline(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}: ${inline(v)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return JSON.stringify(value);
}

/** On one line without brackets, for people: "verdict: holds; observed: 5 ×250, 4 ×6". */
export function plain(value: Json): string {
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([k, v]) => `${k}: ${typeof v === "object" && v !== null && !Array.isArray(v) ? `(${plain(v)})` : plain(v)}`)
      .join("; ");
  return String(value);
}
