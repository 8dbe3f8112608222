import { baseline, type Contestant, type Size } from "./contestants.ts";
import { type Kind, kinds } from "./kinds.ts";
import { type Effort, type Entry, type Result, race } from "./race.ts";
import { digits, table } from "./table.ts";

export interface Cell {
  readonly kind: Kind;
  readonly size: Size;
  readonly results: readonly Result[];
}

/** Every contestant at every size, with as many of the numbers of seeds as suit it; `say` hears of each size as it is done. */
export async function measureSizes(
  contestants: readonly Contestant[],
  quick: boolean,
  say: (cell: Cell) => void,
): Promise<Cell[]> {
  const counts = quick ? [64, 1024] : [64, 1024, 16_384];
  const effort: Effort = quick
    ? { rounds: 1, budget: () => 150 }
    : { rounds: 3, budget: (seeds) => (seeds > 1024 ? 1000 : 250) };
  const entries = [baseline, ...contestants].flatMap((contestant): Entry[] => {
    const fitting = counts.filter((count) => count <= contestant.most);
    return (fitting.length > 0 ? fitting : [contestant.most]).map((seeds) => ({ contestant, seeds }));
  });
  const cells: Cell[] = [];
  for (const kind of kinds)
    for (const features of quick ? [5, 40] : [5, 10, 40, 100])
      for (const hidden of quick ? [2, 3] : [2, 3, 10]) {
        const size = { features, hidden };
        const cell = { kind, size, results: await race(kind, size, entries, effort) };
        cells.push(cell);
        say(cell);
      }
  return cells;
}

/** For each kind of model, what a step of a seed costs and how many times faster than the baseline that is. */
export function sizeTables(cells: readonly Cell[]): string {
  return kinds
    .map((kind) => {
      const own = cells.filter((cell) => cell.kind === kind);
      const of = (head: string, value: (result: Result) => number, from: number) => {
        const names = own[0]!.results.map((r) => `${r.contestant.name} × ${r.seeds.toLocaleString("en")}`);
        const rows = own.map(({ size, results }) => [
          String(size.features),
          String(size.hidden),
          ...results.slice(from).map((r) => digits(value(r))),
        ]);
        return `${head}\n\n${table(["n", "d", ...names.slice(from)], rows)}`;
      };
      return [
        `### ${kind.name[0]!.toUpperCase()}${kind.name.slice(1)}`,
        of("µs a step of a seed:", (r) => r.microseconds, 0),
        of("Times as fast as the baseline:", (r) => (r.microseconds > 0 ? r.ratio : 0), 1),
      ].join("\n\n");
    })
    .join("\n\n");
}
