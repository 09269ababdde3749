/** A table of numbers, row by row. The first column is usually 1: what holds when everything else is 0. */
export interface Design {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
}

export interface LogisticFit {
  readonly coefficients: Float64Array
  /** Of the coefficients, `columns` by `columns`; the roots of its diagonal are their standard errors. */
  readonly covariance: Float64Array
  /** False where the outcome can be told from a column alone (the coefficients run away), or nothing was found in time. */
  readonly converged: boolean
}

/**
 * Logistic regression by iteratively reweighted least squares (McCullagh and Nelder, Generalized Linear Models, 2.5).
 * `outcomes` are 0 or 1, one for each row; `weights` say how often each row counts.
 */
export function logisticRegression(
  design: Design,
  outcomes: Uint8Array,
  weights?: Float64Array,
): LogisticFit {
  const { columns } = design
  const coefficients = new Float64Array(columns)
  let converged = false
  for (let iteration = 0; iteration < mostIterations && !converged; iteration += 1) {
    const { gradient, information } = slopes(design, outcomes, coefficients, weights)
    const step = solved(cholesky(information, columns), gradient)
    let largest = 0
    for (let column = 0; column < columns; column += 1) {
      const change = Math.max(-largestStep, Math.min(largestStep, step[column]!))
      coefficients[column]! += change
      largest = Math.max(largest, Math.abs(change))
    }
    converged = largest < enough
  }
  const { information } = slopes(design, outcomes, coefficients, weights)
  return {
    coefficients,
    covariance: inverted(information, columns),
    converged: converged && coefficients.every((one) => Math.abs(one) < runaway),
  }
}

const mostIterations = 40
const largestStep = 4
const enough = 1e-8
const runaway = 25
/** Keeps a table whose columns depend on each other solvable; far below what any figure shows. */
const ridge = 1e-7

/**
 * How far one step of Newton's method goes from these coefficients for each weighting of the rows: what a redrawn sample moves
 * them by, nearly. What does not depend on the weights is found once.
 */
export function stepsFrom(
  design: Design,
  outcomes: Uint8Array,
  coefficients: Float64Array,
): (weights: Float64Array) => Float64Array {
  const { rows, columns, values } = design
  const residuals = new Float64Array(rows)
  const variances = new Float64Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const chance = chanceOf(design, row, coefficients)
    residuals[row] = outcomes[row]! - chance
    variances[row] = chance * (1 - chance)
  }
  const information = new Float64Array(columns * columns)
  return (weights) => {
    const gradient = new Float64Array(columns)
    information.fill(0)
    for (let row = 0; row < rows; row += 1) {
      const weight = weights[row]!
      if (weight !== 0)
        addRow(
          { gradient, information },
          values,
          row * columns,
          weight * residuals[row]!,
          weight * variances[row]!,
        )
    }
    finish({ gradient, information }, coefficients)
    return solved(cholesky(information, columns), gradient)
  }
}

/** The chance that the coefficients give to one row. */
export function chanceOf(design: Design, row: number, coefficients: Float64Array): number {
  const start = row * design.columns
  let sum = 0
  for (let column = 0; column < design.columns; column += 1)
    sum += design.values[start + column]! * coefficients[column]!
  return 1 / (1 + Math.exp(-sum))
}

interface Slopes {
  readonly gradient: Float64Array
  /** Its lower half is filled row by row; `finish` mirrors it. */
  readonly information: Float64Array
}

function slopes(
  design: Design,
  outcomes: Uint8Array,
  coefficients: Float64Array,
  weights: Float64Array | undefined,
): Slopes {
  const { rows, columns, values } = design
  const found: Slopes = {
    gradient: new Float64Array(columns),
    information: new Float64Array(columns * columns),
  }
  for (let row = 0; row < rows; row += 1) {
    const weight = weights === undefined ? 1 : weights[row]!
    if (weight === 0) continue
    const chance = chanceOf(design, row, coefficients)
    addRow(
      found,
      values,
      row * columns,
      weight * (outcomes[row]! - chance),
      weight * chance * (1 - chance),
    )
  }
  finish(found, coefficients)
  return found
}

function addRow(
  { gradient, information }: Slopes,
  values: Float64Array,
  start: number,
  residual: number,
  variance: number,
): void {
  const columns = gradient.length
  for (let i = 0; i < columns; i += 1) {
    const value = values[start + i]!
    if (value === 0) continue
    gradient[i]! += residual * value
    const scaled = variance * value
    const line = i * columns
    for (let j = 0; j <= i; j += 1) information[line + j]! += scaled * values[start + j]!
  }
}

function finish({ gradient, information }: Slopes, coefficients: Float64Array): void {
  const columns = gradient.length
  for (let i = 0; i < columns; i += 1) {
    gradient[i]! -= ridge * coefficients[i]!
    information[i * columns + i]! += ridge
    for (let j = 0; j < i; j += 1) information[j * columns + i] = information[i * columns + j]!
  }
}

/** The lower triangle L of L·Lᵀ. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k += 1) sum -= lower[i * size + k]! * lower[j * size + k]!
      lower[i * size + j] =
        i === j ? Math.sqrt(Math.max(sum, Number.EPSILON)) : sum / lower[j * size + j]!
    }
  return lower
}

function solved(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  const found = Float64Array.from(right)
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) found[i]! -= lower[i * size + k]! * found[k]!
    found[i]! /= lower[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) found[i]! -= lower[k * size + i]! * found[k]!
    found[i]! /= lower[i * size + i]!
  }
  return found
}

function inverted(matrix: Float64Array, size: number): Float64Array {
  const lower = cholesky(matrix, size)
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column += 1) {
    const unit = new Float64Array(size)
    unit[column] = 1
    inverse.set(solved(lower, unit), column * size)
  }
  return inverse
}
