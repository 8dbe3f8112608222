import { expect, test } from "vitest";
import { render } from "../testing/render.ts";
import { discSwatch, legend } from "./legend.ts";

const entry = (label: string) => ({ label, swatch: discSwatch({ fill: "#0072b2" }) });

test("entries stand side by side while they fit, then below", () => {
  const one = legend([entry("a")], 200).height;
  expect(legend([], 200).height).toBe(0);
  expect(legend([entry("a"), entry("b")], 200).height).toBe(one);
  expect(legend([entry("a rather long label"), entry("another long label")], 200).height).toBe(2 * one);
  expect(legend([entry("a label that needs two lines of the legend")], 200).height).toBeGreaterThan(one + 10);
});

test("each entry shows its swatch beside its text", () => {
  const key = legend([entry("W"), entry("W")], 200);
  const picture = render({ width: 200, height: key.height, draw: (ctx) => key.draw(ctx, [0, 0]) });
  expect(picture.at(11, 8)).toBe("#0072b2");
  expect(picture.count("#0072b2", [0, 0, 22, 19])).toBe(picture.count("#0072b2", [22, 0, 200, 19]));
});
