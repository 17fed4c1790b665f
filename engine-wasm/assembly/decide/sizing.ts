// How much to buy: the smallest of what the intent asks for, the cap, and what the cash pays for.
import { MARKS, mark } from "../mark"
import { Mark } from "../path-mark"
import { Account, freeCash, setting } from "../account/account"
import { Intent } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { marketSetting, toStep } from "../account/market-rules"
import { RejectedReasonCode } from "../account/record"
import { MarketSetting, Setting, SizeKind } from "../account/setting"

/** A billionth: the rounding left of zero. */
const NEARLY_NOTHING: f64 = 1e-9

/** So many base units; 0 and the reason where nothing is bought or sold. */
@unmanaged
export class Amount {
  quantity: f64
  refusal: RejectedReasonCode

  @inline get isRefused(): bool {
    return this.refusal != RejectedReasonCode.none
  }
}

/** The bytes of one amount, used again by the next call. */
const AMOUNT_BYTES = memory.data(16)

/** That much. */
// @ts-ignore: decorator
@inline
export function amountOf(quantity: f64): Amount {
  const amount = changetype<Amount>(AMOUNT_BYTES)
  amount.quantity = quantity
  amount.refusal = RejectedReasonCode.none
  return amount
}

/** Nothing, and why. */
// @ts-ignore: decorator
@inline
export function refused(reason: RejectedReasonCode): Amount {
  const amount = amountOf(0)
  amount.refusal = reason
  return amount
}

/**
 * What the intent buys at `price` with its stop at `stop` (NaN: none).
 * Risk: equity x percent / |price - stop|. Equity: equity x percent, the fee included. Quote: that amount.
 */
// @ts-ignore: decorator
@inline
export function entryAmount(account: Account, book: MarketBook, equity: f64, price: f64, stop: f64): Amount {
  const amount = payableAmount(account, book.entry, equity, price, stop)
  return amount.isRefused ? amount : tradable(book, amount.quantity, price)
}

/** The same before it is rounded to the market's step. */
// @ts-ignore: decorator
@inline
export function payableAmount(account: Account, intent: Intent, equity: f64, price: f64, stop: f64): Amount {
  const payable = price * (1 + quoteFeeRate(intent.side))
  const wanted = wantedQuantity(intent, equity, price, payable, stop)
  const most = affordable(freeCash(account), intent.side, price)
  const isCashless = freeCash(account) <= equity * NEARLY_NOTHING
  if (isCashless || (intent.isAllOrNone != 0 && isMore(wanted, most))) return refused(RejectedReasonCode.cash)
  const cap = capQuantity(equity, payable)
  const quantity = min(min(wanted, cap), most)
  if (MARKS) markLimit(wanted, cap, most)
  return quantity == quantity ? amountOf(quantity) : refused(RejectedReasonCode.notReady)
}

/** The quantity as the exchange takes it: whole steps, at least the minimum value. */
export function tradable(book: MarketBook, quantity: f64, price: f64): Amount {
  const stepped = toStep(book, quantity)
  if (!(stepped > 0)) return refused(RejectedReasonCode.quantityStep)
  if (stepped * price < marketSetting(book.number, MarketSetting.minNotional)) return refused(RejectedReasonCode.minimumNotional)
  return amountOf(stepped)
}

/** Whether the wanted amount exceeds the available one, by more than rounding. */
// @ts-ignore: decorator
@inline
export function isMore(wanted: f64, most: f64): bool {
  return wanted > most * (1 + NEARLY_NOTHING)
}

/** The most base units this much free cash pays for at `price`: a long's value or a short's margin, and the fee. */
// @ts-ignore: decorator
@inline
export function affordable(free: f64, side: i32, price: f64): f64 {
  return free / (price * paidPart(side))
}

/** The free cash that buying (for a short: selling) this much takes: the value or its margin, and the fee. */
export function costOf(side: i32, quantity: f64, price: f64): f64 {
  return quantity * price * paidPart(side)
}

/** The part of a value that cash pays: all of it or a short's margin, and the fee. */
// @ts-ignore: decorator
@inline
function paidPart(side: i32): f64 {
  const part = side < 0 ? 1 / setting(Setting.leverage) : 1
  return part + quoteFeeRate(side)
}

/** Where a buying fee comes out of the coins, cash pays for the price alone. */
// @ts-ignore: decorator
@inline
function quoteFeeRate(side: i32): f64 {
  return setting(Setting.feeFromReceived) != 0 && side > 0 ? 0 : setting(Setting.feeRate)
}

function markLimit(wanted: f64, cap: f64, most: f64): void {
  if (most < min(wanted, cap)) mark(Mark.sizeByCash)
  else if (cap < wanted) mark(Mark.sizeByCap)
}

function markKind(kind: i32): void {
  mark(kind == SizeKind.risk ? Mark.sizeRisk : kind == SizeKind.equity ? Mark.sizeEquity : Mark.sizeQuote)
}

// @ts-ignore: decorator
@inline
function wantedQuantity(intent: Intent, equity: f64, price: f64, payable: f64, stop: f64): f64 {
  const amount = intent.sizeAmount
  if (MARKS) markKind(intent.sizeKind)
  if (intent.sizeKind == SizeKind.risk) return (equity * amount) / 100 / abs(price - stop)
  if (intent.sizeKind == SizeKind.equity) return (equity * amount) / 100 / payable
  return intent.sizeKind == SizeKind.units ? amount : amount / price
}

// @ts-ignore: decorator
@inline
function capQuantity(equity: f64, payable: f64): f64 {
  const percent = setting(Setting.maxPositionPercent)
  return percent > 0 ? (equity * percent) / 100 / payable : Infinity
}
