import { baseline, type Contestant, common } from "./contestants.ts";
import { kinds } from "./kinds.ts";
import { findPeers, trainWithPeer } from "./peers.ts";
import { compare, cost, expectedLosses, median } from "./race.ts";
import { absences, digits, table } from "./table.ts";

const seeds = 256;

/** Where libraries differ in what they are good at: overhead, vector arithmetic, products of matrices. */
const sizes = [
  { size: { features: 5, hidden: 2 }, steps: 4000 },
  { size: common, steps: 500 },
  { size: { features: 100, hidden: 10 }, steps: 50 },
] as const;

/**
 * The engines and the Python peers with 256 seeds: same starting weights, rates and number of steps, turn by turn, final
 * losses compared. Gives a Markdown section.
 */
export async function againstPeers(
  contestants: readonly Contestant[],
  quick: boolean,
  tell: (line: string) => void,
): Promise<string> {
  const { ready, absent } = findPeers();
  const rounds = quick ? 1 : 3;
  const ours = contestants.filter((c) => c.name.startsWith("wasm")).at(-1)?.name;
  const sections: string[] = [];
  for (const kind of kinds.filter(({ key }) => key !== null)) {
    const rows = new Map<string, string[]>();
    for (const [column, { size, steps: full }] of sizes.entries()) {
      const steps = quick ? full / 5 : full;
      const expected = await expectedLosses(kind, size, steps);
      const costs = new Map<string, number[]>();
      const add = (name: string, cost: number) => costs.set(name, [...(costs.get(name) ?? []), cost]);
      // Those that take hundreds of times as long would need minutes at the larger size.
      const entered = contestants.filter((c) => size === common || c.most > 64);
      for (let round = 0; round < rounds; round++) {
        for (const contestant of [baseline, ...entered]) {
          const entry = { contestant, seeds: Math.min(seeds, contestant.most) };
          // Like the peers' clocks: compiled and warm, without drawing weights and evaluating losses.
          await contestant.train(kind, size, 20, entry.seeds);
          add(contestant.name, await cost(kind, size, entry, steps, round === 0));
        }
        for (const peer of ready) {
          const run = trainWithPeer(peer, kind, size, { steps, seeds, device: "cpu" });
          compare(run.name, run.losses, expected);
          add(run.name, (1e6 * run.seconds) / (steps * run.seeds));
        }
      }
      for (const [name, mine] of costs) {
        const row = rows.get(name) ?? [name, ...sizes.flatMap(() => ["", ""])];
        const times = ours === undefined ? undefined : median(mine.map((c, i) => c / costs.get(ours)![i]!));
        row.splice(1 + 2 * column, 2, digits(median(mine)), digits(times));
        rows.set(name, row);
        tell(
          `${kind.name}, n = ${size.features}, d = ${size.hidden}, µs a seed-step: ${name}: ${mine.map(digits).join(", ")}`,
        );
      }
    }
    const head = ["", ...sizes.flatMap(({ size }) => [`n = ${size.features}, d = ${size.hidden}`, `× ${ours ?? ""}`])];
    sections.push(`### ${kind.name}, ${seeds} seeds, µs a step of a seed\n\n${table(head, [...rows.values()], 1)}`);
  }
  return sections.join("\n\n") + absences(absent);
}
