import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { randomWalks, walks } from "../testing/random-walks.ts";
import { Training } from "./training.ts";

test("training says how far it is, and remembers", async () => {
  const lines: string[] = [];
  const training = new Training(randomWalks(), (line) => lines.push(line));
  const population = await training.train(walks(3), "given");
  expect(training.populations).toEqual([population]);
  expect(population.runs.map((run) => run.seed)).toEqual([0, 1, 2]);
  expect(lines).toEqual(["given: 3 walks"]);
  await expect(training.train(walks(1, { up: 2 }), "given")).rejects.toThrow("invalid up: 2");
  expect(training.populations).toHaveLength(1);
});

test("the device is named only where everything was trained now and results depend on it", async () => {
  const trained = async (reproducible: boolean, ...cached: number[]) => {
    const training = new Training(randomWalks({ engine: "gpu", reproducible }));
    for (const blocks of cached) {
      const population = await training.train(walks(1), "given");
      const at = training.populations.indexOf(population);
      training.populations[at] = { ...population, blocks: { trained: 1, cached: blocks, corrupted: 0, unkept: 0 } };
    }
    return training.provenance.engine;
  };
  expect(await trained(false)).toBeNull();
  expect(await trained(true, 0)).toEqual({ name: "gpu", reproducible: true });
  expect(await trained(false, 0)).toEqual({ name: "gpu on paper", reproducible: false });
  expect(await trained(false, 1)).toEqual({ name: "gpu", reproducible: false });
  expect(await trained(false, 0, 2)).toEqual({ name: "gpu", reproducible: false });
});

test("hashes are over what was trained, in its order; nothing is no hash", async () => {
  const training = new Training(randomWalks());
  expect(training.provenance).toEqual({ engine: null, trained: null, fingerprint: null });
  const a = await training.train(walks(1), "a");
  const b = await training.train(walks(2), "b");
  const sha = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
  expect(training.provenance).toMatchObject({
    trained: sha(a.key + b.key),
    fingerprint: sha(a.fingerprint + b.fingerprint),
  });
});
