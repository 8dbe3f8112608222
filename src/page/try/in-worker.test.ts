import { afterAll, expect, test } from "vitest";
import { closeEngines } from "../../train/engines/registry.ts";
import { train } from "../../train/train.ts";
import { fromAddress } from "./address.ts";
import { checked } from "./checked.ts";
import { explore } from "./in-worker.ts";
import type { Outcome } from "./messages.ts";

afterAll(closeEngines);

async function outcomes(address: string) {
  const { given } = fromAddress(address);
  const blocks: (readonly Outcome[])[] = [];
  const words: string[] = [];
  const request = { given: [...given] };
  await explore(request, { progress: (line) => words.push(line), partial: (block) => blocks.push(block) });
  const all = blocks.flat().sort((a, b) => a.seed - b.seed);
  return { blocks, words, all, training: checked(given).training! };
}

test("blocks come as they end, with the losses of the command line", async () => {
  const { blocks, words, all, training } = await outcomes("features=5;hidden=2;steps=500;lr=0.5;seeds=0..69");
  expect(blocks.map((block) => block.length).sort()).toEqual([32, 32, 6]);
  expect(words.at(-1)).toMatch(/^training \d+\/70 seeds · /);
  const { runs } = await train(training.model, training.recipe, training.seeds, { engine: "wasm", cache: null });
  expect(all.map(({ seed, status, loss }) => [seed, status, loss])).toEqual(
    runs.map(({ seed, status, loss }) => [seed, status, loss]),
  );
  // Three pictures of each kind, and no more.
  const kinds = new Set(all.map(({ directions }) => directions));
  const drawn = all.filter(({ example }) => example);
  expect(drawn.length).toBeLessThanOrEqual(3 * kinds.size);
  expect(drawn.every(({ example }) => example!.thumbnail!.places.length > 0)).toBe(true);
});

test("in space the polyhedra have names", async () => {
  const { all } = await outcomes("features=6;hidden=3;steps=2000;lr=0.5;seeds=0..7");
  expect(all.map(({ shape }) => shape)).toContain("octahedron");
});

test("seeds that diverge are told, without directions", async () => {
  const { all } = await outcomes("features=4;hidden=3;steps=50;lr=1e6;seeds=0..3");
  for (const { status, directions, shape, example } of all.slice(0, 3))
    expect([status, directions, shape, example]).toEqual(["diverged", null, null, { thumbnail: null }]);
});

test("a nonlinearity before the narrowest layer leaves nothing to count", async () => {
  const { all } = await outcomes("features=4;hidden=8,2;hidden-nonlinearity=relu;steps=50;lr=0.1;seeds=0");
  expect(all[0]).toMatchObject({ directions: null, shape: null, status: "stopped" });
});
