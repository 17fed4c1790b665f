// How much to buy: the smallest of what the rule asks for, the cap, and what the cash pays for.
import { Account, freeCash, setting } from "../account/account"
import { MarketBook, marketSetting, toStep } from "../account/market-book"
import { ownQuantity } from "./own-terms"
import { RejectedReasonCode } from "../account/record"
import { MarketSetting, Setting, SizeKind } from "../account/setting"

/** What rounding leaves of nothing: a billionth. */
const NEARLY_NOTHING: f64 = 1e-9

/** Why the last call gave 0: a RejectedReasonCode. */
export let refusedBecause: i32 = 0

/** Remembers why nothing is bought or sold, and gives 0. */
export function refused(reason: i32): f64 {
  refusedBecause = reason
  return 0
}

/**
 * Base units for an entry at `price` with its stop at `stop` (NaN: none); 0 when refused.
 * Risk: equity x percent / |price - stop|. Equity: equity x percent, the fee included. Quote: that amount.
 */
export function entryQuantity(account: Account, book: MarketBook, equity: f64, price: f64, stop: f64): f64 {
  const quantity = payableQuantity(account, book, equity, price, stop)
  return quantity == quantity ? tradable(book, quantity, price) : 0
}

/** The same before it is rounded to the market's step; NaN when refused. */
export function payableQuantity(account: Account, book: MarketBook, equity: f64, price: f64, stop: f64): f64 {
  const payable = price * (1 + quoteFeeRate(book.entrySide))
  const own = ownQuantity(book, equity, payable)
  const wanted = own == own ? own : wantedQuantity(equity, price, payable, stop)
  const cap = capQuantity(equity, payable)
  const most = affordable(freeCash(account), book.entrySide, price)
  const isCashless = freeCash(account) <= equity * NEARLY_NOTHING
  if (isCashless || (setting(Setting.sizeKind) == SizeKind.quote && isMore(wanted, most))) {
    refused(RejectedReasonCode.cash)
    return NaN
  }
  return min(min(wanted, cap), most)
}

/** The quantity as the exchange takes it: whole steps, at least the minimum value; 0 when refused. */
export function tradable(book: MarketBook, quantity: f64, price: f64): f64 {
  const stepped = toStep(book, quantity)
  if (!(stepped > 0)) return refused(RejectedReasonCode.quantityStep)
  if (stepped * price < marketSetting(book.number, MarketSetting.minNotional)) return refused(RejectedReasonCode.minimumNotional)
  return stepped
}

/** Whether more is wanted than there is, by more than rounding. */
export function isMore(wanted: f64, most: f64): bool {
  return wanted > most * (1 + NEARLY_NOTHING)
}

/** The most base units that so much free cash pays for at `price`: a long's value or a short's margin, and the fee. */
export function affordable(free: f64, side: i32, price: f64): f64 {
  return free / (price * paidPart(side))
}

/** What buying (for a short: selling) so much takes from the free cash: the value or its margin, and the fee. */
export function costOf(side: i32, quantity: f64, price: f64): f64 {
  return quantity * price * paidPart(side)
}

/** The part of a value that cash pays: all of it or a short's margin, and the fee. */
function paidPart(side: i32): f64 {
  const part = side < 0 ? 1 / setting(Setting.leverage) : 1
  return part + quoteFeeRate(side)
}

/** Where a buying fee comes out of the coins, cash pays for the price alone. */
function quoteFeeRate(side: i32): f64 {
  return setting(Setting.feeFromReceived) != 0 && side > 0 ? 0 : setting(Setting.feeRate)
}

function wantedQuantity(equity: f64, price: f64, payable: f64, stop: f64): f64 {
  const amount = setting(Setting.sizeAmount)
  if (setting(Setting.sizeKind) == SizeKind.risk) return (equity * amount) / 100 / abs(price - stop)
  if (setting(Setting.sizeKind) == SizeKind.equity) return (equity * amount) / 100 / payable
  return amount / price
}

function capQuantity(equity: f64, payable: f64): f64 {
  const percent = setting(Setting.maxPositionPercent)
  return percent > 0 ? (equity * percent) / 100 / payable : Infinity
}
