import type { Op } from "../../../assembly/operators/opcode.ts"

/**
 * A candle column an operator reads on its own. `index` is the candle's number on the clock: floor(openTimeMs /
 * timeframeMs).
 */
export type CandleInput = "open" | "high" | "low" | "close" | "volume" | "time" | "index"

/** TA-Lib's moving average kinds, by the number the operators know them by. */
export const averageKinds = { sma: 0, ema: 1, wma: 2, dema: 3, tema: 4, trima: 5, kama: 6, t3: 8 } as const
export type AverageKind = keyof typeof averageKinds

/** An inner sum over a window of n candles: of its values, weighted by their age, by that twice over, or of squares. */
export type Reach = "window" | "weighted" | "fitted" | "squared"

/** One argument of a formula function. `series` is any expression; the others must be constants or params. */
export type FunctionArgument =
  | { name: string; kind: "series"; default?: string }
  | { name: string; kind: "integer" | "number"; default?: number; min: number; max: number }
  | { name: string; kind: "average"; default: AverageKind }

/** What the parser, the compiler, the editor and the documentation know about one function of the formula language. */
export type FunctionSpec = {
  name: string
  op: Op
  /** One line for people, ending with where the formula comes from. */
  doc: string
  /** Candle columns, placed before the series arguments in the operator's sources. */
  candle: CandleInput[]
  arguments: FunctionArgument[]
  /** Names of the outputs after the dot; empty when there is one, unnamed. Output n is n columns after the first. */
  outputs: string[]
  /**
   * Whether it works in whole ticks, so that ties are exact and a price in other units gives the same answer: `price`
   * on the candle's prices, `source` on its series, each on its known grid. The operator takes one more number after
   * its own, the scale: how many ticks make one unit; 0 where the grid is unknown.
   */
  ticks?: "source" | "price"
  /** With `ticks`: how much larger than its inputs an inner sum can become; four times by default. */
  reach?: Reach
  /** With `ticks`: in which fraction of a price's tick its results are whole, given the source's fraction. */
  resultParts?: (numbers: number[], parts: number) => number
  /** Candles before the first ready value, when the inputs are ready from the first candle. */
  readyAfter: (numbers: number[]) => number
  /** Candles after which an earlier start no longer changes a bit (EMA: 16 x length; windows: their length). */
  settledAfter: (numbers: number[]) => number
}
