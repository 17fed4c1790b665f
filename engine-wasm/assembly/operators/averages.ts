// Averages: which struct each operator keeps, how it is started and run.
import { Dema } from "../indicators/dema"
import { Ema } from "../indicators/ema"
import { Hma } from "../indicators/hma"
import { HtTrendline } from "../indicators/ht-trendline"
import { Kama } from "../indicators/kama"
import { LinearFit } from "../indicators/linear-fit"
import { Ma } from "../indicators/ma"
import { Mama } from "../indicators/mama"
import { Rma } from "../indicators/rma"
import { Sma } from "../indicators/sma"
import { T3 } from "../indicators/t3"
import { Tema } from "../indicators/tema"
import { Trima } from "../indicators/trima"
import { Vwap } from "../indicators/vwap"
import { Vwma } from "../indicators/vwma"
import { Wma } from "../indicators/wma"
import { COLUMN_BYTES, get, number, set, source } from "./column"
import { Op } from "./opcode"
import { runPair, runValue } from "./run"

/** Bytes of state; see operatorBytes. */
export function averagesBytes(op: i32, numbers: usize): i32 {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.sma:
      return Sma.bytes(length)
    case Op.ema:
    case Op.rma:
      return Ema.bytes()
    case Op.wma:
      return Wma.bytes(length)
    case Op.dema:
      return Dema.bytes()
    case Op.tema:
      return Tema.bytes()
    case Op.trima:
      return Trima.bytes(length)
    case Op.kama:
      return Kama.bytes(length)
    case Op.hma:
      return Hma.bytes(length)
    case Op.vwma:
      return Vwma.bytes(length)
    case Op.t3:
      return T3.bytes()
    case Op.ma:
      return Ma.bytes(length, <i32>number(numbers, 1))
    case Op.mama:
      return Mama.bytes()
    case Op.vwap:
      return Vwap.bytes()
    case Op.htTrendline:
      return HtTrendline.bytes()
    default:
      return LinearFit.bytes(length)
  }
}

/** Prepares zeroed state; see operatorStart. */
export function averagesStart(op: i32, state: usize, numbers: usize): void {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.sma:
      return changetype<Sma>(state).start(length, number(numbers, 1))
    case Op.ema:
      return changetype<Ema>(state).start(length)
    case Op.rma:
      return changetype<Rma>(state).start(length)
    case Op.wma:
      return changetype<Wma>(state).start(length, number(numbers, 1))
    case Op.dema:
      return changetype<Dema>(state).start(length)
    case Op.tema:
      return changetype<Tema>(state).start(length)
    case Op.trima:
      return changetype<Trima>(state).start(length, number(numbers, 1))
    case Op.kama:
      return changetype<Kama>(state).start(length)
    case Op.hma:
      return changetype<Hma>(state).start(length)
    case Op.vwma:
      return changetype<Vwma>(state).start(length)
    case Op.t3:
      return changetype<T3>(state).start(length, number(numbers, 1))
    case Op.ma:
      return changetype<Ma>(state).start(length, <i32>number(numbers, 1), number(numbers, 2))
    case Op.mama:
      return changetype<Mama>(state).start(number(numbers, 0), number(numbers, 1))
    case Op.vwap:
      return changetype<Vwap>(state).start()
    case Op.htTrendline:
      return changetype<HtTrendline>(state).start()
    default:
      return changetype<LinearFit>(state).start(length)
  }
}

/** Runs a block; see operatorRun. */
export function averagesRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.sma:
      return changetype<Sma>(state).run(count, destination, source(sources, 0))
    case Op.ema:
    case Op.rma:
      return changetype<Ema>(state).run(count, destination, source(sources, 0))
    case Op.wma:
      return changetype<Wma>(state).run(count, destination, source(sources, 0))
    case Op.dema:
      return runValue<Dema>(count, destination, sources, state)
    case Op.tema:
      return runValue<Tema>(count, destination, sources, state)
    case Op.trima:
      return runValue<Trima>(count, destination, sources, state)
    case Op.kama:
      return runValue<Kama>(count, destination, sources, state)
    case Op.hma:
      return runValue<Hma>(count, destination, sources, state)
    case Op.vwma:
      return runPair<Vwma>(count, destination, sources, state)
    case Op.t3:
      return runValue<T3>(count, destination, sources, state)
    case Op.ma:
      return runValue<Ma>(count, destination, sources, state)
    case Op.mama:
      return runMama(count, destination, sources, state)
    case Op.vwap:
      return runVwap(count, destination, sources, state)
    case Op.htTrendline:
      return runValue<HtTrendline>(count, destination, sources, state)
    default:
      return runFit(op, count, destination, sources, state)
  }
}

function runMama(count: i32, destination: usize, sources: usize, state: usize): void {
  const average = changetype<Mama>(state)
  const values = source(sources, 0)
  for (let i = 0; i < count; i++) {
    const mama = average.next(get(values, i))
    set(destination, i, mama)
    set(destination + COLUMN_BYTES, i, mama == mama ? average.fama : NaN)
  }
}

function runVwap(count: i32, destination: usize, sources: usize, state: usize): void {
  const vwap = changetype<Vwap>(state)
  const high = source(sources, 0)
  const low = source(sources, 1)
  const close = source(sources, 2)
  const volume = source(sources, 3)
  const timeMs = source(sources, 4)
  for (let i = 0; i < count; i++) {
    set(destination, i, vwap.next(get(high, i), get(low, i), get(close, i), get(volume, i), get(timeMs, i)))
  }
}

function runFit(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  const fit = changetype<LinearFit>(state)
  const values = source(sources, 0)
  for (let i = 0; i < count; i++) {
    const height = fit.next(get(values, i))
    set(destination, i, height == height ? fitted(op, fit, height) : NaN)
  }
}

function fitted(op: i32, fit: LinearFit, height: f64): f64 {
  if (op == Op.linreg) return height
  if (op == Op.linregSlope) return fit.slope
  if (op == Op.linregAngle) return fit.angle()
  if (op == Op.linregIntercept) return fit.intercept()
  return fit.at(1)
}
