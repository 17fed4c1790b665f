// Live: keeps stop, next target and next safety order at the exchange as the position has them.
import { set } from "../column"
import { Account, freeCash } from "../account/account"
import { Asked, askCancel, askedOf, newIntent } from "../account/asked"
import { setAsideNow } from "../account/books"
import { MarketBook } from "../account/market-book"
import { toStep } from "../account/market-rules"
import { ExitReasonCode, IntentAction, IntentField } from "../account/record"
import { nextSafetyOrder } from "./safety-orders"
import { targetQuantity } from "./targets"

/** Asks for what has changed. While the whole position is being sold, nothing else is asked for. */
export function askLevels(account: Account, book: MarketBook, timeMs: f64): void {
  const asked = askedOf(book)
  if (book.side == 0 || asked.exitId != 0) return
  askStop(account, book, asked, timeMs)
  askTarget(account, book, asked, timeMs)
  if (asked.addId == 0 && asked.entryId == 0) askSafetyOrder(account, book, asked, timeMs)
}

function askStop(account: Account, book: MarketBook, asked: Asked, timeMs: f64): void {
  const quantity = toStep(book, book.quantity)
  if (book.stop != book.stop || (book.stop == asked.stop && quantity == asked.stopQuantity)) return
  const row = newIntent(account, book, IntentAction.moveStop, -book.side, timeMs)
  set(row, IntentField.quantity, quantity)
  set(row, IntentField.stop, book.stop)
  set(row, IntentField.reason, book.stopReason)
  set(row, IntentField.replaces, asked.stopId)
  asked.stopId = account.intentCount
  asked.stop = book.stop
  asked.stopQuantity = quantity
}

function askTarget(account: Account, book: MarketBook, asked: Asked, timeMs: f64): void {
  const price = book.nextTargetPrice
  if (price != price || price == asked.target) return
  const row = newIntent(account, book, IntentAction.placeTarget, -book.side, timeMs)
  set(row, IntentField.quantity, targetQuantity(book, price))
  set(row, IntentField.limitPrice, price)
  set(row, IntentField.reason, ExitReasonCode.takeProfit)
  set(row, IntentField.replaces, asked.targetId)
  asked.targetId = account.intentCount
  asked.target = price
}

function askSafetyOrder(account: Account, book: MarketBook, asked: Asked, timeMs: f64): void {
  account.withheld = setAsideNow(account)
  const order = nextSafetyOrder(book, freeCash(account))
  account.withheld = 0
  if (order.quantity <= 0) return
  const row = newIntent(account, book, IntentAction.add, book.side, timeMs)
  set(row, IntentField.quantity, order.quantity)
  set(row, IntentField.limitPrice, order.price)
  asked.addId = account.intentCount
  asked.addPrice = order.price
}

/** The position has ended by the order `by`: whatever else waits for it is no longer wanted. */
export function forgetLevels(account: Account, book: MarketBook, by: f64, timeMs: f64): void {
  const asked = askedOf(book)
  if (asked.stopId != by) askCancel(account, book, asked.stopId, timeMs)
  if (asked.targetId != by) askCancel(account, book, asked.targetId, timeMs)
  if (asked.addId != by) askCancel(account, book, asked.addId, timeMs)
  if (asked.exitId != by) askCancel(account, book, asked.exitId, timeMs)
  asked.stopId = asked.targetId = asked.addId = asked.exitId = 0
  asked.stop = asked.target = NaN
}
