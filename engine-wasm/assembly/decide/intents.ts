// Intents as the document has them, put down at the close of a strategy candle; candles after it fill them.
import { Account, setting, wholeSetting } from "../account/account"
import { Intent, IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { toTick } from "../account/market-rules"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { reject } from "../account/recorded"
import { EntryKind, Setting, SizeKind } from "../account/setting"
import { get } from "../column"
import { HAS_CODE } from "../has-code"
import { MarketRun } from "../rules/market-run"
import { latch } from "../rules/position-program"
import { ProgramWord } from "../rules/program-word"
import { entryRefusal } from "./limits"
import { tagOf } from "./signals"
import { away } from "./stops"

/** Ends the position at the market price. */
// @ts-ignore: decorator
@inline
export function intendExit(book: MarketBook, reason: ExitReasonCode): void {
  const intent = book.exit
  intent.kind = IntentKind.exit
  intent.side = book.side
  intent.reason = reason
  intent.delay = wholeSetting(Setting.delayCandles)
}

/** An entry of this side as of candle i, or null where the limits refuse it, which is recorded. */
export function intendEntry(account: Account, book: MarketBook, run: MarketRun, i: i32, side: i32, timeMs: f64): Intent | null {
  const refusal = entryRefusal(account, book)
  if (refusal != RejectedReasonCode.none) {
    reject(book, timeMs, refusal)
    return null
  }
  account.waitingEntries += 1
  const intent = book.entry
  intent.kind = IntentKind.enter
  intent.side = side
  intent.tag = tagOf(run, side, i)
  intent.delay = wholeSetting(Setting.delayCandles)
  intent.isLimit = i32(wholeSetting(Setting.entryKind) == EntryKind.limit)
  intent.limitPrice = intent.isLimit == 0 ? NaN : toTick(book, away(book.lastClose, side, -setting(Setting.limitOffsetPercent)), side < 0)
  intent.expiresIn = wholeSetting(Setting.limitExpireCandles)
  size(intent)
  protect(intent, book, run, i)
  return intent
}

// @ts-ignore: decorator
@inline
function size(intent: Intent): void {
  intent.sizeKind = wholeSetting(Setting.sizeKind)
  intent.sizeAmount = setting(Setting.sizeAmount)
  intent.isAllOrNone = i32(intent.sizeKind == SizeKind.quote)
}

/** What stop and targets take from the deciding candle. */
// @ts-ignore: decorator
@inline
function protect(intent: Intent, book: MarketBook, run: MarketRun, i: i32): void {
  intent.stopKind = wholeSetting(Setting.stopKind)
  intent.stopInput = registerValue(run, run.word(ProgramWord.stop), i)
  latch(run, run.word(ProgramWord.stopProgram), i, book.latches)
  intent.targetCount = wholeSetting(Setting.targetCount)
  for (let n = 0; n < intent.targetCount; n++) {
    const target = book.wantedTarget(n)
    target.percent = setting(Setting.targetPercents + n)
    target.share = setting(Setting.targetShares + n)
    target.price = HAS_CODE ? NaN : registerValue(run, run.word(run.word(ProgramWord.targetsAt) + n), i)
    if (!HAS_CODE) latch(run, run.word(run.word(ProgramWord.targetProgramsAt) + n), i, book.latches)
  }
}

// @ts-ignore: decorator
@inline
function registerValue(run: MarketRun, register: i32, i: i32): f64 {
  return register < 0 ? NaN : get(run.register(register), i)
}
