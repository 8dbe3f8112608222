/** 0 … count − 1. */
export const indices = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** The item for which a number is largest; the first of equals. Throws where there is none. */
export function largestBy<T>(items: readonly T[], of: (item: T) => number): T {
  return items.reduce((best, item) => (of(item) > of(best) ? item : best));
}
