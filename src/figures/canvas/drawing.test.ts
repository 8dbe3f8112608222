import { expect, test } from "vitest";
import { decode } from "../testing/render.ts";
import { compose, type Drawing } from "./drawing.ts";
import { rectangle } from "./pen.ts";

const block = (width: number, height: number, fill: string, caption?: string): Drawing => ({
  width,
  height,
  caption,
  draw: (ctx) => rectangle(ctx, 0, 0, width, height, { fill }),
});
const wide = block(600, 100, "#0072b2");

test("a figure is as wide as its panels and twice that in pixels", async () => {
  const one = await decode(compose({ title: "T" }, [wide]));
  expect(one.width).toBe(2 * (600 + 40));
  const two = await decode(compose({ title: "T" }, [wide, wide]));
  expect(two.width).toBe(2 * (1200 + 24 + 40));
  expect(two.height).toBe(one.height);
  const stacked = await decode(compose({ title: "T", columns: 1 }, [wide, wide]));
  expect(stacked.width).toBe(one.width);
  expect(stacked.height).toBe(one.height + 2 * (100 + 24));
});

test("small panels are centred under a title that has room", async () => {
  const picture = await decode(compose({ title: "T" }, [block(100, 50, "#0072b2")]));
  expect(picture.width).toBe(960);
  const bottom = picture.height - 2 * 20 - 2;
  expect(picture.at(480 - 98, bottom)).toBe("#0072b2");
  expect(picture.at(480 + 98, bottom)).toBe("#0072b2");
  expect(picture.at(480 - 103, bottom)).toBe("#ffffff");
});

test("panels stand in reading order, each in its column, tops level below captions", async () => {
  const panels = [block(300, 40, "#0072b2", "a"), block(200, 80, "#d55e00"), block(300, 40, "#009e73")];
  const picture = await decode(compose({ title: "T", columns: 2 }, panels));
  const first = Array.from({ length: picture.height }, (_, y) => y);
  const top = (x: number, colour: string) => first.find((y) => picture.at(x, y) === colour);
  expect(top(44, "#0072b2")).toBe(top(2 * (20 + 300 + 24) + 4, "#d55e00"));
  expect(top(44, "#009e73")).toBe(top(44, "#0072b2")! + 2 * (80 + 24));
});

test("title, subtitle and captions take room and ink", async () => {
  const plain = await decode(compose({ title: "T" }, [wide]));
  const aided = await decode(compose({ title: "T", subtitle: "256 of 256 seeds" }, [wide]));
  const captioned = await decode(compose({ title: "T" }, [{ ...wide, caption: "ReLU" }]));
  const long = await decode(compose({ title: "long ".repeat(40) }, [wide]));
  for (const other of [aided, captioned, long]) expect(other.height).toBeGreaterThan(plain.height + 30);
  expect(plain.count("#1f2430")).toBeGreaterThan(20);
  expect(aided.count("#1f2430")).toBeGreaterThan(plain.count("#1f2430") + 100);
  // Nothing reaches the margins.
  expect(long.count("#ffffff", [0, 0, 2 * 18, long.height])).toBe(2 * 18 * long.height);
  expect(long.count("#ffffff", [long.width - 2 * 18, 0, long.width, long.height])).toBe(2 * 18 * long.height);
});

test("the same drawings give the same bytes", () => {
  const figure = () => compose({ title: "T", subtitle: "s" }, [{ ...wide, caption: "c" }]);
  expect(figure().equals(figure())).toBe(true);
});

test("a figure needs a drawing and a column", () => {
  expect(() => compose({ title: "T" }, [])).toThrow("invalid drawings: []; expected at least one");
  expect(() => compose({ title: "T", columns: 0 }, [wide])).toThrow("invalid columns: 0");
});
