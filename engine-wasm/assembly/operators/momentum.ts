// Momentum: which struct each operator keeps, how it is started and run.
import { Ao } from "../indicators/ao"
import { Apo } from "../indicators/apo"
import { Aroon } from "../indicators/aroon"
import { balanceOfPower } from "../indicators/bop"
import { Cci } from "../indicators/cci"
import { Cmo } from "../indicators/cmo"
import { known } from "../indicators/known"
import { Macd } from "../indicators/macd"
import { Mfi } from "../indicators/mfi"
import { Mom } from "../indicators/mom"
import { Ppo } from "../indicators/ppo"
import { Roc } from "../indicators/roc"
import { Rocp } from "../indicators/rocp"
import { Rocr } from "../indicators/rocr"
import { Rocr100 } from "../indicators/rocr100"
import { Rsi } from "../indicators/rsi"
import { Stoch } from "../indicators/stoch"
import { StochRsi } from "../indicators/stoch-rsi"
import { Stochf } from "../indicators/stochf"
import { Trix } from "../indicators/trix"
import { Tsi } from "../indicators/tsi"
import { Ultosc } from "../indicators/ultosc"
import { Willr } from "../indicators/willr"
import { COLUMN_BYTES, get, number, set, source } from "./column"
import { Op } from "./opcode"
import { runFour, runPair, runThree, runValue } from "./run"

/** Bytes of state; see operatorBytes. */
export function momentumBytes(op: i32, numbers: usize): i32 {
  const a = <i32>number(numbers, 0)
  const b = <i32>number(numbers, 1)
  const c = <i32>number(numbers, 2)
  switch (op) {
    case Op.rsi:
      return Rsi.bytes()
    case Op.cmo:
      return Cmo.bytes()
    case Op.trix:
      return Trix.bytes()
    case Op.macd:
      return Macd.bytes()
    case Op.ppo:
    case Op.apo:
      return Apo.bytes(a, b, c)
    case Op.stoch:
      return Stoch.bytes(a, b, c, <i32>number(numbers, 3))
    case Op.stochf:
      return Stochf.bytes(a, b, c)
    case Op.stochRsi:
      return StochRsi.bytes(b, c, <i32>number(numbers, 3))
    case Op.cci:
      return Cci.bytes(a)
    case Op.willr:
      return Willr.bytes(a)
    case Op.mfi:
      return Mfi.bytes(a)
    case Op.ultosc:
      return Ultosc.bytes(a, b, c)
    case Op.bop:
      return 0
    case Op.aroon:
    case Op.aroonosc:
      return Aroon.bytes(a)
    case Op.ao:
      return Ao.bytes(a, b)
    case Op.tsi:
      return Tsi.bytes()
    default:
      return Mom.bytes(a)
  }
}

/** Prepares zeroed state; see operatorStart. */
export function momentumStart(op: i32, state: usize, numbers: usize): void {
  const a = <i32>number(numbers, 0)
  const b = <i32>number(numbers, 1)
  const c = <i32>number(numbers, 2)
  switch (op) {
    case Op.rsi:
      return changetype<Rsi>(state).start(a)
    case Op.cmo:
      return changetype<Cmo>(state).start(a)
    case Op.trix:
      return changetype<Trix>(state).start(a)
    case Op.macd:
      return changetype<Macd>(state).start(a, b, c)
    case Op.ppo:
    case Op.apo:
      return changetype<Apo>(state).start(a, b, c)
    case Op.stoch:
      return changetype<Stoch>(state).start(a, b, c, <i32>number(numbers, 3))
    case Op.stochf:
      return changetype<Stochf>(state).start(a, b, c)
    case Op.stochRsi:
      return changetype<StochRsi>(state).start(a, b, c, <i32>number(numbers, 3))
    case Op.cci:
      return changetype<Cci>(state).start(a)
    case Op.willr:
      return changetype<Willr>(state).start(a)
    case Op.mfi:
      return changetype<Mfi>(state).start(a)
    case Op.ultosc:
      return changetype<Ultosc>(state).start(a, b, c)
    case Op.bop:
      return
    case Op.aroon:
    case Op.aroonosc:
      return changetype<Aroon>(state).start(a)
    case Op.ao:
      return changetype<Ao>(state).start(a, b)
    case Op.tsi:
      return changetype<Tsi>(state).start(a, b)
    default:
      return changetype<Mom>(state).start(a)
  }
}

