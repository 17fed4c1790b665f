// How much to buy: the smallest of what the rule asks for, the cap, and what the cash pays for.
import { Account, freeCash, setting } from "../broker/account"
import { MarketBook, marketSetting, toStep } from "../broker/market-book"
import { RejectedReasonCode } from "../broker/record"
import { MarketSetting, Setting, SizeKind } from "../broker/setting"

/** Why the last call gave 0: a RejectedReasonCode. */
export let refusedBecause: i32 = 0

function refused(reason: i32): f64 {
  refusedBecause = reason
  return 0
}

/**
 * Base units for an entry at `price` with its stop at `stop` (NaN: none); 0 when refused.
 * Risk: equity x percent / |price - stop|. Equity: equity x percent, the fee included. Quote: that amount.
 */
export function entryQuantity(account: Account, book: MarketBook, equity: f64, price: f64, stop: f64): f64 {
  const payable = price * (1 + quoteFeeRate())
  const wanted = wantedQuantity(equity, price, payable, stop)
  const cap = capQuantity(equity, payable)
  const affordable = freeCash(account) * buyingPower(book) / payable
  if (affordable <= 0 || (setting(Setting.sizeKind) == SizeKind.quote && affordable < wanted)) return refused(RejectedReasonCode.cash)
  return tradable(book, min(min(wanted, cap), affordable), price)
}

/** The quantity as the exchange takes it: whole steps, at least the minimum value; 0 when refused. */
export function tradable(book: MarketBook, quantity: f64, price: f64): f64 {
  const stepped = toStep(book, quantity)
  if (!(stepped > 0)) return refused(RejectedReasonCode.quantityStep)
  if (stepped * price < marketSetting(book.number, MarketSetting.minNotional)) return refused(RejectedReasonCode.minimumNotional)
  return stepped
}

/** The fee comes out of the coins, so cash pays for the price alone. */
function quoteFeeRate(): f64 {
  return setting(Setting.feeFromReceived) != 0 ? 0 : setting(Setting.feeRate)
}

function buyingPower(book: MarketBook): f64 {
  return book.entrySide < 0 ? setting(Setting.leverage) : 1
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
