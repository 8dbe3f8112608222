import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoSuite } from "./testing/demo-suite.ts";

/** A population, an exact claim and a question that are well; each wrong hypothesis differs in one thing. */
const well = `
const population = () => ({
  section: "mine",
  claim: "After twenty steps a walk is at an even number.",
  given: walks(256),
  observe: ({ path }) => path.at(-1) % 2 === 0,
  expect: { nearlyAll: "an even end", when: (even) => even },
  control: { name: "one step more", steps: 21 },
});
const exact = () => ({
  section: "mine",
  claim: "Two odd numbers have an even sum.",
  properties: { sum: fc.property(fc.nat(), (x) => (2 * x) % 2 === 0) },
  nearMiss: { "one odd number": () => false },
});
const open = () => ({
  section: "mine",
  question: "How far does a walk get?",
  given: walks(16),
  measure: () => ({ answer: "Far.", values: { distance: { value: 4, low: 0, high: 20 } } }),
});
`;

type Kind = "population" | "exact" | "open";
/** What is changed, as code, and what the message has to say. */
type Wrong = readonly [kind: Kind, change: string, message: string];

const wrong: readonly Wrong[] = [
  // Words and places.
  ["population", "claim: ''", 'invalid claim of ID: ""; expected words'],
  ["population", "claim: 5", "invalid claim of ID: 5; expected words"],
  ["population", "claim: undefined", "claim among them"],
  ["population", "section: undefined", "invalid section of ID: undefined; expected words"],
  ["population", "section: undefined, row: 'Z9', role: 'repaired'", 'invalid row of ID: "Z9"'],
  ["population", "section: undefined, row: 'A1'", "invalid role of ID: undefined; expected as printed"],
  ["population", "section: undefined, row: 'A1', role: 'literal'", 'invalid role of ID: "literal"'],
  ["population", "row: 'A1', role: 'repaired'", 'invalid section of ID: "mine"; expected none'],
  ["population", "role: 'repaired'", 'invalid role of ID: "repaired"; expected a row beside it'],
  ["population", "operationalisation: []", "invalid operationalisation of ID: []; expected words"],
  ["exact", "claim: {}", "invalid claim of ID: {}; expected words"],
  ["open", "question: ' '", 'invalid claim of ID: " "; expected words'],
  // Names of fields.
  ["population", "endpoints: false", 'unknown field "endpoints" of ID; did you mean "endPoints"?'],
  ["population", "reading: 'so'", 'unknown field "reading" of ID'],
  ["population", "controls: {}", 'did you mean "control"?'],
  ["exact", "nearMisses: {}", 'did you mean "nearMiss"?'],
  ["open", "observe: () => 1", 'unknown field "observe" of ID'],
  ["population", "kind: 'dynamic'", 'invalid kind of ID: "dynamic"; expected "population" or "dynamics"'],
  ["population", "holdsIn: 'some'", 'invalid holdsIn of ID: "some"; expected "every cell" or "some cell"'],
  ["population", "endPoints: 0", "invalid endPoints of ID: 0; expected true or false"],
  ["population", "errorRate: 0", "invalid error rate: 0"],
  ["population", "errorRate: 'small'", 'invalid error rate: "small"'],
  // What is trained.
  ["population", "given: {}", "invalid given: {}"],
  ["population", "given: 5", "invalid given of ID: 5; expected an object"],
  ["population", "given: walks(20)", 'too few seeds: at most 20 in "given"'],
  ["population", "given: { ...walks(256), up: 2 }", "invalid up: 2; expected a probability"],
  ["population", "given: { a: walks(256) }, versus: { b: walks(256) }", 'expected a condition for the cell "a"'],
  ["population", "versus: walks(255)", "versus has 255 seeds; expected 256"],
  ["open", "given: {}", "invalid given: {}"],
  // Observations.
  ["population", "observe: 'path'", 'invalid observe of ID: "path"; expected a function'],
  ["population", "observe: async () => true", 'a Promise (async?) for seed 0 in "given"'],
  ["population", "observe: () => undefined", "observe gave undefined for seed 0"],
  ["population", "observe: () => null", "observe gave null for seed 0"],
  ["population", "observe: ({ path }) => path", "observe gave [0,"],
  ["population", "observe: () => ({ deep: { er: 1 } })", 'observe gave {"deep":{"er":1}}'],
  ["population", "observe: () => Number.NaN, expect: { nearlyAll: 1 }", "observe gave NaN for all 32 seeds"],
  ["population", "observe: ({ pth }) => pth.length > 0", "observe failed on seed 0"],
  // Criteria.
  ["population", "expect: 'always'", 'invalid expect of ID: "always"; expected an object'],
  ["population", "expect: {}", "expected one of nearlyAll, most, inAtLeast"],
  ["population", "expect: { nearlyal: 'x', when: () => true }", "expected one of nearlyAll, most, inAtLeast"],
  ["population", "expect: { nearlyAll: '', when: () => true }", "expected words beside `when`"],
  ["population", "expect: { nearlyAll: { even: true } }", "expected a value that the observation has to equal"],
  ["population", "expect: { inAtLeast: 1, that: 'x', when: () => true }", "expected less than 1"],
  ["population", "expect: { inAtLeast: 95, that: 'x', when: () => true }", "expected less than 1"],
  ["population", "expect: { nearlyAll: 'x', when: true }", "invalid when: true; expected a function"],
  ["population", "expect: { nearlyAll: 'x', when: () => undefined }", "the criterion answered undefined to true"],
  ["population", "expect: { nearlyAll: 'x', when: async () => true }", "the criterion answered"],
  ["population", "expect: { nearlyAll: 'x', when: (o) => o.far.away }", "the criterion failed on seed 0"],
  ["population", "expect: { nearlyAll: 'x', when: () => false }", "vacuous: nothing meets the criterion"],
  ["population", "expect: { nearlyAll: 'x', when: () => true }", "vacuous: the criterion"],
  // Controls.
  ["population", "control: undefined", "control among them"],
  ["population", "control: { steps: 21 }", "invalid name of the control of ID: undefined"],
  ["population", "control: { name: 'the same' }", "also holds in the control: the same"],
  ["population", "control: { name: 'longer', stps: 21 }", 'unknown field "stps" of the control; did you mean "steps"?'],
  ["population", "control: { name: 'few', steps: 21, seeds: [1, 2, 3] }", 'at most 3 in "control: few"'],
  ["population", "positiveControl: 5", "invalid positiveControl of ID: 5; expected an object"],
  ["population", "positiveControl: { steps: 22 }", "invalid name of the positive control of ID: undefined"],
  ["population", "positiveControl: { name: 'it', stps: 22 }", 'unknown field "stps" of the positive control; did you'],
  ["population", "positiveControl: { name: 'few', seeds: [1] }", 'at most 1 in "positive control: few"'],
  ["population", "positiveControl: { name: 'odd', steps: 21 }", "is refuted in the positive control: odd"],
  ["population", "witness: true", 'unknown field "witness" of ID'],
  // Statements of mathematics.
  ["exact", "properties: {}", "invalid property: {}; expected at least one"],
  ["exact", "nearMiss: {}", "invalid near miss: {}; expected at least one"],
  ["exact", "properties: { p: fc.property(fc.nat(), () => {}) }", "answered undefined (is a return missing?)"],
  ["exact", "properties: { p: fc.asyncProperty(fc.nat(), async () => true) }", "expected a synchronous property"],
  ["exact", "properties: { p: async () => true }", "answered a Promise (async?)"],
  ["exact", "properties: { p: () => fc.property(fc.nat(), () => true) }", "expected the property itself"],
  ["exact", "properties: { p: () => nothing.here }", "crashed instead of answering (ReferenceError"],
  ["exact", "nearMiss: { p: () => nothing.here }", "crashed instead of answering (ReferenceError"],
  ["exact", "nearMiss: { p: fc.property(fc.nat(), (x) => x.y.z) }", "crashed instead of answering (TypeError"],
  ["exact", "nearMiss: { p: () => true }", "vacuous: the near miss"],
  ["exact", "properties: [() => true]", "invalid property"],
  // Answers.
  ["open", "measure: async () => ({})", "measure gave a Promise (async?)"],
  ["open", "measure: () => undefined", "invalid answer: undefined; expected a line of words"],
  ["open", "measure: () => ({ answer: 'x', values: {} })", "invalid values: {}; expected at least one"],
  ["open", "measure: () => ({ answer: 'x', values: { v: 5 } })", "invalid measurement of v: 5; expected a value with"],
  ["open", "measure: () => ({ answer: 'x', values: { v: { value: NaN, low: 0, high: 1 } } })", "measurement of v: NaN"],
  ["open", "measure: () => ({ answer: 'x', values: { v: { value: 2, low: 0, high: 1 } } })", "holds the value 2"],
  ["open", "measure: () => ({ answer: 'x', values: { v: { value: 0, lo: 0, high: 1 } } })", 'did you mean "low"?'],
  // Figures.
  ["exact", "figure: 'a.png'", 'invalid figure of ID: "a.png"; expected a function'],
  ["exact", "figure: () => 'a.png'", 'the figure of ID is "a.png"; expected drawings'],
  ["exact", "figure: () => []", "the figure of ID is []; expected drawings"],
  ["population", "figure: async () => []", "the figure of ID is a Promise (async?); expected drawings"],
  ["open", "figure: () => ({ columns: 0, panels: [] })", "expected drawings"],
];

