import { expect, test } from "vitest";
import { palette } from "../canvas/style.ts";
import { render, words } from "../testing/render.ts";
import { type TrajectoryOptions, trajectory } from "./trajectory.ts";

const options = (over: Partial<TrajectoryOptions> = {}): TrajectoryOptions => ({
  label: "loss",
  steps: [0, 10, 100, 1000],
  conditions: [{ label: "ReLU", runs: [[4, 4, 4, 4]] }],
  levels: [0, 10].map((value) => ({ value, label: "bound" })),
  ...over,
});
/** The height at which a colour lies in a column, its middle. */
function level(o: TrajectoryOptions, share: number, colour: string = palette.relu): number {
  const drawn = render(trajectory(o));
  const x = Math.round(40 + share * (drawn.width - 60));
  const hits = Array.from({ length: 270 }, (_, y) => y).filter((y) => drawn.at(x, y) === colour);
  return hits.length === 0 ? Number.NaN : (hits[0]! + hits.at(-1)!) / 2;
}

test("the thick line is the median of the seeds", () => {
  const flat = (value: number) => [value, value, value, value];
  const run = (...values: number[]) => options({ conditions: [{ label: "ReLU", runs: values.map(flat) }] });
  const middle = level(run(5), 0.5);
  expect(level(run(1, 5, 9), 0.5)).toBe(middle);
  expect(level(run(3, 7), 0.5)).toBe(middle);
  expect(level(run(8), 0.5)).toBeLessThan(middle - 30);
});

test("the median goes on over the seeds still running, and the early end has a cross", () => {
  const runs = [
    [2, 2, 2, 2],
    [8, 8, 8],
  ];
  const o = options({ x: "log", conditions: [{ label: "ReLU", runs }] });
  expect(level(o, 0.2)).toBeCloseTo(level(options({ conditions: [{ label: "ReLU", runs: [[5, 5, 5, 5]] }] }), 0.5), 0);
  expect(words(trajectory(o))).toContain("run ended early");
  expect(words(trajectory(o))).toContain("ReLU (2 seeds; thick: median)");
  expect(words(trajectory(options())).join()).not.toContain("early");
  expect(words(trajectory(options()))).toContain("ReLU (1 seed)");
});

test("a log axis spreads powers of ten evenly and keeps step 0 at the left", () => {
  const step = options({ conditions: [{ label: "ReLU", runs: [[9, 9, 1, 1]] }] });
  expect(level(step, 0.02)).toBeLessThan(100);
  expect(level(step, 0.5)).toBeGreaterThan(200);
  expect(level({ ...step, x: "log" }, 0.08)).toBeLessThan(100);
  expect(words(trajectory({ ...step, x: "log" }))).toEqual(expect.arrayContaining(["0", "10", "100", "1,000"]));
  expect(words(trajectory({ ...step, x: "log", steps: [1, 10, 100, 1000] }))).not.toContain("0 ");
});

test("events and levels are named", () => {
  const written = words(
    trajectory(
      options({
        events: [{ value: 100, label: "warm-up ends" }],
        levels: [{ value: 4, label: "closed form" }],
      }),
    ),
  );
  expect(written).toEqual(expect.arrayContaining(["warm-up ends", "closed form", "training step", "loss"]));
});

test("a level is named at the end where the curves keep away from it", () => {
  const place = (run: number[]) => {
    const drawing = trajectory(
      options({ conditions: [{ label: "a", runs: [run] }], levels: [{ value: 2, label: "goal" }] }),
    );
    let at = Number.NaN;
    render({
      ...drawing,
      draw: (ctx) => {
        const fillText = ctx.fillText.bind(ctx);
        ctx.fillText = (line, x, y) => {
          if (line === "goal") at = x;
          fillText(line, x, y);
        };
        drawing.draw(ctx);
      },
    });
    return at;
  };
  expect(place([9, 8, 3, 2])).toBeLessThan(100);
  expect(place([2, 3, 8, 9])).toBeGreaterThan(500);
});

test("a level outside the curves still shows", () => {
  expect(words(trajectory(options({ levels: [{ value: 50, label: "far" }] })))).toContain("50");
});

test("the order of the seeds does not change a pixel", () => {
  const runs = [
    [1, 2, 3, 4],
    [4, 3, 2],
    [2, 2, 2, 9],
    [4, 3, 2, 1],
  ];
  const picture = (list: number[][]) => render(trajectory(options({ conditions: [{ label: "a", runs: list }] }))).data;
  expect(picture([...runs].reverse()).equals(picture(runs))).toBe(true);
  expect(picture([runs[2]!, runs[0]!, runs[3]!, runs[1]!]).equals(picture(runs))).toBe(true);
});

test("bad input is quoted", () => {
  const run =
    (...values: number[]) =>
    () =>
      trajectory(options({ conditions: [{ label: "ReLU", runs: [values] }] }));
  expect(run(1, Number.NaN)).toThrow('invalid value of run 0 of "ReLU" at step 10: NaN; expected a finite number');
  expect(run()).toThrow('invalid length of run 0 of "ReLU": 0; expected 1 to 4');
  expect(run(1, 2, 3, 4, 5)).toThrow('invalid length of run 0 of "ReLU": 5');
  expect(() => trajectory(options({ steps: [0, 10, 10] }))).toThrow("invalid step 2: 10; expected a number above 10");
  expect(() => trajectory(options({ steps: [-1, 10] }))).toThrow("invalid step 0: -1");
  expect(() => trajectory(options({ steps: [1] }))).toThrow("invalid steps: [1]; expected at least two");
  expect(() => trajectory(options({ conditions: [] }))).toThrow("invalid conditions: []");
  expect(() => trajectory(options({ conditions: [{ label: "a", runs: [] }] }))).toThrow('invalid runs of "a": []');
  expect(() => trajectory(options({ y: "log" }))).toThrow("invalid value on a log axis: 0");
  expect(() => trajectory(options({ events: [{ value: Number.NaN, label: "e" }] }))).toThrow('invalid event "e": NaN');
});