/** Runs a block; see operatorRun. */
export function momentumRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.rsi:
      return changetype<Rsi>(state).run(count, destination, source(sources, 0))
    case Op.cmo:
      return runValue<Cmo>(count, destination, sources, state)
    case Op.mom:
      return runValue<Mom>(count, destination, sources, state)
    case Op.roc:
      return runValue<Roc>(count, destination, sources, state)
    case Op.rocp:
      return runValue<Rocp>(count, destination, sources, state)
    case Op.rocr:
      return runValue<Rocr>(count, destination, sources, state)
    case Op.rocr100:
      return runValue<Rocr100>(count, destination, sources, state)
    case Op.trix:
      return runValue<Trix>(count, destination, sources, state)
    case Op.macd:
      return changetype<Macd>(state).run(count, destination, source(sources, 0))
    case Op.ppo:
      return runValue<Ppo>(count, destination, sources, state)
    case Op.apo:
      return runValue<Apo>(count, destination, sources, state)
    case Op.stoch:
      return changetype<Stoch>(state).run(count, destination, source(sources, 0), source(sources, 1), source(sources, 2))
    case Op.stochf:
      return runStochf(count, destination, sources, changetype<Stochf>(state))
    case Op.stochRsi:
      return runStochRsi(count, destination, source(sources, 0), changetype<StochRsi>(state))
    case Op.cci:
      return runThree<Cci>(count, destination, sources, state)
    case Op.willr:
      return runThree<Willr>(count, destination, sources, state)
    case Op.mfi:
      return runFour<Mfi>(count, destination, sources, state)
    case Op.ultosc:
      return runThree<Ultosc>(count, destination, sources, state)
    case Op.bop:
      return runBop(count, destination, sources)
    case Op.aroon:
      return runAroon(count, destination, sources, changetype<Aroon>(state))
    case Op.aroonosc:
      return runPair<Aroon>(count, destination, sources, state)
    case Op.ao:
      return runPair<Ao>(count, destination, sources, state)
    case Op.tsi:
      return runValue<Tsi>(count, destination, sources, state)
  }
}

function runStochf(count: i32, destination: usize, sources: usize, stoch: Stochf): void {
  const high = source(sources, 0)
  const low = source(sources, 1)
  const close = source(sources, 2)
  for (let i = 0; i < count; i++) {
    const k = stoch.next(get(high, i), get(low, i), get(close, i))
    set(destination, i, k)
    set(destination + COLUMN_BYTES, i, known(k) ? stoch.d : NaN)
  }
}

function runStochRsi(count: i32, destination: usize, values: usize, stoch: StochRsi): void {
  for (let i = 0; i < count; i++) {
    const k = stoch.next(get(values, i))
    set(destination, i, k)
    set(destination + COLUMN_BYTES, i, known(k) ? stoch.d : NaN)
  }
}

function runBop(count: i32, destination: usize, sources: usize): void {
  const open = source(sources, 0)
  const high = source(sources, 1)
  const low = source(sources, 2)
  const close = source(sources, 3)
  for (let i = 0; i < count; i++) set(destination, i, balanceOfPower(get(open, i), get(high, i), get(low, i), get(close, i)))
}

function runAroon(count: i32, destination: usize, sources: usize, aroon: Aroon): void {
  const high = source(sources, 0)
  const low = source(sources, 1)
  for (let i = 0; i < count; i++) {
    aroon.next(get(high, i), get(low, i))
    set(destination, i, aroon.up)
    set(destination + COLUMN_BYTES, i, aroon.down)
  }
}
