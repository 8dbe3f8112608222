import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createProgressLine, formatProgress, type Progress, Tally } from "./progress.ts";

describe("the tally", () => {
  test("counts seeds, steps, rate and time left, leaving cached seeds and the start-up out of the rate", () => {
    let now = 5000;
    const tally = new Tally(10, 100, () => now);
    expect(tally.progress).toEqual({
      seeds: { done: 0, total: 10 },
      seedSteps: { done: 0, total: 1000 },
      rate: 0,
      secondsLeft: null,
    });
    tally.read(4);
    now += 60_000;
    tally.advance(40);
    expect(tally.progress).toMatchObject({ seedSteps: { done: 440 }, rate: 0, secondsLeft: null });
    now += 2000;
    tally.advance(80);
    expect(tally.progress).toEqual({
      seeds: { done: 4, total: 10 },
      seedSteps: { done: 520, total: 1000 },
      rate: 40,
      secondsLeft: 12,
    });
  });

  test("a seed that ended early has done its budget", () => {
    let now = 0;
    const tally = new Tally(4, 100, () => now);
    tally.advance(10);
    tally.advance(50);
    tally.end([20, 30]);
    now = 1000;
    expect(tally.progress).toMatchObject({
      seeds: { done: 2, total: 4 },
      seedSteps: { done: 210, total: 400 },
      rate: 50,
      secondsLeft: 190 / 200,
    });
  });

  test("never passes its total, nor goes back, when an engine counts generously or not at all", () => {
    const generous = new Tally(1, 100, () => 0);
    generous.advance(150);
    expect(generous.progress.seedSteps.done).toBe(100);
    const silent = new Tally(2, 100, () => 0);
    silent.end([100]);
    expect(silent.progress.seedSteps.done).toBe(100);
    const partlyCached = new Tally(2, 100, () => 0);
    partlyCached.read(1);
    partlyCached.advance(150);
    expect(partlyCached.progress.seedSteps.done).toBe(200);
  });

  test("goes by the machine's clock where none is given", () => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(3000);
    const tally = new Tally(1, 100);
    tally.advance(10);
    clock.mockReturnValue(5000);
    tally.advance(40);
    expect(tally.progress.rate).toBe(20);
    clock.mockRestore();
  });
});

const progress: Progress = {
  seeds: { done: 64, total: 256 },
  seedSteps: { done: 2_999_999, total: 10_240_000 },
  rate: 1_234_567,
  secondsLeft: 89.2,
};

test("a progress reads as one line", () => {
  expect(formatProgress(progress)).toBe("training 64/256 seeds · 29% of 10.2 M seed-steps · 1.2 M/s · 1 min 30 s left");
  expect(formatProgress({ ...progress, rate: 0, secondsLeft: null })).toBe(
    "training 64/256 seeds · 29% of 10.2 M seed-steps",
  );
  expect(formatProgress({ ...progress, secondsLeft: 59.5 })).toContain("1 min 0 s left");
  expect(formatProgress({ ...progress, secondsLeft: 58.1 })).toContain(" · 59 s left");
  expect(formatProgress({ ...progress, seedSteps: { done: 0, total: 1000 } })).toContain("0% of 1.0 k seed");
  expect(formatProgress({ ...progress, seedSteps: { done: 0, total: 999 } })).toContain("0% of 999 seed");
});

describe("the line on a terminal", () => {
  beforeEach(() => {
    vi.stubEnv("CI", "");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const terminal = (isTTY = true, columns = 200) => {
    const written: string[] = [];
    return { isTTY, columns, written, write: (text: string) => written.push(text) };
  };
  const wipe = "\r\u001b[K";

  test("is redrawn in place, five times a second at most, and wiped", () => {
    const stream = terminal();
    let now = 0;
    const line = createProgressLine(stream, () => now);
    for (; now < 1000; now += 10) line.update(progress);
    expect(stream.written).toEqual(new Array(5).fill(wipe + formatProgress(progress)));
    line.update(progress);
    expect(stream.written.length).toBe(6);
    line.clear();
    expect(stream.written.slice(6)).toEqual([wipe]);
  });

  test("goes by the machine's clock where none is given", () => {
    const stream = terminal();
    const clock = vi.spyOn(performance, "now").mockReturnValue(3000);
    const line = createProgressLine(stream);
    for (const now of [3000, 3100, 3200]) {
      clock.mockReturnValue(now);
      line.update(progress);
    }
    expect(stream.written.length).toBe(2);
    clock.mockRestore();
  });

  test("fits the width", () => {
    const stream = terminal(true, 20);
    createProgressLine(stream).update(progress);
    expect(stream.written[0]).toBe(`${wipe}training 64/256 see`);
    const unknown = terminal(true, 0);
    createProgressLine(unknown).update(progress);
    expect(unknown.written[0]).toBe(wipe + formatProgress(progress));
  });

  test("has nothing to wipe when nothing was drawn", () => {
    const stream = terminal();
    createProgressLine(stream).clear();
    expect(stream.written).toEqual([]);
  });

  test("is silent without a terminal, and in CI", () => {
    const pipe = terminal(false);
    const piped = createProgressLine(pipe);
    piped.update(progress);
    piped.clear();
    expect(pipe.written).toEqual([]);
    vi.stubEnv("CI", "true");
    const stream = terminal();
    const line = createProgressLine(stream);
    line.update(progress);
    line.clear();
    expect(stream.written).toEqual([]);
  });
});
