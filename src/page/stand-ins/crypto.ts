import { sha256 } from "@noble/hashes/sha2.js";

/** `createHash` of node:crypto, as far as it is used: SHA-256, because a browser's own is asynchronous. */
export function createHash(algorithm: string) {
  if (algorithm !== "sha256") throw new Error(`no ${algorithm} in the page; expected sha256`);
  const hash = sha256.create();
  return {
    update(data: string | ArrayBufferView) {
      const bytes =
        typeof data === "string"
          ? new TextEncoder().encode(data)
          : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      hash.update(bytes);
      return this;
    },
    digest(encoding?: "hex"): Uint8Array | string {
      const bytes = hash.digest();
      return encoding ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") : bytes;
    },
  };
}
