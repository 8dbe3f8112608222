import { expect, test } from "vitest";
import { balanced } from "./balanced.ts";

const rows = [
  [0, 0, 0],
  [1, 2, 0],
  [0, 0, 0],
  [0, 0, 3],
  [4, 5, 6],
];
const data = { name: "five", inputs: rows, targets: rows };

test("every shift of the first rows that are not empty", () => {
  const { name, inputs, targets } = balanced(data, 2);
  expect(inputs).toEqual([
    [1, 2, 0],
    [2, 0, 1],
    [0, 1, 2],
    [0, 0, 3],
    [0, 3, 0],
    [3, 0, 0],
  ]);
  expect(targets).toEqual(inputs);
  expect(name).toBe("five, balanced");
});

test("not more rows than there are", () => {
  expect(balanced(data, 3).inputs).toHaveLength(9);
  expect(() => balanced(data, 4)).toThrow("invalid samples: 4; expected at most the 3 rows that are not empty");
  expect(() => balanced(data, 0)).toThrow("invalid samples: 0");
});
