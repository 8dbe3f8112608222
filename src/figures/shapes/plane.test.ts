import { expect, test } from "vitest";
import { lighten, palette } from "../canvas/style.ts";
import { render, words } from "../testing/render.ts";
import { type PlaneOptions, plane } from "./plane.ts";

/** At extent 1.2 a unit is 100 pixels around (150, 150). */
const at = (x: number, y: number) => [150 + 100 * x, 150 - 100 * y] as const;
const picture = (options: PlaneOptions) => render(plane({ extent: 1.2, ...options }));
const pentagon = [0, 1, 2, 3, 4].map((i) => [Math.sin((2 * Math.PI * i) / 5), Math.cos((2 * Math.PI * i) / 5)]);

test("a point lies where its coordinates say, y upwards, in the colour of its set", () => {
  const drawn = picture({ points: [[0.5, 0.8]], second: { points: [[-0.5, -0.8]], label: "read" } });
  expect(drawn.at(...at(0.5, 0.8))).toBe(palette.relu);
  expect(drawn.at(...at(-0.5, -0.8))).toBe(palette.gelu);
  expect(drawn.at(...at(0.5, -0.8))).toBe(palette.paper);
  expect(drawn.at(...at(0.25, 0.4))).not.toBe(palette.paper);
});

test("by default the longest column fits, and nothing is larger than the panel", () => {
  const far = render(plane({ points: [[0, 12]] }));
  expect(far.at(150, 30)).toBe(palette.relu);
  expect(far.width).toBe(300);
  expect(render(plane({ points: [[0, 0.5]] })).at(150, 150 - 60)).toBe(palette.relu);
});

test("several features in one direction have a dot and a tick each, and a count", () => {
  const shared = plane({
    extent: 1.2,
    points: [
      [0.4, 0],
      [0.9, 0],
      [0, 1],
    ],
  });
  expect(words(shared)).toContain("×2");
  const drawn = render(shared);
  for (const x of [0.4, 0.9]) {
    expect(drawn.at(...at(x, 0))).toBe(palette.relu);
    expect(drawn.at(at(x, 0)[0], 150 - 7)).not.toBe(palette.paper);
  }
  expect(words(plane({ points: pentagon })).join()).not.toContain("×");
});

test("counts of close directions do not cover each other", () => {
  const close = [10, 14, 18, 22, 26].flatMap((d) =>
    [0.5, 1].map((r) => [r * Math.cos((d * Math.PI) / 180), r * Math.sin((d * Math.PI) / 180)]),
  );
  const placed: [number, number][] = [];
  const drawing = plane({ points: close });
  const spy = render({
    ...drawing,
    draw: (ctx) => {
      const fillText = ctx.fillText.bind(ctx);
      ctx.fillText = (line, x, y) => {
        if (line === "×2") placed.push([x, y]);
        fillText(line, x, y);
      };
      drawing.draw(ctx);
    },
  });
  expect(spy.width).toBe(300);
  expect(placed).toHaveLength(5);
  for (const [i, p] of placed.entries())
    for (const q of placed.slice(i + 1)) expect(Math.abs(p[0] - q[0]) > 26 || Math.abs(p[1] - q[1]) > 14).toBe(true);
});

test("a shared direction can be ringed at the norm its members have together, and the hull goes there", () => {
  const points = [
    [0.6, 0],
    [0.8, 0],
    [-0.5, 0.86],
    [-0.5, -0.86],
  ];
  const apart = picture({ points });
  const together = picture({ points, combined: true });
  // Between 0.8 and √(0.36 + 0.64) = 1 on the axis, a little above it: only the larger hull covers it.
  expect(apart.at(...at(0.88, 0.03))).toBe(palette.paper);
  expect(together.at(...at(0.88, 0.03))).not.toBe(palette.paper);
  expect(words(plane({ points, combined: true }))).toContain("together: √Σ‖w‖²");
  expect(words(plane({ points: pentagon, combined: true })).join()).not.toContain("together");
});

test("features at the origin are a ring there and a number in the legend", () => {
  const drawing = plane({ points: [...pentagon, [0, 0.001], [0, 0], [0.001, 0]] });
  expect(words(drawing)).toContain("at the origin: 3");
  expect(render(drawing).at(150, 150)).toBe(palette.paper);
  expect(words(plane({ points: pentagon })).join()).not.toContain("origin");
  expect(words(plane({ points: pentagon, second: { points: [[0, 0]], label: "read" } }))).toContain(
    "read at the origin: 1",
  );
});

test("the legend names the points of both sets", () => {
  expect(words(plane({ points: pentagon }))).toEqual(["feature", "norm 1"]);
  const both = plane({ points: pentagon, label: "written", second: { points: pentagon, label: "read" } });
  expect(words(both)).toEqual(["written", "read", "norm 1"]);
});

test("the hull is filled unless it is switched off", () => {
  const [x, y] = at(0.3, -0.45);
  expect(picture({ points: pentagon }).at(x, y)).toBe("#e5f1f7");
  expect(picture({ points: pentagon, hull: false }).at(x, y)).toBe(palette.paper);
});

test("values colour the points and get a scale", () => {
  const options = {
    points: [
      [0.9, 0],
      [-0.9, 0],
    ],
    values: { of: [2, -2], label: "bias" },
  };
  const drawn = picture(options);
  expect(drawn.at(...at(0.9, 0))).toBe("#00598c");
  expect(drawn.at(...at(-0.9, 0))).toBe("#b04a00");
  expect(words(plane(options))).toEqual(expect.arrayContaining(["bias", "−2", "2"]));
});

test("an ideal construction stands behind and in the legend", () => {
  const ghost = { points: pentagon, label: "exact construction" };
  expect(picture({ points: [[0.3, 0]], ghost }).at(...at(0, 1))).toBe(lighten(palette.amber, 0.6));
  expect(picture({ points: [[0, 1]], ghost }).at(...at(0, 1))).toBe(palette.relu);
  expect(words(plane({ points: [], ghost }))).toContain("exact construction");
});

test("the order of the features does not change a pixel", () => {
  const points = [...pentagon, [0, 0.4], [0, 0.41], [0, 0], [0.2, 0.1], [0.2, 0.1]];
  const of = points.map((_, i) => i - 4);
  const options = (list: number[]): PlaneOptions => ({
    points: list.map((i) => points[i]!),
    values: { of: list.map((i) => of[i]!), label: "bias" },
    combined: true,
  });
  const forwards = points.map((_, i) => i);
  const rolled = [...forwards.slice(4), ...forwards.slice(0, 4)];
  const first = picture(options(forwards)).data;
  expect(picture(options([...forwards].reverse())).data.equals(first)).toBe(true);
  expect(picture(options(rolled)).data.equals(first)).toBe(true);
});

test("bad input is quoted", () => {
  expect(() => plane({ points: [[1, Number.NaN]] })).toThrow('invalid point: [1,"NaN"]');
  expect(() => plane({ points: [[1, 0]], values: { of: [], label: "b" } })).toThrow(
    "invalid number of values: 0; expected one a point, 1",
  );
  expect(() => plane({ points: [[1, 0]], values: { of: [Number.POSITIVE_INFINITY], label: "b" } })).toThrow(
    "value of point 0: Infinity",
  );
  expect(() => plane({ points: [], extent: 0 })).toThrow("invalid extent: 0");
});