const idOf = (i: number) => `X${i + 1}`;
const spec = (source: string) => `
import fc from "fast-check";
import { hypothesesAbout } from "${source}/verification/hypothesis";
import { randomWalks, walks } from "${source}/verification/testing/random-walks";
const { hypothesis, exactClaim, openQuestion } = hypothesesAbout(randomWalks());
${well}
${wrong.map(([kind, change], i) => `${{ population: "hypothesis", exact: "exactClaim", open: "openQuestion" }[kind]}("${idOf(i)} wrong", { ...${kind}(), ${change} });`).join("\n")}
hypothesis("Y1 well", population());
exactClaim("Y2 well", exact());
openQuestion("Y3 well", open());
`;

let suite: DemoSuite;
let output: string;
beforeAll(() => {
  suite = new DemoSuite({ "demo.spec.ts": spec });
  output = suite.vitest(["-u"]).output;
}, 120_000);
afterAll(() => suite.remove());

test("none of many wrong hypotheses holds or is recorded; those that are well are", () => {
  expect(wrong.length).toBeGreaterThan(60);
  expect(existsSync(suite.recordFile)).toBe(true);
  expect(Object.keys(suite.record)).toEqual(["Y1", "Y2", "Y3"]);
});

/** The lines at the end of the run that say why a hypothesis failed, folded or not, as one. */
const reason = (id: string) => {
  const failed = output.slice(output.lastIndexOf("\n  failed:"));
  const start = failed.indexOf(`\n    ${id} `);
  const next = failed.slice(start + 1).search(/\n {4}\S|\n {2}\S/);
  return failed.slice(start, next < 0 ? undefined : start + 1 + next).replace(/\s+/g, " ");
};

test.each(wrong.map(([kind, change, message], i) => [idOf(i), kind, change, message] as const))(
  "%s, a wrong %s, says what is wrong: { %s }",
  (id, _, __, message) => {
    expect(reason(id)).toContain(message.replaceAll("ID", id));
  },
);
