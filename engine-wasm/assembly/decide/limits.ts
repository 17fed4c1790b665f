// What may stop an entry: cooldown, open positions, a lost day, a deep drawdown. Checked at the deciding candle; the
// first refusal is recorded.
import { Account, setting } from "../account/account"
import { MarketBook } from "../account/market-book"
import { RejectedReasonCode } from "../account/record"
import { Setting } from "../account/setting"
import { isCorrelated } from "./correlation"
import { DAY_MS } from "../time-length"


/** What refuses an entry now. */
// @ts-ignore: decorator
@inline
export function entryRefusal(account: Account, book: MarketBook): RejectedReasonCode {
  const cooldown = setting(Setting.cooldownCandles)
  // A position still open here ends at the next open: its opposite may follow at once only without a cooldown.
  const isEnding: f64 = book.side == 0 ? 0 : 1
  if (cooldown > 0 && (isEnding != 0 || book.candlesSinceExit <= cooldown)) return RejectedReasonCode.cooldown
  if (isLostDay(account)) return RejectedReasonCode.dailyLoss
  if (account.halted != 0) return RejectedReasonCode.maxDrawdown
  const most = setting(Setting.maxOpenPositions)
  if (most > 0 && account.openPositions + account.waitingEntries - isEnding >= most) return RejectedReasonCode.maxOpenPositions
  return isCorrelated(book) ? RejectedReasonCode.correlation : RejectedReasonCode.none
}

/** Equity has fallen by the daily limit since the UTC day began: what is won back does not lift it. */
// @ts-ignore: decorator
@inline
function isLostDay(account: Account): bool {
  return account.isDayLost != 0 || hasLostDay(account)
}

// @ts-ignore: decorator
@inline
function hasLostDay(account: Account): bool {
  return hasFallen(account.dayStartEquity, account.equity, setting(Setting.dailyLossPercent))
}

/** Whether this many percent were lost; never with 0, which means no limit. */
// @ts-ignore: decorator
@inline
function hasFallen(from: f64, to: f64, percent: f64): bool {
  return percent > 0 && to <= from - (from * percent) / 100 + from * NEARLY_NOTHING
}

/** A billionth: the rounding of many trades is no part of a loss. */
const NEARLY_NOTHING: f64 = 1e-9

/**
 * Takes a new equity sample: the day's start, the peak, whether the daily limit has stopped trading until the next day,
 * and whether the drawdown limit has for good.
 */
export function sampleEquity(account: Account, equity: f64, candleOpenMs: f64): void {
  if (account.isKeptOutside != 0) {
    account.equity = equity
    return
  }
  const day = floor(candleOpenMs / DAY_MS)
  if (day != account.day) {
    account.day = day
    account.dayStartEquity = account.equity
    account.isDayLost = 0
  }
  account.equity = equity
  if (hasLostDay(account)) account.isDayLost = 1
  account.peakEquity = max(account.peakEquity, equity)
  if (hasFallen(account.peakEquity, equity, setting(Setting.maxDrawdownPercent))) account.halted = 1
}
