import { fail } from "../../util/check.ts";

export type ScaleKind = "linear" | "log";

interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Maps a domain of values onto a range of pixels. */
export interface Scale {
  (value: number): number;
  readonly ticks: readonly Tick[];
}

export type Range = readonly [from: number, to: number];

/** The scale of an axis with about `count` round ticks. A log scale takes positive domains only. */
export function scale(kind: ScaleKind, domain: Range, range: Range, count = 6): Scale {
  const [lo, hi] = domain;
  if (!(lo < hi) || !Number.isFinite(hi - lo)) fail("domain of an axis", domain, "[from, to] with from < to");
  if (kind === "log" && lo <= 0) fail("domain of a log axis", domain, "positive numbers");
  const warp = kind === "log" ? Math.log10 : (value: number) => value;
  const [a, b] = [warp(lo), warp(hi)];
  const map = (value: number) => range[0] + ((warp(value) - a) / (b - a)) * (range[1] - range[0]);
  return Object.assign(map, { ticks: kind === "log" ? logTicks(lo, hi, count) : linearTicks(lo, hi, count) });
}

/** The least and the largest of values that an axis is to show. */
export function extent(values: readonly number[], kind: ScaleKind): Range {
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  if (kind === "log" && lo <= 0) fail("value on a log axis", lo, "a positive number");
  return [lo, hi];
}

/** Exponent of the leading decimal digit, exact where floor(log10) is not. */
function exponent(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

function linearTicks(lo: number, hi: number, count: number): Tick[] {
  const rough = (hi - lo) / count;
  const power = exponent(rough);
  const factor = [1, 2, 5, 10].find((f) => f >= Number((rough / Number(`1e${power}`)).toPrecision(6)))!;
  const step = Number(`${factor}e${power}`);
  const decimals = Math.max(0, -exponent(step));
  const slack = step * 1e-9;
  const largest = Math.max(Math.abs(lo), Math.abs(hi));
  const plain = largest >= 1e-3 && largest < 1e6;
  const ticks: Tick[] = [];
  for (let k = Math.ceil((lo - slack) / step); k * step <= hi + slack; k++) {
    const value = Number((k * step).toPrecision(12));
    ticks.push({ value, label: plain ? fixed(value, decimals) : formatNumber(value) });
  }
  return ticks;
}

function logTicks(lo: number, hi: number, count: number): Tick[] {
  const [first, last] = [exponent(lo), exponent(hi)];
  const decades = Math.log10(hi / lo);
  const factors = decades < 2.5 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / count));
  const plain = lo >= 1e-3 && hi < 1e6;
  const ticks: Tick[] = [];
  for (let power = first; power <= last; power++)
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= lo && value <= hi && power % stride === 0)
        ticks.push({ value, label: plain ? formatNumber(value) : scientific(value) });
    }
  return ticks;
}

/** To three significant digits, the same in every locale: 0.983, 40,000, 2×10⁻⁶, −1. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return scientific(value);
  // Whole numbers keep all their digits: "1,234 steps", not "1,230".
  return tidy(String(Number.isInteger(value) ? value : Number(value.toPrecision(3))));
}

/** With so many decimals, for numbers that stand side by side. */
export function fixed(value: number, decimals: number): string {
  return tidy(value.toFixed(decimals));
}

/** With the decimals that tell apart values a hundredth of the domain from each other. */
export function formatWithin(value: number, [lo, hi]: Range): string {
  const largest = Math.max(Math.abs(lo), Math.abs(hi));
  if (largest < 1e-3 || largest >= 1e6) return formatNumber(value);
  return fixed(value, Math.max(0, 2 - exponent(hi - lo)));
}

function scientific(value: number): string {
  const [digits, power] = Number(value.toPrecision(3)).toExponential().split("e") as [string, string];
  if (power === "+0") return tidy(digits);
  const raised = [...power.replace("+", "")].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
  const factor = digits === "1" ? "" : digits === "-1" ? "−" : `${tidy(digits)}×`;
  return `${factor}10${raised}`;
}

/** A true minus sign, no negative zero, and commas between thousands. */
function tidy(plain: string): string {
  const [whole, fraction] = plain.replace("-", "").split(".") as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = plain.startsWith("-") && Number(plain) !== 0 ? "−" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}
