import { quantile } from "../statistics/quantile.ts";

const levels = [
  ["least", 0],
  ["5 %", 0.05],
  ["median", 0.5],
  ["95 %", 0.95],
  ["most", 1],
] as const;

/** Some quantiles of a population on a line. */
export function spread(values: readonly number[]): string {
  return levels.map(([name, level]) => `${name} ${quantile(values, level).toPrecision(6)}`).join(" · ");
}
