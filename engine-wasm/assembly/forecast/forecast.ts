// A trained model at work, candle by candle. Each of its parts knows candles up to some day only, and is used for later
// ones: over the history it learnt from, a forecast is never made by what had seen that candle.
import { COLUMN_BYTES, get, number, set, source } from "../column"
import { ForecastCap, ForecastKind, ForecastNumber, ForecastTail } from "./forecast-word"
import { beginWindow, endWindow, projectFeatures, remember } from "./lstm"
import { sigmoid } from "./sigmoid"

const GATES: i32 = 4
const MOST_DEVIATIONS: f64 = <f64>ForecastCap.deviations
/** How many candles in a row had all features; where the next one goes in the ring; the part in use, 0 for none. */
const STREAK: usize = 0
const SLOT: usize = 8
const PART: usize = 16
const RING: usize = 24

const OUTPUTS: i32 = 4

/** Bytes of state: a ring of the window's features, and of what the memory makes of each. */
export function forecastBytes(numbers: usize): i32 {
  return <i32>RING + word(numbers, ForecastNumber.window) * rowBytes(numbers)
}

function rowBytes(numbers: usize): i32 {
  return (word(numbers, ForecastNumber.features) + gateCount(numbers)) << 3
}

function gateCount(numbers: usize): i32 {
  return isLstm(numbers) ? GATES * word(numbers, ForecastNumber.units) : 0
}

function isLstm(numbers: usize): bool {
  return word(numbers, ForecastNumber.kind) == ForecastKind.lstm
}

function word(numbers: usize, n: i32): i32 {
  return <i32>number(numbers, n)
}

/** Forecasts for the next `count` candles. Sources: the candle's opening time, then the features. */
export function forecastRun(count: i32, destination: usize, sources: usize, state: usize, numbers: usize): void {
  const times = source(sources, 0)
  for (let i = 0; i < count; i++) {
    usePartAt(get(times, i), state, numbers)
    takeRow(i, sources, state, numbers)
    if (isReady(state, numbers)) answer(i, destination, state, numbers)
    else notReady(i, destination, numbers)
  }
}

/** The last part that may be used for a candle which opens now. What the memory made of the ring is made again. */
function usePartAt(openTimeMs: f64, state: usize, numbers: usize): void {
  const count = word(numbers, ForecastNumber.partCount)
  let part = <i32>load<f64>(state, PART)
  const before = part
  while (part < count && openTimeMs >= number(numbers, ForecastNumber.length + part)) part++
  if (part == before) return
  store<f64>(state, <f64>part, PART)
  for (let slot = 0; slot < word(numbers, ForecastNumber.window); slot++) project(slot, state, numbers)
}

/** Weights of the part in use. */
function partWeights(state: usize, numbers: usize): usize {
  const part = <i32>load<f64>(state, PART) - 1
  const at = ForecastNumber.length + word(numbers, ForecastNumber.partCount) + part * word(numbers, ForecastNumber.partLength)
  return numbers + ((<usize>at) << 3)
}

function row(slot: i32, state: usize, numbers: usize): usize {
  return state + RING + <usize>(slot * rowBytes(numbers))
}

function takeRow(i: i32, sources: usize, state: usize, numbers: usize): void {
  const slot = <i32>load<f64>(state, SLOT)
  const at = row(slot, state, numbers)
  let isWhole = true
  for (let n = 0; n < word(numbers, ForecastNumber.features); n++) {
    const value = get(source(sources, n + 1), i)
    isWhole = isWhole && value - value == 0
    set(at, n, value)
  }
  store<f64>(state, isWhole ? load<f64>(state, STREAK) + 1 : 0, STREAK)
  store<f64>(state, slot + 1 == word(numbers, ForecastNumber.window) ? 0 : slot + 1, SLOT)
  project(slot, state, numbers)
}

function isReady(state: usize, numbers: usize): bool {
  return load<f64>(state, PART) > 0 && load<f64>(state, STREAK) >= number(numbers, ForecastNumber.window)
}

const standard: usize = memory.data(64 * 8, 16)

