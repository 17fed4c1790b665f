// The default fills (docs/fills.md): never better than the market could have been, and where one candle hides the
// order of things,
// the worse for the trader is assumed.
import { adjustAtOpen } from "./adjust"
import { HAS_CODE } from "../has-code"
import { holdTerms, stopKindOf, targetCountOf, targetPercentOf, targetShareOf } from "../decide/own-terms"
import { MarketRun } from "../rules/market-run"
import { positionValue } from "../rules/position-program"
import { ProgramWord } from "../rules/program-word"
import { affordable, costOf, entryQuantity, isMore, refused, refusedBecause, tradable } from "../decide/sizing"
import { away, firstStop, followPrice, trail } from "../decide/stops"
import { Account, freeCash, setting } from "../account/account"
import { BaseCandle, reachesDown, reachesUp } from "./base-candle"
import { applyEntry, applyExit, Fill, fillOf, reject } from "../account/apply-fill"
import { MarketBook, slipped, toTick, Waiting } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { Setting, StopKind } from "../account/setting"

const MINUTE_MS: f64 = 60_000
/** At the open: a waiting exit is filled, or the open itself is already beyond stop or target. */
export function exitAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64): void {
  if (book.side == 0) return
  if (book.exitWaits != Waiting.none && book.exitDelay == 0) return exitAll(account, book, timeMs, open, book.exitReason)
  if (reachesDown(book.side, open, book.stop)) return exitAll(account, book, timeMs, open, book.stopReason)
  takeTargets(account, book, timeMs, open, open)
}

/** At the open: a waiting market entry, or a limit entry the market opened beyond. */
export function enterAtOpen(account: Account, book: MarketBook, run: MarketRun, open: f64, timeMs: f64, equity: f64): void {
  if (book.entryWaits == Waiting.none || book.entryDelay > 0) return
  if (HAS_CODE && book.side != 0) return adjustAtOpen(account, book, open, timeMs, equity)
  if (book.side != 0) return
  if (book.entryWaits == Waiting.limit) {
    if (!reachesDown(book.entrySide, open, book.limitPrice)) return
    return enter(account, book, run, timeMs, equity, open, open)
  }
  enter(account, book, run, timeMs, equity, slipped(open, book.entrySide > 0), open)
}

/** Whether a limit entry or a safety order may fill inside the candle. */
export function mayBuyInside(book: MarketBook): bool {
  if (book.side == 0) return book.entryWaits == Waiting.limit && book.entryDelay == 0
  return book.addCount < <i32>setting(Setting.addTimes)
}

/** Whether the candle reached the limit entry or the next safety order. */
export function buysInside(book: MarketBook, candle: BaseCandle): bool {
  if (book.side == 0) return reachesDown(book.entrySide, candle.worst(book.entrySide), book.limitPrice)
  return reachesDown(book.side, candle.worst(book.side), addLevel(book, book.side, book.lastAddPrice))
}

/** What is bought inside the candle costs at most this: the limit entry, and every safety order that is left. */
export function mostSpentInside(account: Account, book: MarketBook, run: MarketRun, open: f64): f64 {
  const free = freeCash(account)
  if (book.side != 0) return mostAdded(book, book.side, book.firstQuantity, book.addCount, book.lastAddPrice, open, free)
  const price = book.limitPrice
  const stop = firstStop(book, book.entrySide, price, stopInput(book, run, price))
  if (stopRefusal(book, price, stop) >= 0) return 0
  const quantity = entryQuantity(account, book, book.equityAtOpen, price, stop)
  const cost = costOf(book.entrySide, quantity, price)
  return cost + mostAdded(book, book.entrySide, quantity, 0, price, NaN, free - cost)
}

/** The cost of all safety orders behind a fill at `last`, the n-th of them filled already, if the candle reaches them. */
function mostAdded(book: MarketBook, side: i32, first: f64, n: i32, last: f64, open: f64, free: f64): f64 {
  let spent: f64 = 0
  while (first > 0 && n < <i32>setting(Setting.addTimes)) {
    n += 1
    last = addPrice(book, side, last, open)
    spent += costOf(side, addQuantity(book, side, first, n, last, free - spent), last)
  }
  return spent
}

/** Inside the candle: a limit entry, then additions, then the stop, then targets. */
export function insideCandle(account: Account, book: MarketBook, run: MarketRun, candle: BaseCandle, equity: f64): void {
  if (book.side == 0) {
    if (book.entryWaits != Waiting.limit || book.entryDelay > 0) return
    if (!reachesDown(book.entrySide, candle.worst(book.entrySide), book.limitPrice)) return
    enter(account, book, run, candle.timeMs, equity, book.limitPrice, book.limitPrice)
    if (book.side == 0) return
    book.enteredInside = 1
  }
  if (setting(Setting.addTimes) > 0 && addBelow(account, book, candle)) book.enteredInside = 1
  const stopped = reachesDown(book.side, candle.worst(book.side), book.stop)
  // High before the entry or after it? The candle does not say, so a target needs a later one.
  const targetHit = book.enteredInside == 0 && reachesUp(book.side, candle.best(book.side), nearestTarget(book, candle.timeMs))
  if (stopped) {
    if (targetHit) account.ambiguousCandles += 1
    // Never better than the market was: a stop between the open and an entry that slipped gives the open.
    const level = book.side > 0 ? min(book.stop, candle.open) : max(book.stop, candle.open)
    return exitAll(account, book, candle.timeMs, level, book.stopReason)
  }
  if (targetHit) takeTargets(account, book, candle.timeMs, candle.open, candle.best(book.side))
}

