import { baseline, type Contestant } from "./contestants.ts";
import { kinds } from "./kinds.ts";
import { expectedLosses, findPeers, trainWithPeer } from "./peers.ts";
import { compare, median } from "./race.ts";
import { digits, table } from "./table.ts";

const seeds = 256;

/**
 * The engines and the Python peers at n = 40, d = 2 and 256 seeds: same starting weights, rates and number of steps, turn by
 * turn, final losses compared. Gives a Markdown section.
 */
export async function againstPeers(contestants: readonly Contestant[], quick: boolean): Promise<string> {
  const { ready, absent } = findPeers();
  const size = { features: 40, hidden: 2 };
  const steps = quick ? 100 : 500;
  const rounds = quick ? 1 : 5;
  const sections: string[] = [];
  for (const kind of kinds) {
    const expected = await expectedLosses(kind, size, steps);
    const costs = new Map<string, { about: string; costs: number[] }>();
    const add = (name: string, about: string, cost: number) => {
      const row = costs.get(name) ?? { about, costs: [] };
      costs.set(name, { about, costs: [...row.costs, cost] });
    };
    for (let round = 0; round < rounds; round++) {
      for (const contestant of [baseline, ...contestants]) {
        const count = Math.min(seeds, contestant.most);
        // Like the peers' clocks: without drawing weights and evaluating losses, compiled and warm.
        await contestant.train(kind, size, 20, count);
        const from = performance.now();
        await contestant.train(kind, size, 1, count);
        const between = performance.now();
        const losses = await contestant.train(kind, size, steps + 1, count);
        add(
          contestant.name,
          contestant.device,
          (1e3 * (performance.now() - 2 * between + from)) / (steps * count),
        );
        if (round === 0) {
          const ends = await contestant.train(kind, size, steps, count);
          compare(contestant.name, ends.slice(0, expected.length), expected.slice(0, ends.length));
          if (losses.length !== count) throw new Error(`${contestant.name} lost seeds`);
        }
      }
      for (const peer of ready) {
        const run = trainWithPeer(peer, kind, size, { steps, seeds, device: "cpu" });
        compare(run.name, run.losses.slice(0, expected.length), expected);
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
    sections.push(
      `### ${kind.name}, n = 40, d = 2, ${seeds} seeds, ${steps} steps\n\n${table(head, rows, 2)}`,
    );
  }
  const missing = absent.map(({ name, reason }) => `- ${name}: ${reason}.`).join("\n");
  return [...sections, ...(missing ? [`Not here:\n\n${missing}`] : [])].join("\n\n");
}
