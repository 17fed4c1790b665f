// What a live run has asked of its exchange for one market and has not heard the end of.
import { set } from "../column"
import { Account } from "./account"
import { MarketBook } from "./market-book"
import { IntentAction, IntentField } from "./record"
import { recordIntent } from "./recorded"

/** Numbers of the intents under way; 0: none. */
@unmanaged
export class Asked {
  entryId: f64
  exitId: f64
  addId: f64
  stopId: f64
  targetId: f64
  /** The stop, its quantity and the target as they were last asked for. */
  stop: f64
  stopQuantity: f64
  target: f64
  /** Where the entry's stop was to be by the price it was decided at. */
  entryStop: f64
  /** Price of the safety order that waits. */
  addPrice: f64
  /** 1: the entry is to be cancelled. */
  isCancelling: f64
}

// @ts-ignore: decorator
@inline
export function askedOf(book: MarketBook): Asked {
  return changetype<Asked>(book.asked)
}

/** Nothing is asked. */
export function startAsked(book: MarketBook): void {
  const asked = askedOf(book)
  asked.stop = NaN
  asked.target = NaN
}

/** A fresh intent with its number; the caller fills in the rest of the row. */
export function newIntent(account: Account, book: MarketBook, action: IntentAction, side: i32, timeMs: f64): usize {
  account.intentCount += 1
  const row = recordIntent()
  for (let n = 0; n < IntentField.length; n++) set(row, n, NaN)
  set(row, IntentField.id, account.intentCount)
  set(row, IntentField.market, book.number)
  set(row, IntentField.action, action)
  set(row, IntentField.side, side)
  set(row, IntentField.timeMs, timeMs)
  set(row, IntentField.replaces, 0)
  return row
}

/** What was asked under this number is no longer wanted. */
export function askCancel(account: Account, book: MarketBook, id: f64, timeMs: f64): void {
  if (id == 0) return
  set(newIntent(account, book, IntentAction.cancel, 0, timeMs), IntentField.replaces, id)
}

/** A limit entry has waited long enough; it ends when the exchange says so, and may fill until then. */
export function askCancelEntry(account: Account, book: MarketBook, timeMs: f64): void {
  const asked = askedOf(book)
  if (asked.isCancelling != 0) return
  asked.isCancelling = 1
  askCancel(account, book, asked.entryId, timeMs)
}
