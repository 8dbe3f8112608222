import fc from "fast-check";
import { InputError } from "../util/check.ts";
import type { Finding } from "./finding.ts";
import { Vacuous } from "./population.ts";
import type { ExactSpec, Property } from "./specification.ts";

/** Inputs tried for each property. */
const runs = 200;

/** Evidence must not move by itself, so the generated inputs are the same in every run. */
const seed = 20_221_122;

/** Checks every property; a counterexample refutes the claim. A near miss without a counterexample makes it vacuous. */
export function concludeExact(spec: ExactSpec): Finding {
  if (Object.keys(spec.properties).length === 0)
    throw new InputError("invalid properties: {}; expected at least one property");
  if (Object.keys(spec.nearMiss).length === 0)
    throw new InputError("invalid nearMiss: {}; expected at least one near miss");
  const checks = Object.entries(spec.properties).map(([words, property]) => ({ words, ...check(property) }));
  const misses = Object.entries(spec.nearMiss).map(([words, property]) => ({ words, ...check(property) }));
  for (const miss of misses)
    if (miss.holds)
      throw new Vacuous(
        `vacuous: the near miss "${miss.words}" has no counterexample, though it has to be false`,
      );
  const failed = checks.filter((c) => !c.holds);
  const summary =
    failed.length === 0
      ? `${checks.length === 1 ? "true" : `${checks.length} statements true`} of every input generated`
      : failed.map((c) => `${c.words}: ${c.found}`).join("; ");
  return {
    claim: spec.claim,
    kind: "exact",
    verdict: failed.length === 0 ? "holds" : "refuted",
    summary,
    evidence: Object.fromEntries([
      ...checks.map((c) => [c.words, c.found] as const),
      ...misses.map((c) => [`near miss: ${c.words}`, c.found] as const),
    ]),
    ...(spec.figure ? { draw: spec.figure } : {}),
  };
}

function check(property: Property): { holds: boolean; found: string } {
  if (typeof property === "function") {
    try {
      return property() === false ? { holds: false, found: "false" } : { holds: true, found: "true" };
    } catch (error) {
      return { holds: false, found: firstLine(error) };
    }
  }
  const details = fc.check(property as fc.IProperty<unknown>, { numRuns: runs, seed });
  if (!details.failed) return { holds: true, found: `no counterexample in ${details.numRuns} inputs` };
  return { holds: false, found: `counterexample ${fc.stringify(details.counterexample)}` };
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0]!;
}
