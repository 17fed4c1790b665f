import { exp, ln1p } from "../../candles/elementary-function.ts"

/** Examples as columns of standardised features, each row with a label: 0 or 1, or a number. */
export type Examples = { columns: readonly Float64Array[]; labels: Float64Array }
/** A weighted sum: one weight for each feature, then what is added. */
export type LinearFit = { weights: Float64Array; bias: number }

/** How strongly weights are held near 0, as a share of the examples; the next one only where it does better. */
const SHRINKAGES = [3, 0.3, 0.03, 0.003, 0.0003]
const NEWTON_STEPS = 25
const SMALLEST_STEP = 1e-9
/** This share of the examples, the newest, judges how strongly to shrink. */
const JUDGING_SHARE = 0.25

type Loss = "logistic" | "squared"

/**
 * Weights by least squares, or by logistic regression (Newton's method), shrunk towards 0 (A. Hoerl and R. Kennard,
 * 1970) as strongly as the newest quarter of the examples asks for; `gap` examples before it are left out, as their
 * outcomes reach into it.
 */
export function fittedLinear(examples: Examples, { loss, gap }: { loss: Loss; gap: number }): LinearFit {
  const count = examples.labels.length
  const judgedFrom = Math.floor(count * (1 - JUDGING_SHARE))
  const known = part(examples, 0, Math.max(1, judgedFrom - gap))
  const judges = part(examples, judgedFrom, count)
  let [best, least] = [SHRINKAGES[0], Infinity]
  let start: LinearFit | undefined
  for (const shrinkage of SHRINKAGES) {
    start = fitOf(known, { loss, shrinkage, start })
    const found = lossOf(judges, start, loss)
    if (found < least) [best, least] = [shrinkage, found]
  }
  return fitOf(examples, { loss, shrinkage: best })
}

function part({ columns, labels }: Examples, from: number, to: number): Examples {
  return { columns: columns.map((column) => column.subarray(from, to)), labels: labels.subarray(from, to) }
}

/** Plain logistic regression without shrinking, for one or two features: how a number becomes a probability. */
export function calibrated(scores: Float64Array, labels: Float64Array): { slope: number; shift: number } {
  const { weights, bias } = fitOf({ columns: [scores], labels }, { loss: "logistic", shrinkage: 1e-6 })
  return { slope: weights[0], shift: bias }
}

type FitOptions = { loss: Loss; shrinkage: number; start?: LinearFit }

function fitOf(examples: Examples, { loss, shrinkage, start }: FitOptions): LinearFit {
  const width = examples.columns.length
  const at = new Float64Array(width + 1)
  if (start) {
    at.set(start.weights)
    at[width] = start.bias
  }
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const { gradient, curvature } = slopes(examples, at, loss)
    const held = shrinkage * examples.labels.length
    for (let n = 0; n < width; n++) {
      gradient[n] -= held * at[n]
      curvature[n * (width + 1) + n] += held
    }
    const move = solved(curvature, gradient)
    for (let n = 0; n <= width; n++) at[n] += move[n]
    if (loss === "squared" || largest(move) < SMALLEST_STEP) break
  }
  return { weights: at.slice(0, width), bias: at[width] }
}

/** Logistic curvature is never quite flat, so that a step stays finite where classes are far apart. */
const FLATTEST = 1e-6

function slopes({ columns, labels }: Examples, at: Float64Array, loss: Loss) {
  const size = columns.length + 1
  const gradient = new Float64Array(size)
  const curvature = new Float64Array(size * size)
  const row = new Float64Array(size).fill(1)
  for (let example = 0; example < labels.length; example++) {
    for (let n = 0; n < columns.length; n++) row[n] = columns[n][example]
    const score = dot(row, at)
    const said = loss === "logistic" ? sigmoid(score) : score
    const weight = loss === "logistic" ? Math.max(said * (1 - said), FLATTEST) : 1
    const missing = labels[example] - said
    for (let n = 0; n < size; n++) {
      gradient[n] += missing * row[n]
      const scaled = weight * row[n]
      for (let m = 0; m <= n; m++) curvature[n * size + m] += scaled * row[m]
    }
  }
  return { gradient, curvature }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let n = 0; n < a.length; n++) sum += a[n] * b[n]
  return sum
}

/** 1 / (1 + e^-x), the same on every machine. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x))
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** The solution of a symmetric system given by its lower half, by Cholesky's decomposition; where flat, nothing moves. */
function solved(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  for (let n = 0; n < size; n++) {
    for (let m = 0; m <= n; m++) {
      let sum = lower[n * size + m]
      for (let k = 0; k < m; k++) sum -= lower[n * size + k] * lower[m * size + k]
      lower[n * size + m] = m < n ? sum / lower[m * size + m] : Math.sqrt(Math.max(sum, Number.MIN_VALUE))
    }
  }
  const answer = Float64Array.from(right)
  for (let n = 0; n < size; n++) {
    for (let k = 0; k < n; k++) answer[n] -= lower[n * size + k] * answer[k]
    answer[n] /= lower[n * size + n]
  }
  for (let n = size - 1; n >= 0; n--) {
    for (let k = n + 1; k < size; k++) answer[n] -= lower[k * size + n] * answer[k]
    answer[n] /= lower[n * size + n]
  }
  return answer
}

/** What a row of features comes to. */
export function scoreAt(columns: readonly Float64Array[], { weights, bias }: LinearFit, row: number): number {
  let sum = bias
  for (let n = 0; n < columns.length; n++) sum += columns[n][row] * weights[n]
  return sum
}

function lossOf({ columns, labels }: Examples, fit: LinearFit, loss: Loss): number {
  let sum = 0
  for (let row = 0; row < labels.length; row++) {
    const score = scoreAt(columns, fit, row)
    sum += loss === "squared" ? (labels[row] - score) ** 2 : logLoss(score, labels[row])
  }
  return sum / labels.length
}

function logLoss(score: number, label: number): number {
  return Math.max(score, 0) - score * label + ln1p(exp(-Math.abs(score)))
}
