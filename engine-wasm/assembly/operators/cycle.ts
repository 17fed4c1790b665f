// Cycles: which struct each operator keeps and how it is started and run.
import { HtDcPeriod } from "../indicators/ht-dc-period"
import { HtDcPhase } from "../indicators/ht-dc-phase"
import { HtPhasor } from "../indicators/ht-phasor"
import { HtSine } from "../indicators/ht-sine"
import { HtTrendMode } from "../indicators/ht-trend-mode"
import { COLUMN_BYTES, get, set, source } from "./column"
import { Op } from "./opcode"
import { runValue } from "./run"

export function cycleBytes(op: i32, numbers: usize): i32 {
  switch (op) {
    case Op.htDcPeriod:
      return HtDcPeriod.bytes()
    case Op.htDcPhase:
      return HtDcPhase.bytes()
    case Op.htTrendMode:
      return HtTrendMode.bytes()
    case Op.htSine:
      return HtSine.bytes()
    case Op.htPhasor:
      return HtPhasor.bytes()
    default:
      return 0
  }
}

export function cycleStart(op: i32, state: usize, numbers: usize): void {
  switch (op) {
    case Op.htDcPeriod:
      return changetype<HtDcPeriod>(state).start()
    case Op.htDcPhase:
      return changetype<HtDcPhase>(state).start()
    case Op.htTrendMode:
      return changetype<HtTrendMode>(state).start()
    case Op.htSine:
      return changetype<HtSine>(state).start()
    case Op.htPhasor:
      return changetype<HtPhasor>(state).start()
  }
}

export function cycleRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.htDcPeriod:
      return runValue<HtDcPeriod>(count, destination, sources, state)
    case Op.htDcPhase:
      return runValue<HtDcPhase>(count, destination, sources, state)
    case Op.htTrendMode:
      return runValue<HtTrendMode>(count, destination, sources, state)
    case Op.htSine:
      return runSine(count, destination, source(sources, 0), changetype<HtSine>(state))
    case Op.htPhasor:
      return runPhasor(count, destination, source(sources, 0), changetype<HtPhasor>(state))
  }
}

function runSine(count: i32, destination: usize, prices: usize, sine: HtSine): void {
  for (let i = 0; i < count; i++) {
    set(destination, i, sine.next(get(prices, i)))
    set(destination + COLUMN_BYTES, i, sine.leadSine)
  }
}

function runPhasor(count: i32, destination: usize, prices: usize, phasor: HtPhasor): void {
  for (let i = 0; i < count; i++) {
    set(destination, i, phasor.next(get(prices, i)))
    set(destination + COLUMN_BYTES, i, phasor.quadrature)
  }
}
