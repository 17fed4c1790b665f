// The clockwork of the two modes that fill as other programs do: they know no candle finer than the strategy's, so a
// strategy candle is
// both the clock and the fill. A signal of one candle acts on the next.
import { get } from "../operators/column"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { setting } from "./account"
import { stepAsBacktestingPy } from "./backtesting-py"
import { applyExit, fillOf } from "./fills"
import { BaseCandle, candleFrom } from "./base-candle"
import { stepAsFreqtrade } from "./freqtrade"
import { Ledger } from "./ledger"
import { MarketBook } from "./market-book"
import { ExitReasonCode } from "./record"
import { sample } from "./sample"
import { FillModeCode, Setting } from "./setting"

/**
 * Goes through the block: every strategy candle of every market in time order, the document's order where they open
 * together.
 */
export function peerBlock(ledger: Ledger): void {
  while (true) {
    const openMs = nextOpenMs(ledger)
    if (openMs == Infinity) return
    atOpenTime(ledger, openMs)
  }
}

function nextOpenMs(ledger: Ledger): f64 {
  let next = Infinity
  for (let n = 0; n < ledger.marketCount; n++) {
    const clock = ledger.run(n).strategyClock()
    if (ledger.decided(n) < clock.count) next = min(next, get(clock.column(CandleColumn.time), ledger.decided(n)))
  }
  return next
}

function atOpenTime(ledger: Ledger, openMs: f64): void {
  const isTrading = openMs >= setting(Setting.tradeFromMs)
  for (let n = 0; n < ledger.marketCount; n++) {
    const i = ledger.decided(n)
    const clock = ledger.run(n).strategyClock()
    if (i >= clock.count || get(clock.column(CandleColumn.time), i) != openMs) continue
    ledger.setDecided(n, i + 1)
    const candle = candleFrom(clock, i)
    if (isTrading) stepPeer(ledger, ledger.book(n), ledger.run(n), i, candle)
    ledger.book(n).lastOpen = candle.open
    ledger.book(n).lastClose = candle.close
    ledger.book(n).lastTimeMs = openMs
  }
  if (isTrading) sample(ledger, openMs, ledger.equityNow())
}

function stepPeer(ledger: Ledger, book: MarketBook, run: MarketRun, i: i32, candle: BaseCandle): void {
  if (<i32>setting(Setting.fills) == FillModeCode.freqtrade) stepAsFreqtrade(ledger, book, run, i, candle)
  else stepAsBacktestingPy(ledger, book, run, i, candle)
}

/** Both programs close what is left at the open of the last candle. */
export function closeAtLastOpen(ledger: Ledger): void {
  for (let n = 0; n < ledger.marketCount; n++) {
    const book = ledger.book(n)
    if (book.side == 0) continue
    applyExit(ledger.account, book, fillOf(book.quantity, book.lastOpen, book.lastOpen, book.lastTimeMs), ExitReasonCode.endOfData)
  }
}
