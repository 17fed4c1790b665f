import { lstmCaps } from "./lstm-caps.ts"
import { type LstmCheckpoint, fitsRequest } from "./lstm-checkpoint.ts"
import type { LstmRequest } from "./lstm-request.ts"

/** Why a training is refused, by name, and in a sentence. */
export type LstmProblem =
  | { because: "too-many"; what: keyof typeof lstmCaps; most: number; is: number; inWords: string }
  | { because: "not-positive"; what: keyof LstmRequest; inWords: string }
  | { because: "unequal-columns"; column: number; inWords: string }
  | { because: "no-window"; at: number; candle: number; inWords: string }
  | { because: "missing-value"; column: number; candle: number; inWords: string }
  | { because: "bad-label"; candle: number; inWords: string }
  | { because: "other-checkpoint"; inWords: string }
  | { because: "diverged"; epoch: number; inWords: string }

/** The first reason not to train, with its place; undefined where there is none. */
export function lstmProblem(request: LstmRequest, from?: LstmCheckpoint): LstmProblem | undefined {
  return (
    capProblem(request) ??
    numberProblem(request) ??
    lengthProblem(request) ??
    valueProblem(request, request.examples) ??
    valueProblem(request, request.validation) ??
    (from && !fitsRequest(from, request) ? otherCheckpoint : undefined)
  )
}

const otherCheckpoint = {
  because: "other-checkpoint",
  inWords: "What was kept of this training belongs to a network of another size; start it anew.",
} as const

function capProblem(request: LstmRequest): LstmProblem | undefined {
  const asked = {
    units: request.units,
    windowCandles: request.windowCandles,
    features: request.columns.length,
    mostEpochs: request.mostEpochs,
    batchSize: request.batchSize,
    examples: request.examples.length + request.validation.length,
    candles: request.labels.length,
  }
  for (const what of Object.keys(asked) as (keyof typeof asked)[]) {
    const [is, most] = [asked[what], lstmCaps[what]]
    if (is > most) return { because: "too-many", what, most, is, inWords: `${what} may be at most ${most}, not ${is}.` }
  }
  return undefined
}

const MOST_SEED = 2 ** 32 - 1

function numberProblem(request: LstmRequest): LstmProblem | undefined {
  const whole = ["units", "windowCandles", "mostEpochs", "batchSize", "patience"] as const
  const stray = whole.find((what) => !Number.isInteger(request[what]) || request[what] < 1)
  if (stray) return notPositive(stray, "a whole number from 1 up")
  if (!(request.learningRate > 0 && request.learningRate <= 1))
    return notPositive("learningRate", "above 0 and up to 1")
  if (!Number.isInteger(request.seed) || request.seed < 0 || request.seed > MOST_SEED)
    return notPositive("seed", "a whole number from 0 to 2^32 - 1")
  const empty = (["columns", "examples", "validation"] as const).find((what) => request[what].length === 0)
  return empty && notPositive(empty, "at least one")
}

function notPositive(what: keyof LstmRequest, must: string): LstmProblem {
  return { because: "not-positive", what, inWords: `${what} must be ${must}.` }
}

function lengthProblem({ columns, labels }: LstmRequest): LstmProblem | undefined {
  const column = columns.findIndex(({ length }) => length !== labels.length)
  const inWords = `Feature ${column + 1} has another number of candles than the labels.`
  return column === -1 ? undefined : { because: "unequal-columns", column, inWords }
}

function valueProblem(request: LstmRequest, examples: Int32Array): LstmProblem | undefined {
  const { labels, windowCandles } = request
  const missing = lastMissing(request)
  for (const [at, candle] of examples.entries()) {
    if (candle < windowCandles - 1 || candle >= labels.length) return noWindow(at, candle)
    if (missing[candle] > candle - windowCandles) return missingValue(request, missing[candle])
    if (!isLabel(labels[candle], request)) return badLabel(candle)
  }
  return undefined
}

/** For each candle the last one, up to itself, at which any feature has no number; -1 before the first such. */
function lastMissing({ columns, labels }: LstmRequest): Int32Array {
  let last = -1
  return Int32Array.from({ length: labels.length }, (_, candle) => {
    if (columns.some((column) => !Number.isFinite(column[candle]))) last = candle
    return last
  })
}

function isLabel(label: number, { loss }: LstmRequest) {
  return loss === "squared" ? Number.isFinite(label) : label === 0 || label === 1
}

function noWindow(at: number, candle: number): LstmProblem {
  const inWords = `The example at ${at} ends at candle ${candle}, where there is no whole window.`
  return { because: "no-window", at, candle, inWords }
}

function missingValue({ columns }: LstmRequest, candle: number): LstmProblem {
  const column = columns.findIndex((values) => !Number.isFinite(values[candle]))
  const inWords = `Feature ${column + 1} is not a number at candle ${candle}, which an example needs.`
  return { because: "missing-value", column, candle, inWords }
}

function badLabel(candle: number): LstmProblem {
  return { because: "bad-label", candle, inWords: `The label of candle ${candle} is not one this loss can learn.` }
}
