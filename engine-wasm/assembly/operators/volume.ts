// Volume: which struct each operator keeps and how it is started and run.
import { Ad } from "../indicators/ad"
import { Adosc } from "../indicators/adosc"
import { Cmf } from "../indicators/cmf"
import { ForceIndex } from "../indicators/force-index"
import { Obv } from "../indicators/obv"
import { number } from "./column"
import { Op } from "./opcode"
import { runFour, runPair } from "./run"

export function volumeBytes(op: i32, numbers: usize): i32 {
  switch (op) {
    case Op.obv:
      return Obv.bytes()
    case Op.ad:
      return Ad.bytes()
    case Op.adosc:
      return Adosc.bytes()
    case Op.cmf:
      return Cmf.bytes(<i32>number(numbers, 0))
    case Op.forceIndex:
      return ForceIndex.bytes()
    default:
      return 0
  }
}

export function volumeStart(op: i32, state: usize, numbers: usize): void {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.obv:
      return changetype<Obv>(state).start()
    case Op.ad:
      return changetype<Ad>(state).start()
    case Op.adosc:
      return changetype<Adosc>(state).start(length, <i32>number(numbers, 1))
    case Op.cmf:
      return changetype<Cmf>(state).start(length)
    case Op.forceIndex:
      return changetype<ForceIndex>(state).start(length)
  }
}

export function volumeRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.obv:
      return runPair<Obv>(count, destination, sources, state)
    case Op.ad:
      return runFour<Ad>(count, destination, sources, state)
    case Op.adosc:
      return runFour<Adosc>(count, destination, sources, state)
    case Op.cmf:
      return runFour<Cmf>(count, destination, sources, state)
    case Op.forceIndex:
      return runPair<ForceIndex>(count, destination, sources, state)
  }
}
