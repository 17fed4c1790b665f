// Volatility: which struct each operator keeps, how it is started and run.
import { Atr } from "../indicators/atr"
import { Bbands } from "../indicators/bbands"
import { Choppiness } from "../indicators/choppiness"
import { Donchian } from "../indicators/donchian"
import { Keltner } from "../indicators/keltner"
import { known } from "../indicators/known"
import { Natr } from "../indicators/natr"
import { Stddev } from "../indicators/stddev"
import { TrueRange } from "../indicators/true-range"
import { Variance } from "../indicators/variance"
import { COLUMN_BYTES, get, number, set, source } from "./column"
import { Op } from "./opcode"
import { runThree, runValue } from "./run"

/** Bytes of state; see operatorBytes. */
export function volatilityBytes(op: i32, numbers: usize): i32 {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.trange:
      return TrueRange.bytes()
    case Op.bbands:
      return Bbands.bytes(length, <i32>number(numbers, 3))
    case Op.keltner:
      return Keltner.bytes()
    case Op.donchian:
      return Donchian.bytes(length)
    case Op.stddev:
      return Stddev.bytes(length)
    case Op.variance:
      return Variance.bytes(length)
    case Op.choppiness:
      return Choppiness.bytes(length)
    default:
      return Atr.bytes()
  }
}

/** Prepares zeroed state; see operatorStart. */
export function volatilityStart(op: i32, state: usize, numbers: usize): void {
  const length = <i32>number(numbers, 0)
  const second = number(numbers, 1)
  switch (op) {
    case Op.trange:
      return changetype<TrueRange>(state).start()
    case Op.bbands:
      return changetype<Bbands>(state).start(length, second, number(numbers, 2), <i32>number(numbers, 3), number(numbers, 4))
    case Op.keltner:
      return changetype<Keltner>(state).start(length, second)
    case Op.donchian:
      return changetype<Donchian>(state).start(length, second)
    case Op.stddev:
      return changetype<Stddev>(state).start(length, second, number(numbers, 2))
    case Op.variance:
      return changetype<Variance>(state).start(length, number(numbers, 2))
    case Op.choppiness:
      return changetype<Choppiness>(state).start(length)
    default:
      return changetype<Atr>(state).start(length)
  }
}

/** Runs a block; see operatorRun. */
export function volatilityRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.atr:
      return changetype<Atr>(state).run(count, destination, source(sources, 0), source(sources, 1), source(sources, 2))
    case Op.natr:
      return runThree<Natr>(count, destination, sources, state)
    case Op.trange:
      return runThree<TrueRange>(count, destination, sources, state)
    case Op.bbands:
      return changetype<Bbands>(state).run(count, destination, source(sources, 0))
    case Op.keltner:
      return runKeltner(count, destination, sources, changetype<Keltner>(state))
    case Op.donchian:
      return runDonchian(count, destination, sources, changetype<Donchian>(state))
    case Op.stddev:
      return runValue<Stddev>(count, destination, sources, state)
    case Op.variance:
      return runValue<Variance>(count, destination, sources, state)
    case Op.choppiness:
      return runThree<Choppiness>(count, destination, sources, state)
  }
}

function runKeltner(count: i32, destination: usize, sources: usize, channel: Keltner): void {
  const high = source(sources, 0)
  const low = source(sources, 1)
  const close = source(sources, 2)
  for (let i = 0; i < count; i++) {
    const middle = channel.next(get(high, i), get(low, i), get(close, i))
    putChannel(destination, i, middle, channel.upper, channel.lower)
  }
}

function runDonchian(count: i32, destination: usize, sources: usize, channel: Donchian): void {
  const high = source(sources, 0)
  const low = source(sources, 1)
  for (let i = 0; i < count; i++) {
    const middle = channel.next(get(high, i), get(low, i))
    putChannel(destination, i, middle, channel.upper, channel.lower)
  }
}

// Bands without a middle are what the last known candle left behind.
function putChannel(destination: usize, i: i32, middle: f64, upper: f64, lower: f64): void {
  const isKnown = known(middle)
  set(destination, i, isKnown ? upper : NaN)
  set(destination + COLUMN_BYTES, i, middle)
  set(destination + 2 * COLUMN_BYTES, i, isKnown ? lower : NaN)
}
