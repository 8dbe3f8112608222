import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readRecord } from "../record.ts";
import { errata, inNoteOrder, ledgerRows, rowOf } from "./argument.ts";

const ledger = `
## S. The set-up
| id | kind | claim |
|---|---|---|
| S1 | exact + population | A chain adds **nothing**. |
| S2 | open | A model. |
## B. Bias
| B10 | population | Ten. |
| B2 | population | Two. |
`;
const page = `
| as printed | what is found | instead |
|---|---|---|
| One thing. | False (S1). | Another (S1b–d, B2). |
| A second. | True. | |
| A third. | See T10b–c. | T12 |
`;

describe("the note's argument", () => {
  test("has the ledger's rows in their order", () => {
    expect(ledgerRows(ledger).map(({ id }) => id)).toEqual(["S1", "S2", "B10", "B2"]);
    expect(ledgerRows(ledger)[0]).toEqual({
      id: "S1",
      kind: "exact + population",
      claim: "A chain adds **nothing**.",
    });
    expect(ledgerRows("nothing")).toEqual([]);
    expect(ledgerRows("| S1 | open   |   A   |")).toEqual([{ id: "S1", kind: "open", claim: "A" }]);
  });

  test("is in whole lines only: what merely quotes a row is none", () => {
    expect(ledgerRows("see | S1 | open | A model. |\n| S1 | open | A model. | and more")).toEqual([]);
    expect(errata("see | One | False (S1). | Two |\n| One | False (S1). | Two | and more")).toEqual([]);
  });

  test("orders ids by their rows, and those of no row last", () => {
    const order = inNoteOrder(ledgerRows(ledger));
    expect(["X1", "B2", "B2c", "B10", "S2", "S1b", "S1", "A1"].sort(order)).toEqual([
      ..."S1 S1b S2 B10 B2 B2c A1 X1".split(" "),
    ]);
  });

  test("knows the row of an id", () => {
    expect(["T10b", "T10", "U2c-relu", "T10-relu"].map(rowOf)).toEqual(["T10", "T10", "U2", "T10"]);
    expect(["mine", "my-T10", "T10bc"].map(rowOf)).toEqual(["mine", "my-T10", "T10bc"]);
  });

  test("finds the ids that an erratum names, ranges included", () => {
    expect(errata(page)).toEqual([
      {
        printed: "One thing.",
        found: "False (S1).",
        instead: "Another (S1b–d, B2).",
        cites: ["S1", "S1b", "S1c", "S1d", "B2"],
      },
      { printed: "A second.", found: "True.", instead: "", cites: [] },
      { printed: "A third.", found: "See T10b–c.", instead: "T12", cites: ["T10b", "T10c", "T12"] },
    ]);
  });

  test("reads the ledger and the errata of this repository", () => {
    const rows = ledgerRows(readFileSync("hypotheses/ledger.md", "utf8"));
    expect(rows.map(({ id }) => id).slice(0, 9)).toEqual("S1 S2 S3 S4 S5 S6 S7 S8 T1".split(" "));
    const known = new Set(rows.map(({ id }) => id));
    // A hypothesis of a family ("U2c-relu") belongs to its row, too.
    expect(Object.keys(readRecord()).filter((id) => !known.has(rowOf(id)))).toEqual([]);
    expect(errata(readFileSync("ERRATA.md", "utf8")).length).toBeGreaterThan(30);
  });
});
