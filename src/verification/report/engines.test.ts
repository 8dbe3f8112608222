import { describe, expect, test } from "vitest";
import { describeEngines } from "./engines.ts";

describe("what trained a run", () => {
  test.each([
    [[], "none"],
    [[null], "none"],
    [[{ name: "wasm", device: null }, null], "wasm"],
    [
      [
        { name: "wasm", device: null, why: "auto: no card" },
        { name: "wasm", device: "2 threads", why: "auto: no card" },
      ],
      "wasm on 2 threads (auto: no card)",
    ],
    [
      [
        { name: "tfjs", device: "one" },
        { name: "webgpu", device: "a card" },
        { name: "tfjs", device: "another" },
        { name: "tfjs", device: "one" },
      ],
      "tfjs on one and another, webgpu on a card",
    ],
  ])("%j: %s", (engines, words) => {
    expect(describeEngines(engines)).toBe(words);
  });
});
