import { compose } from "../src/figures/canvas/drawing.ts";
import { type Series, series } from "../src/figures/charts/series.ts";
import { baseline, type Contestant, type Size, common as size } from "./contestants.ts";
import { type Kind, kinds } from "./kinds.ts";
import type { Cell } from "./sizes.ts";

const kind = kinds[0] as Kind;
/** Seconds that one point of a curve may be expected to take. */
const patience = 4;

/** Whole calls, from drawing the first weight to the last loss, at one size: seconds over steps, and over seeds. */
export interface Growth {
  readonly steps: readonly Series[];
  readonly seeds: readonly Series[];
}

/** Follows each contestant's curves upwards until a point would take longer than a few seconds. */
export async function measureGrowth(contestants: readonly Contestant[]): Promise<Growth> {
  const curve = async (contestant: Contestant, [from, to]: [number, number], work: (x: number) => [number, number]) => {
    const points: { x: number; y: number }[] = [];
    for (let x = from; x <= to; x *= 4) {
      const last = points.at(-1);
      if (last && (last.y * x) / last.x > patience) break;
      const start = performance.now();
      await contestant.train(kind, size, ...work(x));
      points.push({ x, y: (performance.now() - start) / 1e3 });
    }
    return { label: contestant.name, points };
  };
  const [steps, seeds]: [Series[], Series[]] = [[], []];
  for (const contestant of [baseline, ...contestants]) {
    await contestant.train(kind, size, 5, 64);
    steps.push(await curve(contestant, [1, 4 ** 8], (x) => [x, 64]));
    seeds.push(await curve(contestant, [4, 4 ** 7], (x) => [200, x]));
  }
  return { steps, seeds };
}

/** How cost grows with features, hidden dimensions, steps and seeds: one PNG. */
export function growthFigure(cells: readonly Cell[], growth: Growth, machine: string): Buffer {
  const own = cells.filter((cell) => cell.kind === kind);
  const names = [...new Set(own[0]!.results.map((r) => r.contestant.name))];
  const along = (varied: keyof Size, fixed: keyof Size): Series[] =>
    names.map((label) => ({
      label,
      points: own
        .filter((cell) => cell.size[fixed] === size[fixed])
        .map((cell) => ({
          x: cell.size[varied],
          // At the fewest seeds, where everyone takes part.
          y: cell.results.find((r) => r.contestant.name === label)!.microseconds,
        }))
        .filter((point) => point.y > 0),
    }));
  const power = (series: readonly Series[], exponent: number) => {
    const { x, y } = series[0]!.points.at(-1)!;
    return (at: number) => y * (at / x) ** exponent;
  };
  const log = { xScale: "log", yScale: "log", width: 560, height: 400 } as const;
  const cost = (caption: string, x: string, lines: readonly Series[], label: string, exponent: number) => {
    const references = [{ label, at: power(lines, exponent) }];
    return series({ ...log, caption, x, y: "µs a seed-step", series: lines, references });
  };
  return compose(
    {
      title: "What training costs",
      subtitle: `Tied ReLU models n → d → n. Above: a step of one seed; below: whole calls at n = 40, d = 2, with the drawing of weights and the last evaluation. ${machine}.`,
      columns: 2,
    },
    [
      cost("Features, d = 2", "features n", along("features", "hidden"), "∝ n²", 2),
      cost("Hidden dimensions, n = 40", "hidden dimensions d", along("hidden", "features"), "∝ d", 1),
      series({ ...log, caption: "Steps, 64 seeds", x: "steps", y: "seconds", series: growth.steps }),
      series({ ...log, caption: "Seeds, 200 steps", x: "seeds", y: "seconds", series: growth.seeds }),
    ],
  );
}
