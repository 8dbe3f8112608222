import { join, resolve } from "node:path";
import { expect, test, vi } from "vitest";
import { note } from "../../../hypotheses/note/index.ts";
import { describe } from "../../suite/describe.ts";
import { type Conclusion, isExact } from "../../verification/claim/conclusion.ts";
import { placesIn } from "../../verification/record/places.ts";
import { readRecord } from "../../verification/record/record.ts";
import { about, found } from "../hypothesis.ts";
import { conditionOf } from "./condition-of.ts";

// As in the page: a spec file that is read leaves its hypotheses there, and registers no test.
vi.mock("../../suite/hypothesis.ts", () => import("../hypothesis.ts"));

const root = resolve(import.meta.dirname, "../../..");
const record = readRecord(placesIn(root).record);
about(note);
for (const spec of new Set(Object.values(record).map((recorded) => recorded.spec)))
  await import(/* @vite-ignore */ join(root, spec));

/** What was trained, in words, by the gallery's label. */
function trained({ evidence }: Conclusion): [label: string, words: string][] {
  if (isExact(evidence)) return [];
  if ("populations" in evidence) return Object.entries(evidence.populations);
  const { cells, control, positiveControl } = evidence;
  return [
    ...Object.entries(cells).map(([label, cell]): [string, string] => [label, cell.trained]),
    [`control: ${control.name}`, control.trained],
    ...(positiveControl
      ? [[`positive control: ${positiveControl.name}`, positiveControl.trained] as [string, string]]
      : []),
  ];
}
/** A record says which seeds were used, a condition which may be. */
const withoutSeeds = (words: string) => words.replace(/, (seeds? |[\d,]+ seeds).*$/, "");

test("finds what was trained for every gallery of the record", () => {
  const all = Object.entries(record).flatMap(([id, recorded]) =>
    trained(recorded).map(([label, words]) => ({ where: `${id}, ${label}`, words: withoutSeeds(words), id, label })),
  );
  expect(all.length).toBeGreaterThan(1000);
  expect(
    all.map(({ where, id, label }) => ({ where, words: withoutSeeds(describe(conditionOf(found.get(id)!, label))) })),
  ).toEqual(all.map(({ where, words }) => ({ where, words })));
});

test("says which population a hypothesis does not have", () => {
  expect(() => conditionOf(found.get("T1")!, "n = 7")).toThrow('T1 has no population "n = 7" as it stands');
  const exact = [...found.values()].find(({ kind }) => kind === "exact")!;
  expect(() => conditionOf(exact, "given")).toThrow("no population");
});
