// Equity samples: one for each strategy candle, at its close.
import { get } from "../column"
import { sampleEquity } from "../decide/limits"
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
