// A block of one market for a strategy in code: it sees every candle, but where it wants nothing and nothing can fill, the
// broker need not.
import { setting } from "../account/account"
import { MarketBook } from "../account/market-book"
import { Setting } from "../account/setting"
import { get } from "../column"
import { askFlat, askHeld, grantWants } from "../decide/by-code"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { canHold, canWait, firstReached, follows, isCalm } from "./holding"
import { Ledger } from "./ledger"
import { keepSamples, sampleFlat } from "./sample"

/**
 * Candles on which a strategy in code wants nothing pass without the broker, up to one with a wish, which is granted,
 * or with a fill. Returns the first that has not passed; `from` where the broker has to look first.
 */
export function askOn(ledger: Ledger, book: MarketBook, run: MarketRun, from: i32): i32 {
  if (setting(Setting.maxCorrelation) != 0) return from
  if (canWait(ledger, book)) return askWaiting(ledger, book, run, from)
  return canHold(book, run) && book.dust == 0 && isCalm() && !follows() ? askHolding(ledger, book, run, from) : from
}

function askWaiting(ledger: Ledger, book: MarketBook, run: MarketRun, from: i32): i32 {
  const clock = run.strategyClock()
  const times = clock.column(CandleColumn.time)
  sampleFlat(ledger, times + ((<usize>from) << 3), 1)
  const wish = askFlat(ledger.account, book, clock, from, clock.count)
  const to = min(wish + 1, clock.count)
  sampleFlat(ledger, times + ((<usize>(from + 1)) << 3), to - from - 1)
  book.candlesSinceExit += to - from
  if (wish < clock.count) grantWants(ledger.account, book, run, wish, get(clock.column(CandleColumn.closesAt), wish))
  return to
}

function askHolding(ledger: Ledger, book: MarketBook, run: MarketRun, from: i32): i32 {
  const clock = run.strategyClock()
  const reached = firstReached(book, clock, from, clock.count)
  if (reached == from) return from
  const wish = askHeld(ledger.account, book, clock, from, reached, ledger.equity.next())
  const to = min(wish + 1, reached)
  keepSamples(ledger, book, run, from, to)
  if (wish < reached) grantWants(ledger.account, book, run, wish, get(clock.column(CandleColumn.closesAt), wish))
  return to
}
