import type { Op } from "../../../assembly/operators/opcode.ts"

/**
 * A candle column an operator reads without being told. `index` is the candle's number on the clock: floor(openTimeMs
 * / timeframeMs).
 */
export type CandleInput = "open" | "high" | "low" | "close" | "volume" | "time" | "index"

/** TA-Lib's moving average kinds, by the number the operators know them by. */
export const averageKinds = { sma: 0, ema: 1, wma: 2, dema: 3, tema: 4, trima: 5, kama: 6, t3: 8 } as const
export type AverageKind = keyof typeof averageKinds

/** One argument of a formula function. `series` is any expression; the others must be constants or params. */
export type FunctionArgument =
  | { name: string; kind: "series"; default?: string }
  | { name: string; kind: "integer" | "number"; default?: number; min: number; max: number }
  | { name: string; kind: "average"; default: AverageKind }

/** What the parser, the compiler, the editor and the documentation know of one function of the formula language. */
export type FunctionSpec = {
  name: string
  op: Op
  /** One line for people, ending with where the formula comes from. */
  doc: string
  /** Candle columns, placed before the series arguments in the operator's sources. */
  candle: CandleInput[]
  arguments: FunctionArgument[]
  /**
   * Names of the outputs after the dot; empty when there is one, unnamed. Output n stands n columns after the first.
   */
  outputs: string[]
  /**
   * How exact ties are kept: the operator takes one more number, the scale, after its own. 0 means "not on a grid";
   * otherwise source x scale is a whole number, and the result must be the correctly rounded quotient of whole numbers.
   * `source`: the scale is that of the first series argument; `price`: that of the candle's prices.
   */
  exact?: "source" | "price"
  /** With `exact`: the scale of the result (result x scale is whole), or 0. */
  resultScale?: (numbers: number[], scale: number) => number
  /** Candles before the first ready value, when the inputs are ready from the first candle. */
  readyAfter: (numbers: number[]) => number
  /** Candles after which an earlier start no longer changes a bit (EMA: 16 x length; windows: their length). */
  settledAfter: (numbers: number[]) => number
}
