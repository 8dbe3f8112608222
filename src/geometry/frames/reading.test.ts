import { describe, expect, test } from "vitest";
import { assignedReaders, cosine, nearestReaders, readDirections, strongestReaders } from "./reading.ts";

const at = (degrees: number, length = 1) => {
  const angle = (degrees * Math.PI) / 180;
  return [length * Math.cos(angle), length * Math.sin(angle)];
};

describe("readDirections", () => {
  const written = [at(0, 1), at(2, 3), at(90, 1), at(180, 2), at(270, 0.001)];

  test("groups written vectors and keeps the groups of which enough is read", () => {
    // Own outputs: 0.2 and 0.1 along 0°, 0.2 along 90°, 2 along 180°; the last is too short.
    const reading = [at(0, 0.2), at(2, 0.1 / 3), at(90, 0.2), at(180, 1), at(270, 1000)];
    const found = readDirections(written, reading, { tolerance: 0.01 });
    expect(found.map(({ strongest }) => strongest)).toEqual([0, 3]);
    const near = (a: readonly number[], b: readonly number[]) => {
      a.forEach((x, k) => {
        expect(x).toBeCloseTo(b[k]!, 12);
      });
    };
    near(found[0]!.written, at(2, Math.sqrt(10)));
    near(found[0]!.reading, at(0, Math.sqrt(0.04 + 0.01 / 9)));
    near(found[1]!.written, at(180, 2));
  });

  test("a member that is read negatively takes nothing away from its direction", () => {
    const reading = [at(0, 0.3), at(182, 5), at(90, 0), at(180, 0), at(270, 0)];
    expect(readDirections(written, reading, { tolerance: 0.01 })).toMatchObject([
      { strongest: 0, reading: at(0, 0.3) },
    ]);
  });

  test("the member that is read most need not come first, and of equals the first counts", () => {
    const along = [
      [1, 0],
      [1, 0],
    ];
    expect(readDirections(along, [at(0, 0.2), at(0, 0.7)])).toMatchObject([{ strongest: 1 }]);
    expect(readDirections(along, along)).toMatchObject([{ strongest: 0 }]);
  });

  test("a member of which nothing is read adds nothing to the reading", () => {
    const along = [
      [1, 0],
      [1, 0],
    ];
    const reading = [
      [2, 0],
      [0, 5],
    ];
    expect(readDirections(along, reading)).toMatchObject([{ reading: [2, 0] }]);
  });

  test("a quarter has to be recovered, and reaching it is enough", () => {
    const count = (shown: number) => readDirections([[1, 0]], [[shown, 0]]).length;
    expect([count(0.24), count(0.25)]).toEqual([0, 1]);
  });

  test("asks for one reading vector of the same dimension for each written one", () => {
    expect(() => readDirections([at(0)], [[1, 0, 0]])).toThrow("point: [1,0,0]");
    expect(() => readDirections(written, [at(0)])).toThrow("number of reading vectors: 1; expected 5");
  });
});

describe("pairings", () => {
  // The second reader is nearest to both written vectors, but the first is much longer.
  const written = [at(0), at(50)];
  const reading = [at(-40, 10), at(30)];

  test("by angle, by dot product, and one to one", () => {
    expect(nearestReaders(written, reading)).toEqual([1, 1]);
    expect(strongestReaders(written, reading)).toEqual([0, 1]);
    expect(assignedReaders(written, reading)).toEqual([0, 1]);
  });

  test("one to one maximises the sum of cosines, whatever the lengths", () => {
    expect(assignedReaders([at(0), at(90)], [at(80, 9), at(10, 0.1)])).toEqual([1, 0]);
  });

  test("the first of equals", () => {
    expect(nearestReaders([at(0)].concat([at(0)]), [at(0), at(0)])).toEqual([0, 0]);
  });

  test("the cosine with a vector that vanishes is 0", () => {
    expect(cosine([0, 0], [1, 0])).toBe(0);
    expect(cosine([0, 2], [0, -3])).toBe(-1);
  });
});
