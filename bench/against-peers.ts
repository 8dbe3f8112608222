import { baseline, type Contestant, common as size } from "./contestants.ts";
import { kinds } from "./kinds.ts";
import { findPeers, trainWithPeer } from "./peers.ts";
import { compare, cost, expectedLosses, median } from "./race.ts";
import { absences, digits, table } from "./table.ts";

const seeds = 256;

/**
 * The engines and the Python peers at n = 40, d = 2 and 256 seeds: same starting weights, rates and number of steps, turn by
 * turn, final losses compared. Gives a Markdown section.
 */
export async function againstPeers(contestants: readonly Contestant[], quick: boolean): Promise<string> {
  const { ready, absent } = findPeers();
  const steps = quick ? 100 : 500;
  const rounds = quick ? 1 : 5;
  const sections: string[] = [];
  for (const kind of kinds.filter(({ key }) => key !== null)) {
    const expected = await expectedLosses(kind, size, steps);
    const costs = new Map<string, { about: string; costs: number[] }>();
    const add = (name: string, about: string, microseconds: number) => {
      const row = costs.get(name) ?? { about, costs: [] };
      costs.set(name, { about, costs: [...row.costs, microseconds] });
    };
    for (let round = 0; round < rounds; round++) {
      for (const contestant of [baseline, ...contestants]) {
        const entry = { contestant, seeds: Math.min(seeds, contestant.most) };
        // Like the peers' clocks: compiled and warm, without drawing weights and evaluating losses.
        await contestant.train(kind, size, 20, entry.seeds);
        add(contestant.name, contestant.device, await cost(kind, size, entry, steps, round === 0));
      }
      for (const peer of ready) {
        const run = trainWithPeer(peer, kind, size, { steps, seeds, device: "cpu" });
        compare(run.name, run.losses, expected);
        add(run.name, run.device, (1e6 * run.seconds) / (steps * run.seeds));
      }
    }
    const ours = contestants.filter((c) => c.name.startsWith("wasm")).map((c) => c.name);
    const rows = [...costs].map(([name, row]) => [
      name,
      row.about,
      digits(median(row.costs)),
      ...ours.map((own) => digits(median(row.costs.map((cost, i) => cost / costs.get(own)!.costs[i]!)))),
    ]);
    const head = ["", "", "µs a seed-step", ...ours.map((own) => `× ${own}`)];
    sections.push(`### ${kind.name}, n = 40, d = 2, ${seeds} seeds, ${steps} steps\n\n${table(head, rows, 2)}`);
  }
  return sections.join("\n\n") + absences(absent);
}
