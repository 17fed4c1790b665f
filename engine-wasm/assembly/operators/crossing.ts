// Crossings, counts and the calendar: which struct each operator keeps and how it is started and run.
import { BarsSince } from "../indicators/bars-since"
import { hourOf, weekdayOf } from "../indicators/calendar"
import { Change } from "../indicators/change"
import { Cross } from "../indicators/cross"
import { Crossover } from "../indicators/crossover"
import { Falling } from "../indicators/falling"
import { Rising } from "../indicators/rising"
import { ValueWhen } from "../indicators/value-when"
import { get, number, set, source } from "./column"
import { Op } from "./opcode"
import { runPair, runValue } from "./run"

export function crossingBytes(op: i32, numbers: usize): i32 {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.crossover:
    case Op.crossunder:
      return Crossover.bytes()
    case Op.cross:
      return Cross.bytes()
    case Op.rising:
      return Rising.bytes(length)
    case Op.falling:
      return Falling.bytes(length)
    case Op.barsSince:
      return BarsSince.bytes()
    case Op.valueWhen:
      return ValueWhen.bytes(length)
    case Op.change:
      return Change.bytes(length)
    default:
      return 0
  }
}

export function crossingStart(op: i32, state: usize, numbers: usize): void {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.crossover:
    case Op.crossunder:
      return changetype<Crossover>(state).start()
    case Op.cross:
      return changetype<Cross>(state).start()
    case Op.rising:
      return changetype<Rising>(state).start(length)
    case Op.falling:
      return changetype<Falling>(state).start(length)
    case Op.barsSince:
      return changetype<BarsSince>(state).start()
    case Op.valueWhen:
      return changetype<ValueWhen>(state).start(length)
    case Op.change:
      return changetype<Change>(state).start(length)
  }
}

export function crossingRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.crossover:
      return changetype<Crossover>(state).run(count, destination, source(sources, 0), source(sources, 1))
    case Op.crossunder:
      return changetype<Crossover>(state).run(count, destination, source(sources, 1), source(sources, 0))
    case Op.cross:
      return runPair<Cross>(count, destination, sources, state)
    case Op.rising:
      return runValue<Rising>(count, destination, sources, state)
    case Op.falling:
      return runValue<Falling>(count, destination, sources, state)
    case Op.barsSince:
      return runValue<BarsSince>(count, destination, sources, state)
    case Op.valueWhen:
      return runPair<ValueWhen>(count, destination, sources, state)
    case Op.change:
      return runValue<Change>(count, destination, sources, state)
    case Op.hour:
      for (let i = 0; i < count; i++) set(destination, i, hourOf(get(source(sources, 0), i)))
      return
    case Op.weekday:
      for (let i = 0; i < count; i++) set(destination, i, weekdayOf(get(source(sources, 0), i)))
  }
}
