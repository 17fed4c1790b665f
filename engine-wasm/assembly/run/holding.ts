// When nothing can happen to a market for a while: the stretches one-market.ts and even-markets.ts skip.
import { get } from "../column"
import { MarketRun } from "../rules/market-run"
import { ProgramWord } from "../rules/program-word"
import { setting } from "../account/account"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { MarketSetting, Setting } from "../account/setting"

/** The next strategy candle from `from` with an entry condition met, or `count`. */
export function nextSignal(run: MarketRun, from: i32, count: i32): i32 {
  const long = firstMet(run, run.word(ProgramWord.enterLong), from, count)
  return firstMet(run, run.word(ProgramWord.enterShort), from, long)
}

/** The first candle from `from` at which the register's condition is met, or `count`. */
export function firstMet(run: MarketRun, register: i32, from: i32, count: i32): i32 {
  if (register < 0) return count
  const column = run.register(register)
  for (let i = from; i < count; i++) {
    const value = get(column, i)
    if (value > 0 || value < 0) return i
  }
  return count
}

/** A position whose candles only need checking against fixed or trailing levels and the exit condition. */
export function canHold(book: MarketBook, run: MarketRun): bool {
  return book.side != 0 && book.entry.kind == IntentKind.none && book.exit.kind == IntentKind.none && book.enteredInside == 0 &&
    setting(Setting.roiCount) == 0 && setting(Setting.timeStopCandles) == 0 && setting(Setting.addTimes) == 0 &&
    run.word(book.side > 0 ? ProgramWord.exitLongProgram : ProgramWord.exitShortProgram) < 0 &&
    marketSetting(book.number, MarketSetting.fundingColumn) < 0
}

/** No limit needs every equity sample. */
export function isCalm(): bool {
  return setting(Setting.dailyLossPercent) == 0 && setting(Setting.maxDrawdownPercent) == 0
}
