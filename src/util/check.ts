/**
 * An input the caller can mend: the message quotes the offending value and says what is expected.
 * It carries no stack, because where in our code it was noticed helps nobody.
 */
export class InputError extends Error {
  override name = "InputError";
  constructor(message: string) {
    super(message);
    this.stack = `${this.name}: ${message}`;
  }
}

/** Shows a value the way a user typed it: strings quoted, NaN and functions visible, long values cut. */
export function quote(value: unknown): string {
  const text =
    typeof value === "string"
      ? JSON.stringify(value)
      : typeof value === "object"
        ? JSON.stringify(value, (_, x) => (typeof x === "number" && !Number.isFinite(x) ? String(x) : x))
        : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

export function fail(what: string, value: unknown, expected: string): never {
  throw new InputError(`invalid ${what}: ${quote(value)}; expected ${expected}`);
}

/** A whole number of at least `least`. */
export function wholeNumber(what: string, value: unknown, least: number): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least)
    fail(what, value, `a whole number of at least ${least}`);
  return value;
}

/** A finite number of at least `least` (or above it, when `strict`). */
export function finite(what: string, value: unknown, least = Number.NEGATIVE_INFINITY, strict = false): number {
  const ok = typeof value === "number" && Number.isFinite(value) && (strict ? value > least : value >= least);
  if (!ok)
    fail(
      what,
      value,
      least === Number.NEGATIVE_INFINITY
        ? "a finite number"
        : `a finite number ${strict ? "above" : "of at least"} ${least}`,
    );
  return value;
}

export function oneOf<T extends string>(what: string, value: unknown, options: readonly T[]): T {
  if (!options.includes(value as T)) fail(what, value, options.map((o) => `"${o}"`).join(" or "));
  return value as T;
}
