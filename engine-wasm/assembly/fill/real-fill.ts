// Live: what the exchange did, brought to the same books a backtest keeps.
import { Account } from "../account/account"
import { applyEntry, applyRealExit } from "../account/apply-fill"
import { askCancelEntry, askedOf } from "../account/asked"
import { Fill } from "../account/fill"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { toStep } from "../account/market-rules"
import { ExitReasonCode, OrderEnd } from "../account/record"
import { withdrawEntry } from "../account/withdraw"
import { askDecided } from "../decide/ask-exchange"
import { amountOf } from "../decide/sizing"
import { firstStop, protect } from "../decide/stops"
import { setTargets, stopInput, termsOf } from "../decide/terms"
import { MarketRun } from "../rules/market-run"
import { askLevels, forgetLevels } from "./ask-levels"
import { startPosition } from "./enter"
import { fillSafetyOrder, forgoSafetyOrders, growFirstEntry, startSafetyOrders, followAverage } from "./safety-orders"

/**
 * Applies one fill of the order asked for under `id`. Returns how much of it the position takes: less than the fill
 * where more was sold than is held, 0 for an entry nobody asked for.
 */
export function applyReal(account: Account, book: MarketBook, run: MarketRun, id: f64, side: i32, fill: Fill): f64 {
  const quantity = fill.quantity
  const timeMs = fill.timeMs
  let taken = quantity
  if (book.side == 0) {
    if (id != askedOf(book).entryId || id == 0) return 0
    begin(account, book, run, fill)
  } else if (side == book.side) enlarge(account, book, id, fill)
  else taken = reduce(account, book, run, id, fill)
  askLevels(account, book, timeMs)
  return taken
}

function begin(account: Account, book: MarketBook, run: MarketRun, fill: Fill): void {
  const entry = book.entry
  const quantity = fill.quantity
  const price = fill.price
  spend(account, book, quantity * price)
  const input = stopInput(book, run, price)
  const stop = saneStop(book, price, firstStop(book, entry.stopKind, entry.side, price, input))
  withdrawEntry(account, book)
  account.openPositions += 1
  startPosition(book, termsOf(amountOf(quantity), stop, input), price, fill.timeMs)
  applyEntry(account, book, fill)
  book.enteredInside = entry.isLimit
  startSafetyOrders(book, price, quantity)
  setTargets(book, run)
  protect(book, stop)
}

/** Where the real price leaves no stop, the one the entry was decided with. */
function saneStop(book: MarketBook, price: f64, stop: f64): f64 {
  const isSane = <f64>book.entry.side * (price - stop) > 0
  return isSane || book.entry.stopKind == 0 ? stop : askedOf(book).entryStop
}

/** Less of the set-aside cash is needed: this much has been paid. */
function spend(account: Account, book: MarketBook, value: f64): void {
  if (book.setAside == 0) return
  book.setAside = max(book.setAside - value, 0)
  if (book.setAside == 0) account.setAsideCount -= 1
}

function enlarge(account: Account, book: MarketBook, id: f64, fill: Fill): void {
  const asked = askedOf(book)
  const quantity = fill.quantity
  // 0: somebody else bought, which is neither the entry nor a safety order.
  const isEntry = id != 0 && id == asked.entryId
  const isFirst = isEntry && book.entry.kind != IntentKind.resize
  const isSafetyOrder = id != 0 && id == asked.addId
  if (isEntry) spend(account, book, quantity * fill.price)
  applyEntry(account, book, fill)
  asked.target = NaN
  if (isFirst) growFirstEntry(book, quantity)
  if (isSafetyOrder) book.enteredInside = 1
  if (isFirst || isSafetyOrder) followAverage(book)
}

