import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { note } from "../hypotheses/note/index.ts";
import { placesIn } from "../src/verification/record/places.ts";

/** The page of derivations against the record and the specs: every step is a property, every property a step. */

const page = readFileSync("docs/derivations.md", "utf8");

interface Property {
  readonly id: string;
  readonly spec: string;
  readonly words: string;
}

/** What follows the arrows of a text: → [T8](../hypotheses/tied/loss.spec.ts) “words”. */
const propertiesIn = (text: string): Property[] =>
  [...text.matchAll(/→ \[([^\]]+)\]\(\.\.\/([^)]+)\) “([^”]*)”/g)].map(([, id, spec, words]) => ({
    id: id!,
    spec: spec!,
    words: words!,
  }));

/** The numbered items of a page, each with the lines that belong to it. */
const stepsIn = (text: string) => text.split(/^(?=\d+\. )|^(?=\S)(?!\d+\. )/m).filter((part) => /^\d+\. /.test(part));

interface Conclusion {
  readonly spec: string;
  readonly verdict: string;
  readonly row?: string;
  readonly evidence: {
    readonly properties?: Readonly<Record<string, { readonly holds: boolean }>>;
    readonly nearMisses?: Readonly<Record<string, { readonly holds: boolean }>>;
  };
}
const record: Readonly<Record<string, Conclusion>> = JSON.parse(readFileSync(placesIn(".").record, "utf8"));

/** What is wrong with a page of derivations, a line each. */
function faults(text: string): string[] {
  const named = propertiesIn(text);
  const found = stepsIn(text)
    .filter((step) => propertiesIn(step).length === 0)
    .map((step) => `no property checks the step "${step.split("\n")[0]}"`);
  const arrows = [...text.matchAll(/→ \[/g)].length;
  if (arrows !== named.length)
    found.push(`${arrows - named.length} arrows are not of the form → [id](../spec) “words”`);
  for (const { id, spec, words } of named) {
    const conclusion = record[id];
    if (!conclusion) found.push(`${id} is not on record`);
    else if (conclusion.spec !== spec) found.push(`${id} is in ${conclusion.spec}, not in ${spec}`);
    else if (!conclusion.evidence.properties?.[words]?.holds) found.push(`${id} has no property "${words}" that holds`);
    else if (!readFileSync(spec, "utf8").includes(`"${words}"`)) found.push(`${spec} no longer says "${words}"`);
  }
  for (const id of new Set(named.map((property) => property.id)))
    for (const words of Object.keys(record[id]?.evidence.properties ?? {}))
      if (!named.some((property) => property.id === id && property.words === words))
        found.push(`no step names the property "${words}" of ${id}`);
  return found;
}

test("every step names a property on record, and every property of a hypothesis named is a step's", () => {
  expect(faults(page)).toEqual([]);
});

test("every hypothesis named belongs to a row of the note, holds, and has near misses that do not", () => {
  const ids = [...new Set(propertiesIn(page).map(({ id }) => id))];
  expect(ids.length).toBeGreaterThan(15);
  for (const id of ids) {
    const { row, verdict, evidence } = record[id]!;
    expect(note.rows.map((each) => each.id)).toContain(row);
    expect([id, verdict]).toEqual([id, "holds"]);
    expect(Object.values(evidence.nearMisses ?? {}).map(({ holds }) => holds)).toContain(false);
  }
});

describe("the check itself", () => {
  const step = "1. A step.\\\n   → [T8](../hypotheses/tied/loss.spec.ts) ";
  const words = Object.keys(record.T8!.evidence.properties!);
  const both = `${step}“${words[0]}”\\\n   → [T8](../hypotheses/tied/loss.spec.ts) “${words[1]}”\n`;

  test("finds nothing wrong where all is named", () => {
    expect(faults(both)).toEqual([]);
  });

  test.each([
    ["a step that nothing checks", `${both}2. Another.\n`, 'no property checks the step "2. Another."'],
    [
      "a property that nobody states",
      `${both.replace(words[0]!, "nonsense")}`,
      'T8 has no property "nonsense" that holds',
    ],
    ["a property without a step", `${step}“${words[0]}”\n`, `no step names the property "${words[1]}" of T8`],
    ["an id that is none", both.replaceAll("T8", "T888"), "T888 is not on record"],
    [
      "another file",
      both.replaceAll("loss.spec", "speed.spec"),
      "T8 is in hypotheses/tied/loss.spec.ts, not in hypotheses/tied/speed.spec.ts",
    ],
    ["a broken arrow", `${both}\n→ [T8] “x”\n`, "1 arrows are not of the form → [id](../spec) “words”"],
  ])("finds %s", (_, text, fault) => {
    expect(faults(text)).toContain(fault);
  });
});
