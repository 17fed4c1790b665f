// At the close of a strategy candle: the decisions for its market, in the run's mode.
import { Account, setting } from "../account/account"
import { MarketBook } from "../account/market-book"
import { isMode } from "../account/run-mode"
import { FillModeCode, Setting } from "../account/setting"
import { get } from "../column"
import { HAS_CODE } from "../has-code"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { awaitFormulas, decideAsBacktestingPy } from "./as-backtesting-py"
import { decideAsFreqtrade } from "./as-freqtrade"
import { decideByCode, watchByCode } from "./by-code"
import { decideByRules } from "./by-rules"

/** Takes the decisions of strategy candle i of this block, closing at `closesAtMs`. */
export function decide(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (isMode(FillModeCode.freqtrade)) return decideAsFreqtrade(account, book, run, i, openTimeMs(run, i))
  if (isMode(FillModeCode.backtestingPy)) return decideAsBacktestingPy(account, book, run, i, openTimeMs(run, i))
  book.candlesSinceExit += 1
  if (setting(Setting.maxCorrelation) != 0) book.keptCloses.keep(closesAtMs, book.lastClose)
  if (HAS_CODE) decideByCode(account, book, run, i, closesAtMs)
  else decideByRules(account, book, run, i, closesAtMs)
}

/** Strategy candle i comes before trading begins: what must have seen it does. */
export function watch(account: Account, book: MarketBook, run: MarketRun, i: i32): void {
  if (HAS_CODE) watchByCode(account, book, run, i)
  else if (isMode(FillModeCode.backtestingPy)) awaitFormulas(book, run, i)
}

function openTimeMs(run: MarketRun, i: i32): f64 {
  return get(run.strategyClock().column(CandleColumn.time), i)
}
