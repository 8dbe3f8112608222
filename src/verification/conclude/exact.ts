import fc from "fast-check";
import { InputError, quote } from "../../util/check.ts";
import type { Checked } from "../claim/conclusion.ts";
import type { ExactSpec, Property } from "../claim/specification.ts";
import { type Finding, Vacuous } from "./finding.ts";

/** So many inputs for each property, the same in every run: evidence must not move by itself. */
const generated = { numRuns: 200, seed: 20_221_122 };

/**
 * Checks every property; a counterexample refutes the claim. A near miss without a counterexample makes it vacuous. A property that
 * answers anything but true or false, or that crashes, says nothing about the claim and is an error.
 */
export function concludeExact({ properties, nearMiss, figure }: ExactSpec): Finding {
  const evidence = { properties: checkAll("property", properties), nearMisses: checkAll("near miss", nearMiss) };
  for (const [words, { holds }] of Object.entries(evidence.nearMisses))
    if (holds) throw new Vacuous(`the near miss "${words}" has no counterexample, though it has to be false`);
  const verdict = Object.values(evidence.properties).every(({ holds }) => holds) ? "holds" : "refuted";
  return { kind: "exact", verdict, evidence, errorRate: null, figure, galleries: [], replay: null };
}

function checkAll(what: string, statements: unknown): Record<string, Checked> {
  const named = typeof statements === "object" && statements !== null && !Array.isArray(statements);
  if (!named || Object.keys(statements).length === 0)
    throw new InputError(`invalid ${what}: ${quote(statements)}; expected at least one statement, by its words`);
  return Object.fromEntries(
    Object.entries(statements).map(([words, property]) => [words, check(`${what} ${quote(words)}`, property)]),
  );
}

function check(what: string, property: Property): Checked {
  if (typeof property === "function") return checkPlain(what, property);
  if (!isProperty(property))
    throw new InputError(
      `invalid ${what}: ${quote(property)}; expected a property of fast-check, or a function that answers true or false`,
    );
  const { predicate } = property as { readonly predicate?: (input: unknown) => unknown };
  if (property.isAsync() || predicate === undefined)
    throw new InputError(`${what}: expected a synchronous property, fc.property(…)`);
  let mistake: InputError | undefined;
  const strict = Object.assign(Object.create(property) as fc.IProperty<unknown>, {
    predicate: (input: unknown) => {
      try {
        const answer = asked(what, () => predicate(input));
        if (typeof answer !== "boolean") throw notBoolean(what, answer);
        return answer;
      } catch (error) {
        if (error instanceof InputError) mistake ??= error;
        throw error;
      }
    },
  });
  const details = fc.check(strict, generated);
  if (mistake) throw mistake;
  if (!details.failed) return { holds: true, found: `no counterexample in ${details.numRuns} inputs` };
  if (details.counterexample === null)
    throw new InputError(`${what}: too few inputs meet its precondition: ${details.numSkips} were skipped`);
  const message = (details as { errorInstance?: unknown }).errorInstance;
  const why = message instanceof Failed ? `: ${message.message}` : "";
  return { holds: false, found: `counterexample ${fc.stringify(details.counterexample)}${why}` };
}

function checkPlain(what: string, test: () => unknown): Checked {
  try {
    const answer = asked(what, test);
    if (typeof answer === "boolean") return { holds: answer, found: String(answer) };
    if (isProperty(answer))
      throw new InputError(`${what}: returned a property; expected the property itself, not a function`);
    throw notBoolean(what, answer);
  } catch (error) {
    if (error instanceof Failed) return { holds: false, found: error.message };
    throw error;
  }
}

const isProperty = (value: unknown): value is fc.IRawProperty<unknown> =>
  typeof value === "object" && value !== null && "generate" in value && "isAsync" in value;

/** An assertion that failed: false, with a message. */
class Failed extends Error {}

/** What a check answers. Throws Failed for an assertion that failed, InputError for a check that crashed. */
function asked(what: string, test: () => unknown): unknown {
  try {
    return test();
  } catch (error) {
    if (fc.PreconditionFailure.isFailure(error)) throw error;
    const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
    const [line] = message.split("\n");
    if (name === "AssertionError") throw new Failed(line);
    throw new InputError(
      `${what}: crashed instead of answering (${name || "thrown"}: ${line}); expected true, false, or a failed assertion`,
    );
  }
}

function notBoolean(what: string, answer: unknown): InputError {
  const hint = answer === undefined ? " (is a return missing?)" : answer instanceof Promise ? " (async?)" : "";
  return new InputError(
    `${what}: answered ${answer instanceof Promise ? "a Promise" : quote(answer)}${hint}; expected true or false`,
  );
}
