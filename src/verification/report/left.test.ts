import { expect, test } from "vitest";
import { Left } from "./left.ts";

const took = (seconds: { readonly [test: string]: number }) => new Map(Object.entries(seconds));
const began = 1_000_000;
const after = (seconds: number) => began + 1000 * seconds;

test("a file counts for what it took last time, test by test", () => {
  const left = new Left(began);
  left.add("long", took({ T1: 60, T2: 20 }));
  left.add("short", took({ T3: 20 }));
  left.close("short");
  // 20 of 100 seconds' work in 10 seconds: twice as fast as last time.
  expect(left.line(after(10))).toBe("the whole run: 20 % done, 40 s left");
  left.end("long", "T1");
  expect(left.line(after(40))).toBe("the whole run: 80 % done, 10 s left");
  // It had more tests than last time: they are not done before the file is.
  left.end("long", "T2b");
  expect(left.line(after(40))).toBe("the whole run: 80 % done, 10 s left");
  left.end("long", "T2");
  expect(left.line(after(50))).toBeNull();
});

test("a file that was never run counts for the mean of the others", () => {
  const left = new Left(began);
  left.add("a", took({ T1: 10 }));
  left.add("b", took({ T2: 50 }));
  left.add("new", null);
  left.end("new", "T3");
  expect(left.line(after(30))).toBeNull();
  left.close("new");
  expect(left.line(after(30))).toBe("the whole run: 33 % done, 1 min 0 s left");
});

test("where nothing is known, files count alike", () => {
  const left = new Left(began);
  for (const file of ["a", "b", "c", "d"]) left.add(file, null);
  left.close("a");
  expect(left.line(after(100))).toBe("the whole run: 25 % done, 5 min 0 s left");
});

test("what is reused does not count", () => {
  const left = new Left(began);
  left.add("a", took({ T1: 10 }));
  left.add("b", took({ T2: 90, T3: 10 }));
  left.add("c", took({ T4: 900 }));
  left.close("a");
  expect(left.line(after(5))).toBeNull();
  left.remove("c");
  expect(left.line(after(11))).toBe("the whole run: 9 % done, 1 min 50 s left");
  left.end("c", "T4");
  left.close("c");
  expect(left.line(after(11))).toBe("the whole run: 9 % done, 1 min 50 s left");
});

test("nothing is said before a twentieth is done, nor at the end, nor of nothing", () => {
  const left = new Left(began);
  expect(left.line(after(1))).toBeNull();
  left.add("a", took({ T1: 4.9, T2: 0.1, T3: 95 }));
  left.end("a", "T1");
  expect(left.line(after(1))).toBeNull();
  left.end("a", "T2");
  expect(left.line(after(1))).toBe("the whole run: 5 % done, 19 s left");
  left.close("a");
  expect(left.line(after(1))).toBeNull();
});
