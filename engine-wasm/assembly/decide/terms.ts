// What a waiting entry comes to at a price: how much, and under which stop. A backtest asks at the fill; whoever sends
// orders to an exchange asks with the last price.
import { Account } from "../account/account"
import { MarketBook } from "../account/market-book"
import { toTick } from "../account/market-rules"
import { RejectedReasonCode } from "../account/record"
import { StopKind } from "../account/setting"
import { HAS_CODE } from "../has-code"
import { MarketRun } from "../rules/market-run"
import { positionValue } from "../rules/position-program"
import { ProgramWord } from "../rules/program-word"
import { Amount, entryAmount } from "./sizing"
import { away, firstStop } from "./stops"

@unmanaged
export class Terms {
  quantity: f64
  /** NaN: none. */
  stop: f64
  /** Price or distance the stop is made from. */
  stopInput: f64
  /** Why there is no entry at this price. */
  refusal: RejectedReasonCode

  @inline get isRefused(): bool {
    return this.refusal != RejectedReasonCode.none
  }
}

/** The bytes of one entry's terms, used again by the next call. */
const TERMS_BYTES = memory.data(32)

/** So much under this stop, or the amount's refusal. */
// @ts-ignore: decorator
@inline
export function termsOf(amount: Amount, stop: f64, stopInput: f64): Terms {
  const terms = changetype<Terms>(TERMS_BYTES)
  terms.quantity = amount.quantity
  terms.refusal = amount.refusal
  terms.stop = stop
  terms.stopInput = stopInput
  return terms
}

/** The waiting entry at this price, of this equity. */
// @ts-ignore: decorator
@inline
export function termsAt(account: Account, book: MarketBook, run: MarketRun, price: f64, equity: f64): Terms {
  const input = stopInput(book, run, price)
  const stop = firstStop(book, book.entry.stopKind, book.entry.side, price, input)
  const refusal = stopRefusal(book, price, stop)
  const terms = termsOf(entryAmount(account, book, equity, price, stop), stop, input)
  if (refusal != RejectedReasonCode.none) terms.refusal = refusal
  return terms
}

/** The stop as the deciding candle has it, or its program's value now that the entry price is known. */
// @ts-ignore: decorator
@inline
export function stopInput(book: MarketBook, run: MarketRun, price: f64): f64 {
  const program = run.word(ProgramWord.stopProgram)
  return program < 0 ? book.entry.stopInput : positionValue(run, program, book.latches, 0, 0, price)
}

// @ts-ignore: decorator
@inline
function stopRefusal(book: MarketBook, price: f64, stop: f64): RejectedReasonCode {
  if (book.entry.stopKind == StopKind.none) return RejectedReasonCode.none
  if (stop != stop) return RejectedReasonCode.notReady
  return <f64>book.entry.side * (price - stop) > 0 ? RejectedReasonCode.none : RejectedReasonCode.stopBeyondEntry
}

/** Fixes the take-profit prices, now that the entry price is known. */
export function setTargets(book: MarketBook, run: MarketRun): void {
  for (let n = 0; n < book.targetCount; n++) {
    const wanted = book.wantedTarget(n)
    const target = book.target(n)
    target.percent = wanted.percent
    target.share = wanted.share
    target.price = targetPriceAt(book, run, n, book.side, book.entryPrice)
  }
}

/**
 * The n-th target of an entry at this price: from the entry, the deciding candle, or its program. Rounded away from
 * the entry: never easier to reach.
 */
export function targetPriceAt(book: MarketBook, run: MarketRun, n: i32, side: i32, entryPrice: f64): f64 {
  const wanted = book.wantedTarget(n)
  const percent = wanted.percent
  const program = HAS_CODE ? -1 : run.word(run.word(ProgramWord.targetProgramsAt) + n)
  const price = percent == percent ? away(entryPrice, side, percent)
    : program >= 0 ? positionValue(run, program, book.latches, 0, 0, entryPrice) : wanted.price
  return toTick(book, price, side > 0)
}