/** The candle has finished: trailing and break-even may now use it, never before. */
export function finishCandle(book: MarketBook, candle: BaseCandle): void {
  book.lastClose = candle.close
  book.lastTimeMs = candle.timeMs
  if (book.entryDelay > 0) book.entryDelay -= 1
  if (book.side == 0) return
  if (book.exitDelay > 0) book.exitDelay -= 1
  if (book.enteredInside == 0) followPrice(book, candle.best(book.side))
  else followPrice(book, candle.close)
  book.enteredInside = 0
}

/** Closes the whole position at `level`, moved by slippage. */
function exitAll(account: Account, book: MarketBook, timeMs: f64, level: f64, reason: i32): void {
  const price = slipped(level, book.side < 0)
  applyExit(account, book, fillOf(book.quantity, price, level, timeMs), reason)
}

/** At the end of the data: the rest is closed at this price. */
export function closeAtEnd(account: Account, book: MarketBook, price: f64): void {
  if (book.side == 0) return
  applyExit(account, book, fillOf(book.quantity, price, price, book.lastTimeMs), ExitReasonCode.endOfData)
}

function enter(account: Account, book: MarketBook, run: MarketRun, timeMs: f64, equity: f64, price: f64, priceBefore: f64): void {
  const side = book.entrySide
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
  const input = stopInput(book, run, price)
  const stop = firstStop(book, side, price, input)
  const refusal = stopRefusal(book, price, stop)
  if (refusal >= 0) return reject(book, timeMs, refusal)
  const quantity = entryQuantity(account, book, equity, price, stop)
  if (quantity == 0) return reject(book, timeMs, refusedBecause)
  account.openPositions += 1
  book.side = side
  book.entryTimeMs = timeMs
  book.entryTag = book.waitingTag
  book.firstQuantity = quantity
  book.lastAddPrice = price
  book.nextTarget = 0
  book.stopInput = input
  if (HAS_CODE) holdTerms(book)
  book.targetCount = targetCountOf(book)
  book.enteredInside = 0
  applyEntry(account, book, fillOf(quantity, price, priceBefore, timeMs))
  book.initialRisk = stop == stop ? quantity * abs(price - stop) : NaN
  setTargets(book, run)
  protect(book, stop)
}

/** The latched stop, or the stop program's value now that the entry price is known. */
export function stopInput(book: MarketBook, run: MarketRun, price: f64): f64 {
  const program = run.word(ProgramWord.stopProgram)
  return program < 0 ? book.waitingStop : positionValue(run, program, book.latches, 0, 0, price)
}

function stopRefusal(book: MarketBook, price: f64, stop: f64): i32 {
  if (stopKindOf(book) == StopKind.none) return -1
  if (stop != stop) return RejectedReasonCode.notReady
  return <f64>book.entrySide * (price - stop) > 0 ? -1 : RejectedReasonCode.stopBeyondEntry
}

/** Puts the first stop, the liquidation price and the trailing stop of a fresh entry in place. */
function protect(book: MarketBook, stop: f64): void {
  book.stop = stop
  book.stopReason = ExitReasonCode.stop
  followFrom(book, book.entryPrice)
}

/**
 * Trailing begins at the entry, and again at the average that a safety order makes: what was gained over the old
 * entry is not gained over it.
 */
function followFrom(book: MarketBook, price: f64): void {
  book.bestPrice = price
  trail(book)
  if (book.side < 0) limitByLiquidation(book)
}

/**
 * Isolated margin: the position is taken away when the loss has eaten the margin but for half a percent of its value.
 */
function limitByLiquidation(book: MarketBook): void {
  book.liquidationPrice = (book.entryPrice * (1 + 1 / setting(Setting.leverage))) / (1 + MAINTENANCE_MARGIN)
  if (book.stop <= book.liquidationPrice) return
  book.stop = book.liquidationPrice
  book.stopReason = ExitReasonCode.liquidation
}

const MAINTENANCE_MARGIN: f64 = 0.005

/** Fixes the take-profit prices. */
function setTargets(book: MarketBook, run: MarketRun): void {
  for (let n = 0; n < book.targetCount; n++) book.setTarget(n, targetPrice(book, run, n))
}

/**
 * A take-profit price, from the entry, the deciding candle, or its program. Rounded away from the entry: never easier
 * to reach.
 */
export function targetPrice(book: MarketBook, run: MarketRun, n: i32): f64 {
  const percent = targetPercentOf(book, n)
  const program = HAS_CODE ? -1 : run.word(run.word(ProgramWord.targetProgramsAt) + n)
  const price = percent == percent ? away(book.entryPrice, book.side, percent)
    : program >= 0 ? positionValue(run, program, book.latches, 0, 0, book.entryPrice) : book.waitingTarget(n)
  return toTick(book, price, book.side > 0)
}

