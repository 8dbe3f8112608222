import { InputError } from "../util/check.ts";

/**
 * The same error, or what to do about it where there was no room for a WebAssembly memory: each reserves some ten gigabytes of
 * addresses as a guard, more than `ulimit -v` leaves on many clusters. With Node's flag bounds are checked in code instead.
 */
export function explained(error: Error): Error {
  if (!/could not allocate memory|cannot allocate wasm memory/i.test(error.message)) return error;
  return new InputError(
    `${error.message}; where addresses are limited (ulimit -v), set NODE_OPTIONS=--disable-wasm-trap-handler, which needs far fewer`,
  );
}
