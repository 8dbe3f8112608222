import type { Outcome } from "./outcome.ts";

/** What running a hypothesis here came to, as the browser keeps it from one visit to the next. */
export interface Seen {
  readonly outcome: Outcome | "failed";
  readonly seconds: number;
}

/** What was seen with these scripts and this record. Without a store (a private window, say) the page forgets when it is left. */
export class Tally {
  readonly seen: Map<string, Seen>;
  private readonly name: string;

  constructor(
    key: string,
    private readonly store: Storage | null,
  ) {
    this.name = `verified ${key}`;
    this.seen = new Map(Object.entries(this.read()));
  }

  /** Kept at once: a page that is closed loses what is under way, and no more. */
  add(id: string, seen: Seen): void {
    this.seen.set(id, seen);
    this.write();
  }

  clear(): void {
    this.seen.clear();
    this.write();
  }

  private read(): Record<string, Seen> {
    try {
      return JSON.parse(this.store?.getItem(this.name) ?? "{}") as Record<string, Seen>;
    } catch {
      return {};
    }
  }

  private write(): void {
    try {
      this.store?.setItem(this.name, JSON.stringify(Object.fromEntries(this.seen)));
    } catch {
      // Full, or refused: the tally then lasts as long as the page.
    }
  }
}

/** Some browsers throw where a page from disk asks for it. */
export function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
