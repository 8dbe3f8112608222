import { expect, test } from "vitest";
import { turned } from "./turning.ts";

test("a camera goes round and round, but not over the poles", () => {
  expect(turned({ azimuth: 355, elevation: 20 }, 10, 5)).toEqual({ azimuth: 5, elevation: 25 });
  expect(turned({ azimuth: 5, elevation: -85 }, -10, -10)).toEqual({ azimuth: 355, elevation: -90 });
  expect(turned({ azimuth: 0, elevation: 85 }, 0, 10)).toEqual({ azimuth: 0, elevation: 90 });
});
