export interface LogisticModel {
  readonly intercept: number
  readonly weights: readonly number[]
}

/** Solves a symmetric positive definite system by Cholesky's decomposition; `matrix` is row-major and is overwritten. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  const at = (row: number, column: number): number => matrix[row * size + column] as number
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let value = at(row, column)
      for (let k = 0; k < column; k++) value -= at(row, k) * at(column, k)
      matrix[row * size + column] = row === column ? Math.sqrt(value) : value / at(column, column)
    }
  const answer = Float64Array.from(right)
  for (let row = 0; row < size; row++) {
    let value = answer[row] as number
    for (let k = 0; k < row; k++) value -= at(row, k) * (answer[k] as number)
    answer[row] = value / at(row, row)
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = answer[row] as number
    for (let k = row + 1; k < size; k++) value -= at(k, row) * (answer[k] as number)
    answer[row] = value / at(row, row)
  }
  return answer
}

/**
 * Logistic regression by iteratively reweighted least squares (Newton's steps).
 * @param rows features without the intercept
 * @param ridge penalty on the weights, not on the intercept @default 1
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  target: readonly boolean[],
  ridge = 1,
): LogisticModel {
  const size = (rows[0]?.length ?? 0) + 1
  const weights = new Float64Array(size)
  const value = (row: readonly number[], column: number): number =>
    column === 0 ? 1 : (row[column - 1] as number)
  for (let step = 0; step < 25; step++) {
    const hessian = new Float64Array(size * size)
    const gradient = new Float64Array(size)
    rows.forEach((row, index) => {
      let logit = 0
      for (let a = 0; a < size; a++) logit += (weights[a] as number) * value(row, a)
      const probability = 1 / (1 + Math.exp(-logit))
      const miss = (target[index] ? 1 : 0) - probability
      const spread = Math.max(probability * (1 - probability), 1e-9)
      for (let a = 0; a < size; a++) {
        const va = value(row, a)
        gradient[a] = (gradient[a] as number) + miss * va
        for (let b = 0; b <= a; b++)
          hessian[a * size + b] = (hessian[a * size + b] as number) + spread * va * value(row, b)
      }
    })
    for (let a = 1; a < size; a++) {
      hessian[a * size + a] = (hessian[a * size + a] as number) + ridge
      gradient[a] = (gradient[a] as number) - ridge * (weights[a] as number)
    }
    const change = solve(hessian, gradient)
    let largest = 0
    for (let a = 0; a < size; a++) {
      weights[a] = (weights[a] as number) + (change[a] as number)
      largest = Math.max(largest, Math.abs(change[a] as number))
    }
    if (largest < 1e-8) break
  }
  const [intercept = 0, ...rest] = weights
  return { intercept, weights: rest }
}
