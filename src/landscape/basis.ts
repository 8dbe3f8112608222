import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { dot, norm } from "../geometry/vector.ts";

/**
 * An orthonormal basis of what the vectors span, by Gram–Schmidt done twice. A vector that keeps less than
 * 1e-8 of its length once the earlier ones are taken out adds nothing.
 */
export function orthonormalise(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = Float64Array.from(vector);
    for (let pass = 0; pass < 2; pass++)
      for (const unit of basis) {
        const along = dot(rest, unit);
        for (let k = 0; k < rest.length; k++) rest[k] = rest[k]! - along * unit[k]!;
      }
    const length = norm(rest);
    if (length > 1e-8 * norm(vector)) basis.push(rest.map((x) => x / length));
  }
  return basis;
}

/** An orthonormal basis of the x with rows · x = 0, up to 1e-9 of the largest singular value. */
export function nullSpace(rows: readonly (readonly number[])[]): number[][] {
  const columns = rows[0]!.length;
  // The decomposition gives every right singular vector only of a matrix with as many rows as columns: pad with 0.
  const matrix = Matrix.zeros(Math.max(rows.length, columns), columns);
  rows.forEach((row, i) => {
    matrix.setRow(i, [...row]);
  });
  const { diagonal, rightSingularVectors } = new SingularValueDecomposition(matrix, {
    computeLeftSingularVectors: false,
  });
  const cut = 1e-9 * Math.max(...diagonal);
  return diagonal.flatMap((value, k) => (value <= cut ? [rightSingularVectors.getColumn(k)] : []));
}