/** A row's features as the part saw them in training: less their mean, over their deviation. */
function standardise(at: usize, state: usize, numbers: usize): void {
  const weights = partWeights(state, numbers)
  const count = word(numbers, ForecastNumber.features)
  for (let n = 0; n < count; n++) {
    const value = (get(at, n) - get(weights, n)) * get(weights, count + n)
    set(standard, n, min(max(value, -MOST_DEVIATIONS), MOST_DEVIATIONS))
  }
}

function body(state: usize, numbers: usize): usize {
  return partWeights(state, numbers) + ((<usize>word(numbers, ForecastNumber.features)) << 4)
}

/** Does the part of the memory's work that asks for one candle only. */
function project(slot: i32, state: usize, numbers: usize): void {
  if (!isLstm(numbers) || load<f64>(state, PART) == 0) return
  const features = word(numbers, ForecastNumber.features)
  const at = row(slot, state, numbers)
  standardise(at, state, numbers)
  projectFeatures(standard, features, body(state, numbers), word(numbers, ForecastNumber.units), at + ((<usize>features) << 3))
}

function answer(i: i32, destination: usize, state: usize, numbers: usize): void {
  if (word(numbers, ForecastNumber.kind) == ForecastKind.regimes) return set(destination, i, nearestCentre(state, numbers))
  const z = isLstm(numbers) ? remembered(state, numbers) : weightedSum(state, numbers)
  const weights = partWeights(state, numbers)
  const tail = weights + ((<usize>(word(numbers, ForecastNumber.partLength) - ForecastTail.length)) << 3)
  const value = z * get(tail, ForecastTail.valueScale) + get(tail, ForecastTail.valueShift)
  const band = get(tail, ForecastTail.band)
  set(destination, i, value)
  set(destination + COLUMN_BYTES, i, sigmoid(z * get(tail, ForecastTail.probabilitySlope) + get(tail, ForecastTail.probabilityShift)))
  set(destination + 2 * COLUMN_BYTES, i, value - band)
  set(destination + 3 * COLUMN_BYTES, i, value + band)
}

function notReady(i: i32, destination: usize, numbers: usize): void {
  const outputs = word(numbers, ForecastNumber.kind) == ForecastKind.regimes ? 1 : OUTPUTS
  for (let n = 0; n < outputs; n++) set(destination + <usize>n * COLUMN_BYTES, i, NaN)
}

function newestSlot(state: usize, numbers: usize): i32 {
  const next = <i32>load<f64>(state, SLOT)
  return next == 0 ? word(numbers, ForecastNumber.window) - 1 : next - 1
}

function weightedSum(state: usize, numbers: usize): f64 {
  const count = word(numbers, ForecastNumber.features)
  const weights = body(state, numbers)
  standardise(row(newestSlot(state, numbers), state, numbers), state, numbers)
  let sum: f64 = 0
  for (let n = 0; n < count; n++) sum += get(standard, n) * get(weights, n)
  return sum + get(weights, count)
}

function remembered(state: usize, numbers: usize): f64 {
  const features = word(numbers, ForecastNumber.features)
  const units = word(numbers, ForecastNumber.units)
  const window = word(numbers, ForecastNumber.window)
  const width = <usize>(units * GATES) << 3
  const recurrent = body(state, numbers) + <usize>features * width
  let slot = <i32>load<f64>(state, SLOT)
  beginWindow(units)
  for (let n = 0; n < window; n++) {
    remember(row(slot, state, numbers) + ((<usize>features) << 3), recurrent, units)
    slot = slot + 1 == window ? 0 : slot + 1
  }
  return endWindow(recurrent + <usize>units * width + width, units)
}

function nearestCentre(state: usize, numbers: usize): f64 {
  const count = word(numbers, ForecastNumber.features)
  const centres = body(state, numbers)
  standardise(row(newestSlot(state, numbers), state, numbers), state, numbers)
  let nearest = 0
  let least = Infinity
  for (let n = 0; n < word(numbers, ForecastNumber.units); n++) {
    const distance = squaredDistance(centres + ((<usize>(n * count)) << 3), count)
    if (distance >= least) continue
    least = distance
    nearest = n
  }
  return <f64>nearest
}

function squaredDistance(centre: usize, count: i32): f64 {
  let sum: f64 = 0
  for (let n = 0; n < count; n++) {
    const away = get(standard, n) - get(centre, n)
    sum += away * away
  }
  return sum
}
