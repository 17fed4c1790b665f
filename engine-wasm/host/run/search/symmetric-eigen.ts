/** More sweeps than any matrix of this size needs: convergence is quadratic. */
const MOST_SWEEPS = 30

/** A symmetric matrix as directions (columns of `vectors`) and how far it stretches each. */
export type Eigen = { values: number[]; vectors: number[][] }

/** Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub & Van Loan, section 8.5). */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const a = matrix.map((row) => [...row])
  const vectors = a.map((_, row) => a.map((__, column) => Number(row === column)))
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > 0; sweep++)
    for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) rotate(a, vectors, p, q)
  return { values: a.map((row, at) => row[at]), vectors }
}

/** What is left beside the diagonal, 0 where it no longer counts. */
function offDiagonal(a: readonly (readonly number[])[]): number {
  let beside = 0
  let along = 0
  a.forEach((row, p) => row.forEach((value, q) => (p === q ? (along += value * value) : (beside += value * value))))
  return beside > 1e-30 * along ? beside : 0
}

/** Turns the plane of two axes so that their entry is 0. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  if (a[p][q] === 0) return
  const slope = (a[q][q] - a[p][p]) / (2 * a[p][q])
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  const turn = (rows: number[][]) => {
    for (const row of rows) [row[p], row[q]] = [cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]]
  }
  turn(a)
  for (let k = 0; k < a.length; k++)
    [a[p][k], a[q][k]] = [cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]]
  turn(vectors)
}
