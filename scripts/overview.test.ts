import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { overview } from "./overview.ts";

test("the picture at the head of the README is the one that training gives now (npx tsx scripts/overview.ts)", async () => {
  expect((await overview()).equals(readFileSync("snapshots/overview.png"))).toBe(true);
});
