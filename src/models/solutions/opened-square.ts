import { finite } from "../../util/check.ts";

/**
 * The tied ReLU model in the plane with features on a square: two of squared norms a and b = 1 − a share the first corner,
 * the others have squared norm 1. The two move apart by an angle x and push the neighbouring corners aside, towards the
 * fourth, which stays. With q = abx/(1 + 2ab) the corners turn by q each, the first of the two by q/a more than its
 * neighbour, the second by q/b: q/a + q + q + q/b = x. Each of the four pairs that were at right angles then overlaps a
 * little, and the two overlap less:
 *
 *   L = n − 4 − 2ab sin²x + 2a sin²(q/a) + 2b sin²(q/b) + 4 sin²q  ≈  n − 4 − 4a²b²x²/(1 + 2ab).
 *
 * With neighbours that stay the best is −2ab sin²x + 2a sin²(bx) + 2b sin²(ax), which has no term in x² and rises with x⁴.
 */
function push(a: number, x: number): number {
  finite("squared norm of the first", a, 0, true);
  finite("squared norm of the second", 1 - a, 0, true);
  return (a * (1 - a) * finite("angle", x)) / (1 + 2 * a * (1 - a));
}

/** The five columns: the two of the opened corner, the corners on the first's and the second's side, the fourth. */
export function openedSquare(a: number, x: number): number[][] {
  const q = push(a, x);
  const at = (angle: number, squaredNorm: number) => [
    Math.sqrt(squaredNorm) * Math.cos(angle),
    Math.sqrt(squaredNorm) * Math.sin(angle),
  ];
  const right = Math.PI / 2;
  return [at(q / a + q, a), at(-q / (1 - a) - q, 1 - a), at(right + q, 1), at(-right - q, 1), at(Math.PI, 1)];
}

/** n − 4 − L of these columns, an angle of 0 to a right angle: positive where opening the corner pays. */
export function openedSquareGain(a: number, x: number): number {
  const q = push(a, x);
  const b = 1 - a;
  return (
    2 * a * b * Math.sin(x) ** 2 - 2 * a * Math.sin(q / a) ** 2 - 2 * b * Math.sin(q / b) ** 2 - 4 * Math.sin(q) ** 2
  );
}