function reduce(account: Account, book: MarketBook, run: MarketRun, id: f64, fill: Fill): f64 {
  const asked = askedOf(book)
  const timeMs = fill.timeMs
  const taken = min(fill.quantity, book.quantity)
  // Nothing at all: the exchange takes no order so small, and all of it is dust.
  const isAll = taken == 0 || toStep(book, book.quantity - taken) <= 0
  if (id == asked.stopId) asked.stopQuantity -= taken
  if (id != asked.targetId) asked.target = NaN
  fill.quantity = isAll ? onStep(book, taken) : taken
  applyRealExit(account, book, fill, reasonOf(book, id), isAll)
  if (book.side == 0) end(account, book, run, id, timeMs)
  return taken
}

/** What was sold without the rounding of additions, where that is all that keeps it from the step. */
function onStep(book: MarketBook, sold: f64): f64 {
  const whole = toStep(book, book.quantity)
  return abs(whole - sold) <= sold * NEARLY_NOTHING ? whole : sold
}

/** A billionth: the rounding left of a sum. */
const NEARLY_NOTHING: f64 = 1e-9

/** The position is over: what waits for it is cancelled, the rest of its own entry too, and its opposite may begin. */
function end(account: Account, book: MarketBook, run: MarketRun, by: f64, timeMs: f64): void {
  const asked = askedOf(book)
  forgetLevels(account, book, by, timeMs)
  const isStillBought = asked.entryId != 0 && asked.entryId != by && book.entry.kind == IntentKind.none
  if (isStillBought) askCancelEntry(account, book, timeMs)
  askDecided(account, book, run, timeMs)
}

function reasonOf(book: MarketBook, id: f64): i32 {
  const asked = askedOf(book)
  if (id == asked.exitId && id != 0) return book.exit.reason
  if (id == asked.targetId && id != 0) return ExitReasonCode.takeProfit
  return id == asked.stopId && id != 0 ? book.stopReason : ExitReasonCode.signal
}

/** The order asked for under `id` will not fill any more. */
export function endReal(account: Account, book: MarketBook, run: MarketRun, id: f64, end: OrderEnd, timeMs: f64): void {
  const asked = askedOf(book)
  if (id == 0) return
  if (id == asked.entryId) endEntry(account, book)
  else if (id == asked.exitId) endExit(book)
  else if (id == asked.addId) endSafetyOrder(book, end)
  else if (id == asked.targetId) endTarget(book, end)
  else if (id == asked.stopId) endStop(book)
  askLevels(account, book, timeMs)
  if (book.side == 0) askDecided(account, book, run, timeMs)
}

function endEntry(account: Account, book: MarketBook): void {
  const asked = askedOf(book)
  withdrawEntry(account, book)
  spend(account, book, book.setAside)
  asked.entryId = 0
  asked.isCancelling = 0
}

/** What is left of the position is held on; the next decision may sell it. */
function endExit(book: MarketBook): void {
  askedOf(book).exitId = 0
  book.exit.kind = IntentKind.none
}

function endSafetyOrder(book: MarketBook, end: OrderEnd): void {
  const asked = askedOf(book)
  asked.addId = 0
  if (end == OrderEnd.filled) fillSafetyOrder(book, asked.addPrice)
  else forgoSafetyOrders(book)
}

/** A level that is taken, or that the exchange refuses, is done with. */
function endTarget(book: MarketBook, end: OrderEnd): void {
  const asked = askedOf(book)
  asked.targetId = 0
  asked.target = NaN
  if (end == OrderEnd.filled || end == OrderEnd.refused) book.nextTarget += 1
}

function endStop(book: MarketBook): void {
  askedOf(book).stopId = 0
  askedOf(book).stop = NaN
}

/**
 * Somebody else bought or sold, and the owner wants the position to follow: a fill without an intent. Returns how much
 * the position takes; a position nobody asked for does not begin here.
 */
export function adopt(account: Account, book: MarketBook, run: MarketRun, side: i32, fill: Fill): f64 {
  return book.side == 0 ? 0 : applyReal(account, book, run, 0, side, fill)
}
