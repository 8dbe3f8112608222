import { fail } from "../../util/check.ts";
import { largestBy } from "../../util/numbers.ts";
import { type DirectionOptions, directions } from "../directions.ts";
import { checkPoints, dot, norm, type Point, scale, unit } from "../vector.ts";
import { assign } from "./assignment.ts";

/**
 * Untied models write feature i along vᵢ, column i of the embedding, and read it along uᵢ, row i of the unembedding;
 * M_ij = uⱼ·vᵢ is what output j shows for input i before the nonlinearity.
 */

/** What the outputs must show together, Σ ReLU(uᵢ·vᵢ) over the features of a direction, for it to be read. */
const recovered = 0.25;

/**
 * The directions of the written vectors of which enough is read. Directions are grouped as `directions` does.
 *
 * @param written [features] vectors of ℝᵈ, and `reading` as many
 */
export function readDirections(written: readonly Point[], reading: readonly Point[], grouping: DirectionOptions = {}) {
  check(written, reading);
  const own = written.map((v, i) => dot(v, reading[i]!));
  const together = (members: readonly number[], vectors: readonly Point[], along: number) => {
    const length = Math.sqrt(members.reduce((sum, i) => sum + dot(vectors[i]!, vectors[i]!), 0));
    return scale(unit(vectors[along]!), length);
  };
  return directions(written, grouping)
    .directions.map(({ members }) => members)
    .filter((members) => members.reduce((sum, i) => sum + Math.max(0, own[i]!), 0) >= recovered)
    .map((members) => {
      const longest = largestBy(members, (i) => norm(written[i]!));
      const strongest = largestBy(members, (i) => own[i]!);
      const read = members.filter((i) => own[i]! > 0);
      return {
        /** The member whose own output shows most of it (largest M_ii). */
        strongest,
        /** Along the longest member's written vector, as long as √Σ‖vᵢ‖² over the members. */
        written: together(members, written, longest),
        /** Along the strongest member's reading vector, as long as √Σ‖uᵢ‖² over the members whose M_ii is positive. */
        reading: together(read, reading, strongest),
      };
    });
}

/** Cosine of the angle between two vectors; 0 where one of them vanishes. */
export function cosine(a: Point, b: Point): number {
  const size = norm(a) * norm(b);
  return size > 0 ? dot(a, b) / size : 0;
}

/** For each written vector the index of the reading vector at the smallest angle (the first of equals). */
export function nearestReaders(written: readonly Point[], reading: readonly Point[]): number[] {
  return pair(written, reading, cosine);
}

/** For each written vector the index of the reading vector with the largest dot product (the first of equals). */
export function strongestReaders(written: readonly Point[], reading: readonly Point[]): number[] {
  return pair(written, reading, dot);
}

/** The one-to-one pairing of written with reading vectors that has the largest sum of cosines. */
export function assignedReaders(written: readonly Point[], reading: readonly Point[]): number[] {
  check(written, reading);
  return assign(written.map((v) => reading.map((u) => -cosine(v, u))));
}

function pair(written: readonly Point[], reading: readonly Point[], score: (v: Point, u: Point) => number): number[] {
  check(written, reading);
  return written.map((v) => reading.indexOf(largestBy(reading, (u) => score(v, u))));
}

function check(written: readonly Point[], reading: readonly Point[]): void {
  if (written.length !== reading.length)
    fail("number of reading vectors", reading.length, `${written.length}, one for each written vector`);
  checkPoints([...written, ...reading]);
}