/**
 * The nearest price at which something is taken: the next target or the ROI table's price of this moment. NaN: none.
 */
function nearestTarget(book: MarketBook, timeMs: f64): f64 {
  const target = book.nextTarget < book.targetCount ? book.target(book.nextTarget) : NaN
  if (setting(Setting.roiCount) == 0) return target
  const roi = roiPrice(book, timeMs)
  if (roi != roi) return target
  if (target != target) return roi
  return book.side > 0 ? min(target, roi) : max(target, roi)
}

/** Price of the ROI table's level for the minutes since entry; NaN before the first. */
function roiPrice(book: MarketBook, timeMs: f64): f64 {
  const minutes = (timeMs - book.entryTimeMs) / MINUTE_MS
  let price = NaN
  for (let n = 0; n < <i32>setting(Setting.roiCount); n++) {
    if (setting(Setting.roiMinutes + n) > minutes) break
    price = away(book.entryPrice, book.side, setting(Setting.roiPercents + n))
  }
  return toTick(book, price, book.side > 0)
}

/** Takes every target up to `reached`: at its price, or at the open where that is better. */
function takeTargets(account: Account, book: MarketBook, timeMs: f64, open: f64, reached: f64): void {
  while (book.side != 0) {
    const level = nearestTarget(book, timeMs)
    if (!reachesUp(book.side, reached, level)) return
    const price = book.side > 0 ? max(level, open) : min(level, open)
    const isRoi = level != (book.nextTarget < book.targetCount ? book.target(book.nextTarget) : NaN)
    if (isRoi) applyExit(account, book, fillOf(book.quantity, price, price, timeMs), ExitReasonCode.roi)
    else takeShare(account, book, fillOf(0, price, price, timeMs))
  }
}

/** One take-profit level: its share of what is still open, or all of it when too little would remain to be sold. */
function takeShare(account: Account, book: MarketBook, fill: Fill): void {
  const share = targetShareOf(book, book.nextTarget)
  book.nextTarget += 1
  const part = share >= 1 ? book.quantity : tradable(book, book.quantity * share, fill.price)
  const leavesEnough = part > 0 && tradable(book, book.quantity - part, fill.price) > 0
  fill.quantity = leavesEnough ? part : book.quantity
  applyExit(account, book, fill, ExitReasonCode.takeProfit)
}

/**
 * Safety orders: limit orders below the last fill, before the stop, which then stands under the new average. Tells
 * whether one filled.
 */
function addBelow(account: Account, book: MarketBook, candle: BaseCandle): bool {
  const before = book.quantity
  const open = book.enteredInside == 0 ? candle.open : NaN
  while (book.addCount < <i32>setting(Setting.addTimes)) {
    if (!reachesDown(book.side, candle.worst(book.side), addLevel(book, book.side, book.lastAddPrice))) break
    const price = addPrice(book, book.side, book.lastAddPrice, open)
    book.addCount += 1
    add(account, book, fillOf(addQuantity(book, book.side, book.firstQuantity, book.addCount, price, freeCash(account)), price, price, candle.timeMs))
  }
  return book.quantity > before
}

/** Where the safety order behind a fill at `last` waits. */
function addLevel(book: MarketBook, side: i32, last: f64): f64 {
  return toTick(book, away(last, side, -setting(Setting.addDropPercent)), side < 0)
}

/** What it fills at: its level, or the open where that is beyond it (NaN: the open came before the order). */
function addPrice(book: MarketBook, side: i32, last: f64, open: f64): f64 {
  const level = addLevel(book, side, last)
  return reachesDown(side, open, level) ? open : level
}

/** How much the n-th safety order buys with this much free cash; 0 when refused. */
function addQuantity(book: MarketBook, side: i32, first: f64, n: i32, price: f64, free: f64): f64 {
  const wanted = first * Math.pow(setting(Setting.addSizeMultiple), n)
  const most = affordable(free, side, price)
  return isMore(wanted, most) ? refused(RejectedReasonCode.cash) : tradable(book, min(wanted, most), price)
}

function add(account: Account, book: MarketBook, fill: Fill): void {
  book.lastAddPrice = fill.price
  if (fill.quantity == 0) return reject(book, fill.timeMs, refusedBecause)
  applyEntry(account, book, fill)
  const kind = stopKindOf(book)
  // A liquidation price follows the average entry; any other stop that is not measured from the entry stays where it
  // is.
  if (kind == StopKind.percent || kind == StopKind.distance || book.stopReason == ExitReasonCode.liquidation) {
    book.stop = firstStop(book, book.side, book.entryPrice, book.stopInput)
    book.stopReason = ExitReasonCode.stop
  }
  followFrom(book, book.entryPrice)
  for (let n = book.nextTarget; n < book.targetCount; n++) {
    const percent = targetPercentOf(book, n)
    if (percent == percent) book.setTarget(n, toTick(book, away(book.entryPrice, book.side, percent), book.side > 0))
  }
}
