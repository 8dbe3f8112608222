import { afterEach, expect, test, vi } from "vitest";
import { strict } from "./strict.ts";

afterEach(() => vi.unstubAllEnvs());

test.each([
  ["1", true],
  ["yes", true],
  ["", false],
  ["0", false],
  ["false", false],
  [undefined, false],
])("STRICT=%s is strict: %s", (value, expected) => {
  vi.stubEnv("STRICT", value);
  expect(strict()).toBe(expected);
});
