import { expect, test } from "vitest";
import { criterionOf, type Expectation } from "./criterion.ts";
import { criterionWords } from "./words.ts";

test("an expectation says its share, its words, and what it asks", () => {
  const five = criterionOf<number>({ nearlyAll: 5 });
  expect(five).toMatchObject({ words: "5", share: 0.95 });
  expect([five.test(5), five.test(4)]).toEqual([true, false]);
  const positive = criterionOf<number>({ most: "positive", when: (x) => x > 0 });
  expect(positive).toMatchObject({ words: "positive", share: 0.5 });
  expect([positive.test(5), positive.test(0)]).toEqual([true, false]);
  expect(criterionOf<string>({ inAtLeast: 0.125, that: "a square" })).toMatchObject({
    words: "a square",
    share: 0.125,
  });
});

test("its share is in the words", () => {
  const words = (expectation: Expectation<boolean>) => criterionWords(criterionOf<boolean>(expectation));
  expect(words({ nearlyAll: true })).toBe("in at least 95 % of seeds: true");
  expect(words({ most: "squares", when: (o: boolean): boolean => o })).toBe("in most seeds: squares");
  expect(words({ inAtLeast: 0.125, that: "squares", when: (o: boolean): boolean => o })).toBe(
    "in at least 12.5 % of seeds: squares",
  );
});

test.each([
  [{ nearlyAll: { corners: 5 } }, /^invalid criterion: .*; expected a value that the observation has to equal/],
  [{ nearlyAll: 5, when: (): boolean => true }, "invalid criterion: 5; expected words beside `when`"],
  [{ nearlyAll: " ", when: (): boolean => true }, 'invalid criterion: " "; expected words'],
  [{ nearlyAll: "so", when: true }, "invalid when: true; expected a function"],
  [{ mostly: 5 }, /^invalid expect: .*; expected one of nearlyAll, most, inAtLeast/],
  [{ nearlyAll: 5, most: 5 }, /^invalid expect: /],
  [{ inAtLeast: 1, that: true }, "invalid inAtLeast: 1; expected less than 1"],
  [{ inAtLeast: 0, that: true }, "invalid inAtLeast: 0"],
])("%j is refused", (expectation, message) => {
  expect(() => criterionOf(expectation as never)).toThrow(message);
});
