import type { AccountSettings } from "../host/run/backtest-request.ts"
import type { ExitReason, Rejected, RejectedReason } from "../host/result/backtest-result.ts"
import type { Formula } from "../host/strategy/formula/formula.ts"
import type { ResolvedStrategy } from "../host/strategy/document/strategy-document-params.ts"
import type { BaseCandle, StrategyCandles } from "./reference-candles.ts"
import { asDecimal } from "./reference-rounding.ts"

/** +1 long, −1 short. */
export type Direction = 1 | -1

export type Stop = { price: number; reason: ExitReason }

export type Position = {
  direction: Direction
  /** Coins held now; with `feeFrom: received` less the buying fee. */
  quantity: number
  /** The first fill's order, which safety orders multiply. */
  firstQuantity: number
  /** Value at entry and fees of the open rest, quote currency. */
  cost: number
  entryFees: number
  entrySlippage: number
  /** Received on the open rest; negative: paid. */
  funding: number
  initialRisk: number
  entryPrice: number
  lastFillPrice: number
  entryTimeMs: number
  /** Index of the strategy candle that decided. */
  decidedAt: number
  tag: number
  /** Strategy closes since the entry. */
  candles: number
  stop: Stop | undefined
  /** The stop's formula at the entry; NaN without one. */
  stopFormulaPrice: number
  /** Each take-profit level's formula at the entry; NaN for levels in percent. */
  targetFormulaPrices: number[]
  bestPrice: number
  takenLevels: number
  addsPlaced: number
  margin: number
  /** Entered within the base candle at hand, after its open. */
  enteredInside: boolean
}

export type WaitingEntry = {
  direction: Direction
  decidedAt: number
  tag: number
  /** Base candles until it reaches the market. */
  delay: number
  order: { kind: "market" } | { kind: "limit"; price: number; life: number }
}

export type Market = {
  number: number
  name: string
  base: BaseCandle[]
  strategy: StrategyCandles
  /** How many base candles are finished, and strategy candles closed. */
  finished: number
  closed: number
  lastClose: number
  position: Position | undefined
  exit: { reason: ExitReason; delay: number } | undefined
  entry: WaitingEntry | undefined
  closesSinceExit: number
  closes: { timeMs: number; close: number }[]
  dust: number
  /** Since the open of the candle under way. */
  opened: Opened | undefined
  /** The account's free cash before any fill inside the candle that has ended; undefined until then. */
  freeBefore: number | undefined
  /** Its data ended before the others' did. */
  hasLeft: boolean
}

/**
 * The facts at a candle's open: equity and the cash the market may use; `setAside` of it is reserved for this market.
 */
export type Opened = { equity: number; free: number; setAside: number }

export type ReferenceTrade = {
  market: number
  side: number
  quantity: number
  entryTimeMs: number
  entryPrice: number
  exitTimeMs: number
  exitPrice: number
  exitReason: ExitReason
  profit: number
  feesPaid: number
  slippagePaid: number
  initialRisk: number
  entryTag: number
}

export type ReferenceRecord = {
  trades: ReferenceTrade[]
  equity: { openTimeMs: number; equity: number }[]
  rejected: Rejected[]
  ambiguousCandles: number
  exposedSamples: number
}

/** The state of a reference run. */
export type Run = {
  strategy: ResolvedStrategy
  /** Params and series by name. */
  names: Record<string, Formula>
  timeframeMs: number
  account: AccountSettings
  fromMs: number
  markets: Market[]
  cash: number
  peakEquity: number
  day: number
  dayStartEquity: number
  isDayLost: boolean
  sample: number
  halted: boolean
  record: ReferenceRecord
}

/** Cash, positions and dust at their markets' last closes. */
export function equityNow(run: Run): number {
  return run.markets.reduce(
    (sum, market) => sum + positionValue(market) + (market.dust > 0 ? market.dust * market.lastClose : 0),
    run.cash,
  )
}

function positionValue({ position, lastClose }: Market): number {
  if (!position) return 0
  return position.direction > 0 ? position.quantity * lastClose : position.cost - position.quantity * lastClose
}

/** A billionth: the rounding left of zero. */
export const NEARLY_NOTHING = 1e-9

/** Whether this many percent of `from` are lost; a billionth is rounding. */
export function hasLost(from: number, to: number, percent: number): boolean {
  return to <= from - (from * percent) / 100 + from * NEARLY_NOTHING
}

/** Cash less the margins of shorts; the funding since is part of a margin. */
export function freeCash(run: Run): number {
  return run.markets.reduce(
    (cash, { position }) => cash - (position ? position.margin + position.funding : 0),
    run.cash,
  )
}

/**
 * Rule 1.5: the cash this market may use. Inside a candle that is the cash at its open and what the market itself has
 * taken or brought since; else what others have not set aside.
 */
export function usableCash(run: Run, market: Market): number {
  if (market.opened && market.freeBefore !== undefined) return market.opened.free + (freeCash(run) - market.freeBefore)
  return run.markets.reduce(
    (cash, other) => cash - (other === market ? 0 : (other.opened?.setAside ?? 0)),
    freeCash(run),
  )
}

/** Rule 23: the equity that sizes use, inside a candle that of its open. */
export function sizingEquity(run: Run, market: Market): number {
  return market.opened && market.freeBefore !== undefined ? market.opened.equity : equityNow(run)
}

/**
 * Rules 23 and 27: the most coins free cash pays for: a long's value or a short's margin, and the fee unless the
 * coins pay it.
 */
export function affordable(run: Run, market: Market, direction: Direction, price: number): number {
  const part = direction > 0 ? 1 : 1 / run.account.leverage
  return usableCash(run, market) / (price * (part + feeRateInQuote(run, direction)))
}

export function feeRateInQuote({ account }: Run, direction: Direction): number {
  return account.feeFrom === "received" && direction > 0 ? 0 : account.feePercent / 100
}

export function reject(run: Run, market: Market, timeMs: number, reason: RejectedReason): void {
  run.record.rejected.push({ timeMs, market: market.name, reason })
}

/** Whether `price` is at the level or further against the position. */
export function isAtOrWorse(direction: Direction, price: number, level: number): boolean {
  return direction > 0 ? price <= level : price >= level
}

/** Whether `price` is at the level or further in the position's favour. */
export function isAtOrBetter(direction: Direction, price: number, level: number): boolean {
  return direction > 0 ? price >= level : price <= level
}

/** What the price has gained since the entry, in percent in the position's favour. */
export function gainPercent(direction: Direction, entryPrice: number, price: number): number {
  const times = price / entryPrice
  return asDecimal(direction * (times - 1) * 100, 100 * Math.max(times, 1))
}

/** `percent` away from a price, in the position's favour when above 0: 7 % below 100 is 93. */
export function moved(price: number, direction: Direction, percent: number): number {
  return percent === 0 ? price : asDecimal(price + (price * (direction * percent)) / 100, price)
}

/** The price of a fill at `price` after slipping by `percent` in `direction`. */
export function slipped(price: number, direction: Direction, percent: number): number {
  return percent === 0 ? price : asDecimal(price * (1 + (direction * percent) / 100), price)
}

export function worstPrice(direction: Direction, candle: BaseCandle): number {
  return direction > 0 ? candle.low : candle.high
}

export function bestPrice(direction: Direction, candle: BaseCandle): number {
  return direction > 0 ? candle.high : candle.low
}
