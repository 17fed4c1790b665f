import { decimal } from "../decimal"
import { IntentKind, Target } from "./intent"
import { MarketBook } from "./market-book"
import { BookField } from "./record"

/** One figure of a market's position and waiting orders. */
export function bookValue(book: MarketBook, field: i32): f64 {
  switch (field) {
    case BookField.side: return book.side
    case BookField.quantity: return book.quantity
    case BookField.entryPrice: return book.entryPrice
    case BookField.entryTimeMs: return book.entryTimeMs
    case BookField.stop: return book.stop
    case BookField.stopReason: return book.stopReason
    case BookField.nextTarget: return book.nextTarget
    case BookField.bestPrice: return book.bestPrice
    case BookField.candlesHeld: return book.candlesHeld
    case BookField.waitingEntry: return book.entry.kind == IntentKind.none ? 0 : <f64>book.entry.side
    case BookField.limitPrice: return book.entry.kind != IntentKind.none && book.entry.isLimit != 0 ? book.entry.limitPrice : NaN
    case BookField.waitingExit: return book.exit.kind == IntentKind.none ? -1 : <f64>book.exit.reason
    case BookField.targetCount: return book.targetCount
    case BookField.waitingStopKind: return book.entry.kind == IntentKind.enter ? <f64>book.entry.stopKind : -1
    case BookField.waitingStop: return book.entry.stopInput
    case BookField.waitingTargetCount: return book.entry.kind == IntentKind.enter ? <f64>book.entry.targetCount : 0
    case BookField.dust: return book.dust
    default: return targetOf(book, field).price
  }
}

// @ts-ignore: decorator
@inline
function targetOf(book: MarketBook, field: i32): Target {
  return field >= BookField.waitingTargets
    ? book.wantedTarget(field - BookField.waitingTargets)
    : book.target(field - BookField.targets)
}

/** Gain of the price since entry in the position's favour, in percent, before fees. */
export function profitPercent(book: MarketBook): f64 {
  const times = book.lastClose / book.entryPrice
  return decimal(<f64>book.side * (times - 1) * 100, 100 * max(times, 1))
}
