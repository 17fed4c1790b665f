// Averages: which struct each operator keeps and how it is started and run.
import { Ema } from "../indicators/ema"
import { Rma } from "../indicators/rma"
import { Sma } from "../indicators/sma"
import { number, source } from "./column"
import { Op } from "./opcode"

export function averagesBytes(op: i32, numbers: usize): i32 {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.sma:
      return Sma.bytes(length)
    case Op.ema:
      return Ema.bytes()
    case Op.rma:
      return Rma.bytes()
    default:
      return 0
  }
}

export function averagesStart(op: i32, state: usize, numbers: usize): void {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.sma:
      return changetype<Sma>(state).start(length, number(numbers, 1))
    case Op.ema:
      return changetype<Ema>(state).start(length)
    case Op.rma:
      return changetype<Rma>(state).start(length)
  }
}

export function averagesRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.sma:
      return changetype<Sma>(state).run(count, destination, source(sources, 0))
    case Op.ema:
      return changetype<Ema>(state).run(count, destination, source(sources, 0))
    case Op.rma:
      return changetype<Rma>(state).run(count, destination, source(sources, 0))
  }
}
