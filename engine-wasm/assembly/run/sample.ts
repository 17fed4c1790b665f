// Equity samples: one for each strategy candle, at its close.
import { get } from "../column"
import { MarketBook } from "../account/market-book"
import { showLast } from "../decide/last-candle"
import { sampleEquity } from "../decide/limits"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { Ledger } from "./ledger"

/** Takes one sample. The time is the strategy candle's open time; quote currency. */
export function sample(ledger: Ledger, candleOpenMs: f64, equity: f64): void {
  const account = ledger.account
  sampleEquity(account, equity, candleOpenMs)
  account.sampleCount += 1
  if (account.openPositions > 0) account.exposedSamples += 1
  store<f64>(ledger.equityTimes.append(), candleOpenMs)
  store<f64>(ledger.equity.append(), equity)
}

/** Takes `count` samples of an account with cash only: its equity is constant. `times` are the candles' open times. */
export function sampleFlat(ledger: Ledger, times: usize, count: i32): void {
  if (count == 0) return
  const account = ledger.account
  const equity = account.cash
  sample(ledger, get(times, 0), equity)
  if (count == 1) return
  sampleEquity(account, equity, get(times, count - 1))
  account.sampleCount += count - 1
  const bytes = (<usize>(count - 1)) << 3
  memory.copy(ledger.equityTimes.appendMany(count - 1), times + 8, bytes)
  const rows = ledger.equity.appendMany(count - 1)
  for (let at: usize = 0; at < bytes; at += 8) store<f64>(rows + at, equity)
}

/** The samples of candles [from, to) are in their buffer: their times and the counters follow. */
export function keepSamples(ledger: Ledger, book: MarketBook, run: MarketRun, from: i32, to: i32): void {
  const count = to - from
  const times = run.strategyClock().column(CandleColumn.time) + ((<usize>from) << 3)
  memory.copy(ledger.equityTimes.appendMany(count), times, (<usize>count) << 3)
  const rows = ledger.equity.appendMany(count)
  ledger.account.sampleCount += count
  ledger.account.exposedSamples += count
  sampleEquity(ledger.account, get(rows, count - 1), get(times, count - 1))
  book.candlesSinceExit += count
  showLast(book, run.base(), to - 1)
}
