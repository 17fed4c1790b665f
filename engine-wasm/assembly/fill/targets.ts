// Profit taken by the default fills: take-profit levels, and the ROI table's price of the moment.
import { Account, setting, wholeSetting } from "../account/account"
import { applyExit } from "../account/apply-fill"
import { Fill, fillOf } from "../account/fill"
import { MarketBook } from "../account/market-book"
import { marketSetting, toTick } from "../account/market-rules"
import { ExitReasonCode } from "../account/record"
import { MarketSetting, Setting } from "../account/setting"
import { tradable } from "../decide/sizing"
import { away } from "../decide/stops"
import { reachesUp } from "./base-candle"

const MINUTE_MS: f64 = 60_000

/**
 * The nearest price at which something is taken: the next target or the ROI table's price of this moment. NaN: none.
 */
export function nearestTarget(book: MarketBook, timeMs: f64): f64 {
  const target = book.nextTargetPrice
  if (setting(Setting.roiCount) == 0) return target
  const roi = roiPrice(book, timeMs)
  if (roi != roi) return target
  if (target != target) return roi
  return book.side > 0 ? min(target, roi) : max(target, roi)
}

/** Price of the ROI table's level for the minutes since entry; NaN before the first. */
export function roiPrice(book: MarketBook, timeMs: f64): f64 {
  const minutes = (timeMs - book.entryTimeMs) / MINUTE_MS
  const count = wholeSetting(Setting.roiCount)
  let n = 0
  while (n < count && setting(Setting.roiMinutes + n) <= minutes) n++
  return n == 0 ? NaN : roiLevel(book, setting(Setting.roiPercents + n - 1))
}

let levelFrom: f64 = NaN
let levelPercent: f64 = NaN
let levelSide: i32 = 0
let levelTick: f64 = NaN
let level: f64 = NaN

/** The price of a gain in percent. A position asks for it again and again. */
function roiLevel(book: MarketBook, percent: f64): f64 {
  const tick = marketSetting(book.number, MarketSetting.priceTick)
  if (book.entryPrice == levelFrom && percent == levelPercent && book.side == levelSide && tick == levelTick) return level
  levelFrom = book.entryPrice
  levelPercent = percent
  levelSide = book.side
  levelTick = tick
  level = toTick(book, away(book.entryPrice, book.side, percent), book.side > 0)
  return level
}

/** When the ROI table's next level begins; Infinity after the last. */
export function nextRoiMs(book: MarketBook, timeMs: f64): f64 {
  for (let n = 0; n < wholeSetting(Setting.roiCount); n++) {
    const fromMs = book.entryTimeMs + setting(Setting.roiMinutes + n) * MINUTE_MS
    if (fromMs > timeMs) return fromMs
  }
  return Infinity
}

/** Takes every target up to `reached`: at its price, or at the open where that is better. */
export function takeTargets(account: Account, book: MarketBook, timeMs: f64, open: f64, reached: f64): void {
  while (book.side != 0) {
    const level = nearestTarget(book, timeMs)
    if (!reachesUp(book.side, reached, level)) return
    const price = book.side > 0 ? max(level, open) : min(level, open)
    if (level != book.nextTargetPrice) applyExit(account, book, fillOf(book.quantity, price, price, timeMs), ExitReasonCode.roi)
    else takeShare(account, book, fillOf(0, price, price, timeMs))
  }
}

/** One take-profit level. */
function takeShare(account: Account, book: MarketBook, fill: Fill): void {
  fill.quantity = targetQuantity(book, fill.price)
  book.nextTarget += 1
  applyExit(account, book, fill, ExitReasonCode.takeProfit)
}

/** How much the next level sells at this price: its share, or everything when too little would remain to be sold. */
export function targetQuantity(book: MarketBook, price: f64): f64 {
  const share = book.target(book.nextTarget).share
  const part = share >= 1 ? book.quantity : tradable(book, book.quantity * share, price).quantity
  const leavesEnough = part > 0 && !tradable(book, book.quantity - part, price).isRefused
  return leavesEnough ? part : book.quantity
}
