// Trend: which struct each operator keeps and how it is started and run.
import { Adx } from "../indicators/adx"
import { Adxr } from "../indicators/adxr"
import { Dx } from "../indicators/dx"
import { Ichimoku } from "../indicators/ichimoku"
import { MinusDi } from "../indicators/minus-di"
import { MinusDm } from "../indicators/minus-dm"
import { PlusDi } from "../indicators/plus-di"
import { PlusDm } from "../indicators/plus-dm"
import { Sar } from "../indicators/sar"
import { Supertrend } from "../indicators/supertrend"
import { COLUMN_BYTES, get, number, set, source } from "./column"
import { Op } from "./opcode"
import { runPair, runThree } from "./run"

export function trendBytes(op: i32, numbers: usize): i32 {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.adx:
      return Adx.bytes()
    case Op.adxr:
      return Adxr.bytes(length)
    case Op.dx:
      return Dx.bytes()
    case Op.plusDi:
      return PlusDi.bytes()
    case Op.minusDi:
      return MinusDi.bytes()
    case Op.plusDm:
      return PlusDm.bytes()
    case Op.minusDm:
      return MinusDm.bytes()
    case Op.sar:
      return Sar.bytes()
    case Op.supertrend:
      return Supertrend.bytes()
    case Op.ichimoku:
      return Ichimoku.bytes(length, <i32>number(numbers, 1), <i32>number(numbers, 2))
    default:
      return 0
  }
}

export function trendStart(op: i32, state: usize, numbers: usize): void {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.adx:
      return changetype<Adx>(state).start(length)
    case Op.adxr:
      return changetype<Adxr>(state).start(length)
    case Op.dx:
      return changetype<Dx>(state).start(length)
    case Op.plusDi:
      return changetype<PlusDi>(state).start(length)
    case Op.minusDi:
      return changetype<MinusDi>(state).start(length)
    case Op.plusDm:
      return changetype<PlusDm>(state).start(length)
    case Op.minusDm:
      return changetype<MinusDm>(state).start(length)
    case Op.sar:
      return changetype<Sar>(state).start(number(numbers, 0), number(numbers, 1))
    case Op.supertrend:
      return changetype<Supertrend>(state).start(length, number(numbers, 1))
    case Op.ichimoku:
      return changetype<Ichimoku>(state).start(length, <i32>number(numbers, 1), <i32>number(numbers, 2), number(numbers, 3))
  }
}

export function trendRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.adx:
      return changetype<Adx>(state).run(count, destination, source(sources, 0), source(sources, 1), source(sources, 2))
    case Op.adxr:
      return runThree<Adxr>(count, destination, sources, state)
    case Op.dx:
      return runThree<Dx>(count, destination, sources, state)
    case Op.plusDi:
      return runThree<PlusDi>(count, destination, sources, state)
    case Op.minusDi:
      return runThree<MinusDi>(count, destination, sources, state)
    case Op.plusDm:
      return runPair<PlusDm>(count, destination, sources, state)
    case Op.minusDm:
      return runPair<MinusDm>(count, destination, sources, state)
    case Op.sar:
      return runPair<Sar>(count, destination, sources, state)
    case Op.supertrend:
      return runSupertrend(count, destination, sources, changetype<Supertrend>(state))
    case Op.ichimoku:
      return runIchimoku(count, destination, sources, changetype<Ichimoku>(state))
  }
}

function runSupertrend(count: i32, destination: usize, sources: usize, supertrend: Supertrend): void {
  for (let i = 0; i < count; i++) {
    const line = supertrend.next(get(source(sources, 0), i), get(source(sources, 1), i), get(source(sources, 2), i))
    set(destination, i, line)
    set(destination + COLUMN_BYTES, i, line == line ? supertrend.direction : NaN)
  }
}

function runIchimoku(count: i32, destination: usize, sources: usize, ichimoku: Ichimoku): void {
  for (let i = 0; i < count; i++) {
    set(destination, i, ichimoku.next(get(source(sources, 0), i), get(source(sources, 1), i)))
    set(destination + COLUMN_BYTES, i, ichimoku.base)
    set(destination + 2 * COLUMN_BYTES, i, ichimoku.spanA)
    set(destination + 3 * COLUMN_BYTES, i, ichimoku.spanB)
  }
}
