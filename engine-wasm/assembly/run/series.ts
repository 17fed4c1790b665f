// Columns of a program's registers over all candles, for series and charts.
import { reserve } from "../memory"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { computeBlock } from "./blocks"
import { Ledger } from "./ledger"

let rows: i32 = 0

/**
 * Runs market 0's program over its candles up to a moment. Returns the address of `count` + 1 columns with `room`
 * values each: opening times of the strategy's candles, then the registers (i32 numbers at `registers`).
 */
export function seriesOf(ledger: Ledger, registers: usize, count: i32, room: i32, untilMs: f64): usize {
  const run = ledger.run(0)
  const bytes = (<usize>room) << 3
  const columns = reserve(<usize>(count + 1) * bytes)
  rows = 0
  while (computeBlock(ledger, untilMs) > 0) {
    const more = run.strategyClock().count
    assert(rows + more <= room, "the columns have room for every candle")
    takeBlock(run, registers, count, columns + ((<usize>rows) << 3), bytes)
    rows += more
  }
  return columns
}

function takeBlock(run: MarketRun, registers: usize, count: i32, to: usize, columnBytes: usize): void {
  const clock = run.strategyClock()
  const bytes = (<usize>clock.count) << 3
  memory.copy(to, clock.column(CandleColumn.time), bytes)
  for (let n = 0; n < count; n++)
    memory.copy(to + <usize>(n + 1) * columnBytes, run.register(load<i32>(registers + ((<usize>n) << 2))), bytes)
}

/** How many strategy candles the last series had. */
export function computedRows(): i32 {
  return rows
}
