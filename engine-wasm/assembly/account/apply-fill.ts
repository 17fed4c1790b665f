// What a fill does to the account and the position. Fees are taken here, trades are told here; who decides the price
// is elsewhere.
import { set } from "../column"
import { Account, setting } from "./account"
import { MarketBook, toStep, Waiting } from "./market-book"
import { ExitReasonCode, RejectedField, TradeField } from "./record"
import { RecordBuffer } from "./record-buffer"
import { Setting } from "./setting"

let trades: RecordBuffer = changetype<RecordBuffer>(0)
let rejections: RecordBuffer = changetype<RecordBuffer>(0)

/** Tells the broker where to write trades and refusals. */
export function useRecords(tradeBuffer: RecordBuffer, rejectionBuffer: RecordBuffer): void {
  trades = tradeBuffer
  rejections = rejectionBuffer
}

/** A fill: base units, quote currency per base unit, and the price before slippage. */
@unmanaged
export class Fill {
  quantity: f64
  price: f64
  priceBefore: f64
  timeMs: f64
}

/** The bytes of one fill, used again for every fill. */
const FILL_BYTES = memory.data(32)

export function fillOf(quantity: f64, price: f64, priceBefore: f64, timeMs: f64): Fill {
  const fill = changetype<Fill>(FILL_BYTES)
  fill.quantity = quantity
  fill.price = price
  fill.priceBefore = priceBefore
  fill.timeMs = timeMs
  return fill
}

/** Opens the position or adds to it. Long: cash pays for it. Short: margin is set aside. */
export function applyEntry(account: Account, book: MarketBook, fill: Fill): void {
  const value = fill.quantity * fill.price
  const fee = value * setting(Setting.feeRate)
  const fromCoins = setting(Setting.feeFromReceived) != 0 && book.side > 0
  const received = fromCoins ? fill.quantity * (1 - setting(Setting.feeRate)) : fill.quantity
  const before = book.quantity
  book.entryPrice = before == 0 ? fill.price : (before * book.entryPrice + received * fill.price) / (before + received)
  book.quantity = before + received
  book.cost += value
  book.entryFees += fromCoins ? 0 : fee
  book.entrySlippage += abs(fill.price - fill.priceBefore) * fill.quantity
  if (!fromCoins) account.cash -= fee
  if (book.side > 0) account.cash -= value
  else account.margin += value / setting(Setting.leverage)
}

/** Closes `fill.quantity` of the position and tells the trade. What is too small to sell stays behind as dust. */
export function applyExit(account: Account, book: MarketBook, fill: Fill, reason: i32): void {
  const isAll = fill.quantity >= book.quantity
  const sold = isAll ? toStep(book, book.quantity) : fill.quantity
  const share = isAll ? 1 : sold / book.quantity
  const cost = book.cost * share
  const isLiquidated = book.side < 0 && isBankrupt(book, sold * fill.price, share)
  if (isLiquidated) fill.price = fill.priceBefore = bankruptcyValue(book, share) / sold
  const value = sold * fill.price
  const fee: f64 = isLiquidated ? 0 : value * setting(Setting.feeRate)
  const gross = book.side > 0 ? value - cost : cost - value
  account.cash += book.side > 0 ? value - fee : gross - fee
  if (book.side < 0) account.margin -= cost / setting(Setting.leverage)
  tellTrade(book, fill, isLiquidated ? ExitReasonCode.liquidation : reason, sold, share, gross - fee + (book.funding - book.entryFees) * share, fee)
  book.cost -= cost
  book.entryFees -= book.entryFees * share
  book.entrySlippage -= book.entrySlippage * share
  book.funding -= book.funding * share
  book.initialRisk -= book.initialRisk * share
  book.dust += isAll ? book.quantity - sold : 0
  book.quantity = isAll ? 0 : book.quantity - sold
  if (isAll) flatten(account, book)
}

/**
 * Isolated margin: what this share of a short may cost at most to buy back. Price, funding and the closing fee have
 * then eaten its margin; what a gap takes beyond it is the exchange's loss.
 */
function bankruptcyValue(book: MarketBook, share: f64): f64 {
  return (book.cost * (1 + 1 / setting(Setting.leverage)) + book.funding) * share
}

/** Whether buying back this share of a short for `value` would take all of its margin or more, the fee included. */
function isBankrupt(book: MarketBook, value: f64, share: f64): bool {
  return value * (1 + setting(Setting.feeRate)) >= bankruptcyValue(book, share) * (1 - NEARLY_NOTHING)
}

/** What rounding leaves of nothing: a billionth. */
const NEARLY_NOTHING: f64 = 1e-9

/** A short whose margin is gone at this price is closed by the exchange. */
export function liquidate(account: Account, book: MarketBook, price: f64, timeMs: f64): void {
  if (book.side >= 0 || !isBankrupt(book, book.quantity * price, 1)) return
  applyExit(account, book, fillOf(book.quantity, price, price, timeMs), ExitReasonCode.liquidation)
}

function tellTrade(book: MarketBook, fill: Fill, reason: i32, sold: f64, share: f64, profit: f64, fee: f64): void {
  const row = trades.append()
  set(row, TradeField.market, book.number)
  set(row, TradeField.side, book.side)
  set(row, TradeField.quantity, sold)
  set(row, TradeField.entryTimeMs, book.entryTimeMs)
  set(row, TradeField.entryPrice, book.entryPrice)
  set(row, TradeField.exitTimeMs, fill.timeMs)
  set(row, TradeField.exitPrice, fill.price)
  set(row, TradeField.exitReason, reason)
  set(row, TradeField.profit, profit)
  set(row, TradeField.feesPaid, book.entryFees * share + fee + coinFees(book, share))
  set(row, TradeField.slippagePaid, book.entrySlippage * share + abs(fill.price - fill.priceBefore) * sold)
  set(row, TradeField.initialRisk, book.initialRisk * share)
  set(row, TradeField.entryTag, book.entryTag)
}

/**
 * Fees that were taken from the coins, in quote currency: what was paid for more than was received, which is rate /
 * (1 - rate) of it.
 */
function coinFees(book: MarketBook, share: f64): f64 {
  const fromCoins = setting(Setting.feeFromReceived) != 0 && book.side > 0
  const rate = setting(Setting.feeRate)
  return fromCoins ? ((book.quantity * book.entryPrice * rate) / (1 - rate)) * share : 0
}

function flatten(account: Account, book: MarketBook): void {
  book.side = 0
  book.entryPrice = 0
  book.cost = 0
  book.entryFees = 0
  book.entrySlippage = 0
  book.funding = 0
  book.initialRisk = 0
  book.addCount = 0
  book.stop = NaN
  book.exitWaits = Waiting.none
  book.candlesHeld = 0
  book.candlesSinceExit = 0
  account.openPositions -= 1
}

/** Tells why an order was not placed. */
export function reject(book: MarketBook, timeMs: f64, reason: i32): void {
  if (rejections.room() == 0) return
  const row = rejections.append()
  set(row, RejectedField.timeMs, timeMs)
  set(row, RejectedField.market, book.number)
  set(row, RejectedField.reason, reason)
}
