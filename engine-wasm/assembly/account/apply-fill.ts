// What a fill does to the account and the position. Who decides the price is elsewhere.
import { decimal } from "../decimal"
import { Account, setting } from "./account"
import { Fill, fillOf } from "./fill"
import { IntentKind } from "./intent"
import { MarketBook } from "./market-book"
import { toStep } from "./market-rules"
import { ExitReasonCode } from "./record"
import { recordTrade } from "./recorded"
import { Setting } from "./setting"

/** Opens the position or adds to it. Long: cash pays for it. Short: margin is set aside. */
// @ts-ignore: decorator
@inline
export function applyEntry(account: Account, book: MarketBook, fill: Fill): void {
  const value = fill.quantity * fill.price
  const isReal = fill.fee == fill.fee
  const fee = isReal ? fill.fee : value * setting(Setting.feeRate)
  const fromCoins = !isReal && setting(Setting.feeFromReceived) != 0 && book.side > 0
  const received = isReal ? fill.quantity - fill.coinFee
    : fromCoins ? fill.quantity * (1 - setting(Setting.feeRate)) : fill.quantity
  const before = book.quantity
  book.entryPrice = before == 0 ? fill.price : average(before, book.entryPrice, received, fill.price)
  book.quantity = before + received + (before == 0 ? dustFor(book) : 0)
  book.cost += value
  book.entryFees += fromCoins ? 0 : fee
  if (isReal) book.coinFees += fill.coinFee * fill.price
  else if (fromCoins) book.coinFees += fee
  book.entrySlippage += abs(fill.price - fill.priceBefore) * fill.quantity
  if (!fromCoins) account.cash -= fee
  if (book.side > 0) account.cash -= value
  else account.margin += value / setting(Setting.leverage)
}

/** The dust of earlier positions is part of a new one, and sold with it: it cost nothing any more. */
// @ts-ignore: decorator
@inline
function dustFor(book: MarketBook): f64 {
  if (book.side < 0) return 0
  const dust = book.dust
  book.dust = 0
  return dust
}

/** What a coin cost on average. */
function average(held: f64, paid: f64, added: f64, price: f64): f64 {
  return decimal((held * paid + added * price) / (held + added), max(paid, price))
}

/** Closes `fill.quantity` of the position and records the trade. What is too small to sell waits as dust for the next one. */
export function applyExit(account: Account, book: MarketBook, fill: Fill, reason: i32): void {
  const isAll = fill.quantity >= book.quantity
  applyReduction(account, book, fill, reason, isAll, isAll ? toStep(book, book.quantity) : fill.quantity)
}

/** The same as the exchange has done it: `sold` is what it says, for the step of then may be another than that of now. */
export function applyRealExit(account: Account, book: MarketBook, fill: Fill, reason: i32, isAll: bool): void {
  applyReduction(account, book, fill, reason, isAll, fill.quantity)
}

// @ts-ignore: decorator
@inline
function applyReduction(account: Account, book: MarketBook, fill: Fill, reason: i32, isAll: bool, sold: f64): void {
  const share = isAll ? 1 : sold / book.quantity
  const cost = book.cost * share
  const isLiquidated = book.side < 0 && isBankrupt(book, sold * fill.price, share)
  if (isLiquidated) fill.price = fill.priceBefore = bankruptcyValue(book, share) / sold
  const value = sold * fill.price
  const fee: f64 = isLiquidated ? 0 : fill.fee == fill.fee ? fill.fee : value * setting(Setting.feeRate)
  const gross = book.side > 0 ? value - cost : cost - value
  account.cash += book.side > 0 ? value - fee : gross - fee
  if (book.side < 0) account.margin -= cost / setting(Setting.leverage) + book.funding * share
  recordTrade(book, fill, isLiquidated ? ExitReasonCode.liquidation : reason, sold, share,
    gross - fee + (book.funding - book.entryFees) * share, fee)
  book.cost -= cost
  book.entryFees -= book.entryFees * share
  book.coinFees -= book.coinFees * share
  book.entrySlippage -= book.entrySlippage * share
  book.funding -= book.funding * share
  book.initialRisk -= book.initialRisk * share
  book.dust += isAll ? book.quantity - sold : 0
  book.quantity = isAll ? 0 : book.quantity - sold
  if (isAll) flatten(account, book)
}

/**
 * Isolated margin: the most it may cost to buy back this share of a short. Price, funding and the closing fee have
 * then used up its margin; a gap's loss beyond it is the exchange's.
 */
// @ts-ignore: decorator
@inline
function bankruptcyValue(book: MarketBook, share: f64): f64 {
  return (book.cost * (1 + 1 / setting(Setting.leverage)) + book.funding) * share
}

/** Whether buying back this share of a short for `value` would take all of its margin or more, the fee included. */
// @ts-ignore: decorator
@inline
function isBankrupt(book: MarketBook, value: f64, share: f64): bool {
  return value * (1 + setting(Setting.feeRate)) >= bankruptcyValue(book, share) * (1 - NEARLY_NOTHING)
}

/** A billionth: the rounding left of zero. */
const NEARLY_NOTHING: f64 = 1e-9

/** A short whose margin is gone at this price is closed by the exchange. */
export function liquidate(account: Account, book: MarketBook, price: f64, timeMs: f64): void {
  if (book.side >= 0 || !isBankrupt(book, book.quantity * price, 1)) return
  applyExit(account, book, fillOf(book.quantity, price, price, timeMs), ExitReasonCode.liquidation)
}

// @ts-ignore: decorator
@inline
function flatten(account: Account, book: MarketBook): void {
  book.side = 0
  book.entryPrice = 0
  book.cost = 0
  book.entryFees = 0
  book.coinFees = 0
  book.entrySlippage = 0
  book.funding = 0
  book.initialRisk = 0
  book.stop = NaN
  book.exit.kind = IntentKind.none
  book.candlesHeld = 0
  book.candlesSinceExit = 0
  account.openPositions -= 1
  if (account.openPositions == 0) account.margin = 0
}
