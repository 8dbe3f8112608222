import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { checkMarks, verticalMarks } from "./marks.ts";
import { scale } from "./scale.ts";

const x = scale("linear", [0, 1], [160, 590]);
const anyMarks = fc.array(
  fc.record({
    value: fc.integer({ min: 0, max: 200 }).map((k) => k / 200),
    label: fc.stringMatching(/^[a-z]{1,14}$/),
  }),
  { maxLength: 7 },
);

property.prop([anyMarks])("labels stay in the panel, meet no other label and are crossed by no line", (marks) => {
  const { flags, height } = verticalMarks(marks, x, 600);
  expect(flags).toHaveLength(marks.length);
  for (const flag of flags) {
    expect(flag.from).toBeGreaterThanOrEqual(0);
    expect(flag.to).toBeLessThanOrEqual(600);
    expect((flag.row + 1) * 17).toBeLessThanOrEqual(height);
    for (const other of flags) {
      if (other === flag) continue;
      if (other.row === flag.row) expect(flag.to <= other.from || other.to <= flag.from).toBe(true);
      // A line reaches up to its own label's row.
      if (other.row >= flag.row) expect(other.at > flag.from && other.at < flag.to).toBe(false);
    }
  }
});

property.prop([anyMarks])("the order of the marks does not matter", (marks) => {
  expect(verticalMarks([...marks].reverse(), x, 600).flags).toEqual(verticalMarks(marks, x, 600).flags);
});

test("labels that are far apart share the row next to the box", () => {
  const { flags, height } = verticalMarks(
    [
      { value: 0.1, label: "a" },
      { value: 0.9, label: "b" },
    ],
    x,
    600,
  );
  expect(flags.map((f) => f.row)).toEqual([0, 0]);
  expect(height).toBe(17);
  expect(verticalMarks([], x, 600).height).toBe(0);
});

test("a mark that is no number is named", () => {
  expect(() => checkMarks("event", [{ value: Number.NaN, label: "half" }])).toThrow('invalid event "half": NaN');
});
