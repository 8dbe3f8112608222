import { describe, expect, test } from "vitest";
import type { Observation } from "../claim/observation.ts";
import type { Status } from "../claim/trainer.ts";
import { randomWalks, walks } from "../testing/random-walks.ts";
import { galleryOf, replayOf } from "./gallery.ts";

/** A population of `count` seeds, observed by `observe`. */
async function population<T extends Observation>(
  count: number,
  observe: (seed: number) => T,
  meets: (value: T) => boolean,
  ending: (seed: number) => Status = () => "converged",
) {
  const trainer = randomWalks({ ending });
  const condition = walks(count);
  const population = await trainer.train(condition, () => {});
  const values = population.runs.map(({ seed, status }) => (status === "diverged" ? null : observe(seed)));
  const met = values.map((value) => value !== null && meets(value));
  return galleryOf("given", population, condition, trainer, { values, met });
}
const shown = ({ seeds }: Awaited<ReturnType<typeof population>>) => seeds.map(({ seed, why }) => `${seed} ${why}`);

describe("a gallery", () => {
  test("shows those that fail first, the rarest first among them", async () => {
    const gallery = await population(
      100,
      (seed) => (seed === 50 ? "unique" : seed % 10 === 3 ? "rare" : "common"),
      (value) => value === "common",
    );
    expect(shown(gallery)).toEqual([
      "50 worst",
      "3 worst",
      "13 worst",
      "23 worst",
      "0 typical",
      "1 typical",
      "2 typical",
    ]);
    expect(gallery.seeds[0]).toMatchObject({ met: false, like: 1, observed: "unique" });
    expect(gallery.seeds[4]).toMatchObject({ met: true, like: 89, observed: "common" });
  });

  test("shows the few that meet a criterion that nearly all fail", async () => {
    const gallery = await population(
      100,
      (seed) => seed + 0.5,
      (value) => value === 42.5,
    );
    const [first] = gallery.seeds.filter(({ why }) => why === "rare");
    expect(gallery.seeds.slice(0, 5).map(({ met }) => met)).toEqual([false, false, false, false, false]);
    expect(gallery.seeds.slice(0, 2).map(({ seed }) => seed)).toEqual([0, 99]);
    expect(first).toMatchObject({ seed: 42, met: true, like: 1 });
    expect(gallery.seeds.at(-1)).toMatchObject({ why: "typical" });
    expect(gallery.seeds).toHaveLength(12);
  });

  test("one rare kind does not hide another", async () => {
    const gallery = await population(
      100,
      (seed) => (seed < 6 ? "six" : seed < 14 ? "eight" : "common"),
      (value) => value === "common",
    );
    expect(gallery.seeds.slice(0, 5).map(({ observed }) => observed)).toEqual(["six", "eight", "six", "eight", "six"]);
  });

  test("what fewer than a quarter of the seeds show is rare", async () => {
    const gallery = await population(
      100,
      (seed) => (seed < 24 ? "24" : seed < 49 ? "25" : "51"),
      () => true,
    );
    const why = Object.fromEntries(gallery.seeds.map(({ observed, why }) => [observed, why]));
    expect(why).toEqual({ "24": "rare", "25": "typical", "51": "typical" });
  });

  test("shows typical seeds from among the common ones only, the commonest first", async () => {
    const two = await population(
      100,
      (seed) => (seed < 30 ? "30" : "70"),
      () => true,
    );
    // Not 0, 30, 1, …: in turns, beginning with the commoner kind.
    expect(shown(two)).toEqual(["30", "0", "31", "1", "32", "2"].map((seed) => `${seed} typical`));
    const many = await population(
      100,
      (seed) => (seed < 50 ? `kind ${seed % 10}` : "common"),
      () => true,
    );
    expect(shown(many)).toEqual([
      ...[0, 1, 2, 3].map((seed) => `${seed} rare`),
      ...[50, 51, 52].map((seed) => `${seed} typical`),
    ]);
  });

  test("shows five that diverged: where nothing was observed, nothing is said again", async () => {
    const gallery = await population(
      64,
      () => true,
      () => true,
      (seed) => (seed < 6 ? "diverged" : "converged"),
    );
    expect(shown(gallery).slice(0, 6)).toEqual([...[0, 1, 2, 3, 4].map((seed) => `${seed} worst`), "5 rare"]);
  });

  test("the only one observed to fail is unique beside those that diverged", async () => {
    // In the middle of the others: it is not its value that makes it rare.
    const gallery = await population(
      101,
      (seed) => seed + 0.5,
      (value) => value !== 50.5,
      (seed) => (seed < 2 ? "diverged" : "converged"),
    );
    expect(gallery.seeds[0]).toMatchObject({ seed: 50, why: "worst", like: 1 });
    expect(gallery.seeds.slice(1, 3)).toMatchObject([
      { seed: 0, like: 2 },
      { seed: 1, like: 2 },
    ]);
  });

  test("keeps seeds that diverged or stopped in view", async () => {
    const gallery = await population(
      64,
      () => true,
      () => true,
      (seed) => (seed === 7 ? "diverged" : seed === 9 ? "stopped" : "converged"),
    );
    expect(gallery.seeds.slice(0, 2)).toMatchObject([
      { seed: 7, status: "diverged", met: false, observed: null, thumbnail: expect.anything() },
      { seed: 9, status: "stopped", why: "rare", like: 1 },
    ]);
  });

  test("puts an observation of several values in words, numbers to four digits", async () => {
    const gallery = await population(
      4,
      () => ({ loss: 1.234567, shape: "square" }),
      () => true,
    );
    expect(gallery.seeds[0]).toMatchObject({ observed: "loss: 1.235; shape: square", like: 4 });
  });

  test("has the command with a place for the seed, where there is one", async () => {
    const trainer = randomWalks();
    const population = await trainer.train(walks(4), () => {});
    expect(galleryOf("given", population, walks(4), trainer)).toMatchObject({
      label: "given",
      of: 4,
      command: "walk --steps 20 --engine exact --seed {seed}",
    });
    const { replay: _, thumbnail: __, ...bare } = trainer;
    const gallery = galleryOf("given", population, walks(4), bare);
    expect([gallery.command, gallery.seeds[0]!.thumbnail]).toEqual([null, null]);
    expect(replayOf(bare, walks(4), "exact", 3)).toBeNull();
  });

  test("of a question: no criterion, and at most eight", async () => {
    const trainer = randomWalks({ ending: (seed) => (seed === 3 ? "diverged" : "converged") });
    const condition = walks(50, { steps: 1 });
    const population = await trainer.train(condition, () => {});
    const { seeds } = galleryOf("n = 5", population, condition, trainer);
    expect(seeds[0]).toMatchObject({ seed: 3, why: "worst", met: null, observed: null });
    expect(seeds.map(({ seed, why }) => `${seed} ${why}`)).toEqual([
      "3 worst",
      ...[0, 1, 2, 4, 5, 6, 7].map((seed) => `${seed} typical`),
    ]);
  });

  test("travels as JSON", async () => {
    const gallery = await population(
      30,
      (seed) => seed / 7,
      (value) => value > 1,
    );
    expect(JSON.parse(JSON.stringify(gallery))).toEqual(gallery);
  });
});
