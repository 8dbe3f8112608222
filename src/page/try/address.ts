import { type Flag, type FlagName, flags } from "../../explore/flags.ts";
import type { Given } from "../../explore/training.ts";
import { fields, inOrder } from "./fields.ts";

/** Flags as an address has them: "features=8;hidden=2;tied;lr=0.02:3:1". */
export function toAddress(given: Given): string {
  return [...given].map(([name, value]) => (value ? `${name}=${escaped(value)}` : name)).join(";");
}

/** What stands in values of flags stays readable. */
const escaped = (value: string) => encodeURIComponent(value).replace(/%(2C|3A|3D)/g, (hex) => decodeURIComponent(hex));

/** And back, with what this form does not have, as it stands there. */
export function fromAddress(text: string): { given: Given; unknown: readonly string[] } {
  const given = new Map<FlagName, string>();
  const unknown: string[] = [];
  for (const part of text.split(";").filter(Boolean)) {
    const [name, ...rest] = part.split("=");
    const value = unescaped(rest.join("="));
    const known = name === "untied" || fields.some((field) => field.name === name);
    const flag = known ? (flags[name as FlagName] as Flag) : null;
    if (!flag || given.has(name as FlagName) || Boolean(flag.value) !== Boolean(value)) unknown.push(unescaped(part));
    else given.set(name as FlagName, value);
  }
  return { given: inOrder(given), unknown };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const mark = "try=";

/** The part of a page's fragment that says what to try; null where there is none. */
export function inFragment(fragment: string): string | null {
  return (
    parts(fragment)
      .find((part) => part.startsWith(mark))
      ?.slice(mark.length) ?? null
  );
}

/** A fragment with it, or without: filters stay as they are; the id of a hypothesis gives way. */
export function withTry(fragment: string, address: string | null): string {
  const others = parts(fragment).filter((part) => !part.startsWith(mark) && (part.includes("=") || address === null));
  return [...others, ...(address === null ? [] : [mark + address])].join("&");
}

const parts = (fragment: string) => fragment.replace(/^#/, "").split("&").filter(Boolean);
