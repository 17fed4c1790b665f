// One candle for an operator: its sources, its numbers and what it answers, all in bytes used again for every call.
import { set } from "../operators/column"

const CELLS = memory.data(128)

export const NUMBERS: usize = memory.data(64)
/** Output n stands n columns after the first. */
export const OUTPUTS: usize = memory.data(4 * 8192)
export const SOURCES: usize = memory.data(32)

/** Puts the n-th source's value in place. */
export function cell(n: i32, value: f64): void {
  const address = CELLS + ((<usize>n) << 4)
  store<f64>(address, value)
  store<u32>(SOURCES + ((<usize>n) << 2), <u32>address)
}

/** Puts the n-th number in place. */
export function setNumber(n: i32, value: f64): void {
  set(NUMBERS, n, value)
}

/** Number of an average's kind, as the operators know it (TA-Lib's). Throws for an unknown one. */
export function averageKind(kind: string): i32 {
  if (kind == "sma") return 0
  if (kind == "ema") return 1
  if (kind == "wma") return 2
  if (kind == "dema") return 3
  if (kind == "tema") return 4
  if (kind == "trima") return 5
  if (kind == "kama") return 6
  if (kind == "t3") return 8
  throw new Error("\"" + kind + "\" is no kind of average; write sma, ema, wma, dema, tema, trima, kama or t3")
}
