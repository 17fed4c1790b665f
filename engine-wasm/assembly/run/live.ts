// What the host of a live run tells the engine: new candles, fills, ended orders, the account's state, changed rules.
import { Account } from "../account/account"
import { realFill } from "../account/fill"
import { setMarketSetting } from "../account/market-rules"
import { OrderEnd } from "../account/record"
import { MarketSetting } from "../account/setting"
import { adopt, applyReal, endReal } from "../fill/real-fill"
import { Ledger } from "./ledger"

let ledger: Ledger = changetype<Ledger>(0)

/** Says whose books the calls below change. */
export function startLive(run: Ledger): void {
  ledger = run
}

/** The host has moved market n's candles: `count` are in its columns, `done` of them finished. */
export function showCandles(n: i32, done: i32, count: i32): void {
  ledger.run(n).cursor = done
  ledger.run(n).candleCount = count
}

/**
 * A fill of the order asked for under `id`: base units, quote currency a unit, fees in quote currency and in coins.
 * Returns how much of it the position takes.
 */
export function fillOrder(n: i32, id: f64, side: i32, quantity: f64, price: f64, fee: f64, coinFee: f64, timeMs: f64): f64 {
  return applyReal(ledger.account, ledger.book(n), ledger.run(n), id, side, realFill(quantity, price, timeMs, fee, coinFee))
}

/** A fill nobody asked for, which the owner adopts. Returns how much of it the position takes. */
export function adoptFill(n: i32, side: i32, quantity: f64, price: f64, fee: f64, coinFee: f64, timeMs: f64): f64 {
  return adopt(ledger.account, ledger.book(n), ledger.run(n), side, realFill(quantity, price, timeMs, fee, coinFee))
}

/** The order asked for under `id` will not fill any more; `end` is an OrderEnd. */
export function endOrder(n: i32, id: f64, end: i32, timeMs: f64): void {
  endReal(ledger.account, ledger.book(n), ledger.run(n), id, <OrderEnd>end, timeMs)
}

/** Cash, the equity the day began with, and whether trading is halted: kept outside from now on (quote currency). */
export function setAccount(cash: f64, dayStartEquity: f64, isHalted: bool): void {
  const account: Account = ledger.account
  account.cash = cash
  account.dayStartEquity = dayStartEquity
  account.halted = isHalted ? 1 : 0
  account.isKeptOutside = 1
}

/** The exchange's rules for market n from now on. */
export function setMarketRules(n: i32, minNotional: f64, quantityStep: f64, priceTick: f64): void {
  setMarketSetting(n, MarketSetting.minNotional, minNotional)
  setMarketSetting(n, MarketSetting.quantityStep, quantityStep)
  setMarketSetting(n, MarketSetting.priceTick, priceTick)
}
