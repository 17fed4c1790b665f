import type { Op } from "../../../assembly/operators/opcode.ts"
import type { CandleInput } from "../formula/function-spec.ts"

/**
 * The compiled form of a strategy document for one market: instructions over registers. A register is a column of
 * values, one for each candle of its clock; registers are numbered through the whole program.
 */
export type Program = {
  /**
   * Clocks in ascending order of length. The strategy's own is `clocks[strategyClock]`; others come from `@
   * timeframe`.
   */
  clocks: { timeframeMs: number }[]
  strategyClock: number
  registerCount: number
  /** Registers filled from the candles: which column of which clock. `extra` columns by their name. */
  inputs: { register: number; clock: number; column: CandleInput | { extra: string } }[]
  /** In order of evaluation: all of a clock's before those of the next; `align` stands in the strategy clock. */
  instructions: Instruction[]
  /** Registers the broker reads, in the strategy clock. Conditions are met where the value is neither 0 nor NaN. */
  signals: { enterLong?: number; exitLong?: number; enterShort?: number; exitShort?: number }
  /**
   * Registers read at the deciding candle and then fixed. Stop: a price, or with `stopIsDistance` a distance from the
   * entry.
   */
  prices: { stop?: number; stopIsDistance?: boolean; targets: (number | undefined)[] }
  /** Conditions and prices that ask for the position: run for one candle at a time inside the broker. */
  positionPrograms: {
    exitLong?: PositionProgram
    exitShort?: PositionProgram
    stop?: PositionProgram
    targets: (PositionProgram | undefined)[]
  }
  /** Candles of the strategy clock before every series is ready, and before an earlier start changes no bit. */
  warmUp: { readyAfterCandles: number; settledAfterCandles: number }
  /**
   * Registers of the strategy clock with the output of an indicator, a shift or a slower clock: the fills of
   * backtesting.py wait for the first value of each.
   */
  awaited: number[]
  /** Named series in document order, for charts and "why?": register in the strategy clock. */
  named: { name: string; register: number }[]
  /** Every condition by its text, for "why?" and entry tags. */
  conditions: { part: "long.enter" | "long.exit" | "short.enter" | "short.exit"; formula: string; register?: number }[]
}

export type Instruction = {
  op: Op
  clock: number
  /** First output register; further outputs follow it. */
  destination: number
  sources: number[]
  numbers: number[]
}

/**
 * Stateless instructions over numbered cells. Cells 0..2 are position.profitPercent, position.candles,
 * position.entryPrice; then one cell for each register in `latched` (its value at the deciding candle); then
 * temporaries. `result` is a cell.
 */
export type PositionProgram = {
  latched: number[]
  cellCount: number
  instructions: { op: Op; destination: number; sources: number[]; numbers: number[] }[]
  result: number
}
