import { createHash } from "node:crypto";

/** JSON with the keys of every object sorted, so that equal descriptions give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** SHA-256 of the parts, hexadecimal. Each part is hashed by itself first, so that no two lists of parts run together. */
export function sha256(...parts: readonly (string | NodeJS.ArrayBufferView)[]): string {
  const whole = createHash("sha256");
  for (const part of parts) whole.update(createHash("sha256").update(part).digest());
  return whole.digest("hex");
}
