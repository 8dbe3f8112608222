import { expect, test } from "vitest";
import type { Note } from "./note.ts";
import { stated } from "./statement.ts";

const note: Note = {
  title: "A text",
  author: "Somebody",
  url: "https://example.org",
  sections: [{ id: "one", title: "One" }],
  rows: [{ id: "T1", section: "one", kinds: ["exact"], claim: "Two and two are four." }],
  errata: [],
};
const spec = { section: "Sums", claim: "Two and two are four.", operationalisation: "In whole numbers." };
const allowed = [...Object.keys(spec), "question", "row", "role", "kind", "holdsIn", "endPoints", "control", "figure"];
const about = (needed: readonly string[] = []) => ({ needed, allowed });
const seen = new Set<string>();
const message = (title: string, spec: object, needed: readonly string[] = []) =>
  stated(title, spec, about(needed), note, seen).problem?.message;

test("a hypothesis says what it is, and where it belongs", () => {
  expect(stated("mine-1.a_b one  of mine", spec, about(["claim"]), note, new Set())).toEqual({
    statement: {
      title: "one  of mine",
      row: null,
      role: null,
      section: "Sums",
      claim: "Two and two are four.",
      operationalisation: "In whole numbers.",
    },
  });
  const question = { question: "How many?", row: "T1", role: "answer" };
  expect(stated("T1b many", question, about(), note, new Set()).statement).toEqual({
    title: "many",
    row: "T1",
    role: "answer",
    section: "one",
    claim: "How many?",
    operationalisation: null,
  });
});

test("it needs an id, once", () => {
  expect(message("1st x", spec)).toContain('invalid id: "1st"; expected a title that starts with one');
  expect(message("A! x", spec)).toContain("invalid id");
  expect(message("twice a", spec)).toBeUndefined();
  expect(message("twice b", spec)).toContain('invalid id: "twice"; expected one that no other hypothesis has');
});

test.each(["section", "claim"])("it needs a %s in words", (field) => {
  for (const [i, value] of [undefined, "", "  ", 5].entries())
    expect(message(`${field}${i} x`, { ...spec, [field]: value })).toContain(`invalid ${field} of ${field}${i}`);
});

test("its operationalisation is in words, where there is one", () => {
  expect(message("o1 x", { ...spec, operationalisation: undefined })).toBeUndefined();
  expect(message("o2 x", { ...spec, operationalisation: "" })).toContain("invalid operationalisation of o2");
});

test("a row is one of the note's, and has a role", () => {
  const about_ = { claim: "So it is.", row: "T1", role: "repaired" };
  expect(message("r1 x", about_)).toBeUndefined();
  expect(message("r2 x", { ...about_, row: "T2" })).toContain('invalid row of r2: "T2"; expected the id of a row');
  expect(message("r3 x", { ...about_, role: undefined })).toContain(
    "invalid role of r3: undefined; expected as printed",
  );
  expect(message("r4 x", { ...about_, role: "literal" })).toContain('invalid role of r4: "literal"');
  expect(stated("r5 x", about_, about(), null, new Set()).problem?.message).toContain("invalid row of r5");
});

test("the fields of its kind are all there", () => {
  expect(message("f1 x", spec, ["given", "observe"])).toContain("given among them");
  const whole = { ...spec, given: {}, observe: () => 1 };
  expect(message("f2 x", whole, ["given", "observe"])).toBeUndefined();
});

test("a field that it cannot have is named, with the nearest that it can", () => {
  expect(message("u1 x", { ...spec, endpoints: false })).toBe(
    'unknown field "endpoints" of u1; did you mean "endPoints"?',
  );
});

test.each([
  [{ kind: "dynamic" }, 'invalid kind of w: "dynamic"'],
  [{ holdsIn: "some" }, 'invalid holdsIn of w: "some"; expected "every cell" or "some cell"'],
  [{ endPoints: "no" }, 'invalid endPoints of w: "no"; expected true or false'],
  [{ control: "GELU" }, 'invalid control of w: "GELU"; expected an object'],
  [{ control: {} }, "invalid name of the control of w: undefined; expected words"],
  [{ figure: "a.png" }, 'invalid figure of w: "a.png"; expected a function'],
  [{ role: "repaired" }, 'invalid role of w: "repaired"; expected a row beside it'],
])("%j is refused whatever the types said", (wrong, expected) => {
  const title = `w${JSON.stringify(wrong).replace(/\W/g, "")} x`;
  expect(message(title, { ...spec, ...wrong })?.replace(/\bw\w+/, "w")).toContain(expected);
});

test("an id of one's own does not look like a row of the note's", () => {
  expect(message("T99 x", spec)).toContain('invalid id of T99: "T99"; expected a row beside it');
  expect(message("Tea x", spec)).toBeUndefined();
  const ofRow = { claim: "c", row: "T1", role: "supporting" };
  expect(message("T99b x", ofRow)).toBe(
    'invalid id of T99b: "T99b"; expected one that begins with a row\'s, such as T1b',
  );
  expect(message("T1d x", ofRow)).toBeUndefined();
  expect(message("Z28 x", ofRow)).toBeUndefined();
  expect(message("T1c x", { claim: "c", row: "T1", role: "supporting", section: "One" })).toContain(
    'invalid section of T1c: "One"; expected none',
  );
});
