import type { ExitReason, Rejected } from "../host/result/backtest-result.ts"
import { resolvedStrategy, type ResolvedStrategy } from "../host/strategy/document/strategy-document-params.ts"
import { conditionsOf } from "../host/strategy/document/strategy-document.ts"
import { gainPercent, isAtOrWorse, moved, type Direction, type ReferenceTrade, type Stop } from "./reference-book.ts"
import type { ReferenceRequest } from "./reference-broker.ts"
import { baseCandles, strategyCandles, type BaseCandle, type StrategyCandles } from "./reference-candles.ts"
import { isBankrupt, withinMargin } from "./reference-margin.ts"
import { formulaOf, isMet, noPosition, type PositionFacts } from "./reference-formula.ts"
import { asDecimal } from "./reference-rounding.ts"

type Order = {
  direction: Direction
  price: number | undefined
  placedMs: number | undefined
  tries: number
  tag: number
}
type Leaving = { price: number; reason: ExitReason; placedMs: number }
type Trade = {
  direction: Direction
  quantity: number
  entryPrice: number
  entryTimeMs: number
  orderedMs: number
  stop: Stop | undefined
  leaving: Leaving | undefined
  initialRisk: number
  candles: number
  tag: number
}

/** One market in freqtrade's way. `asked` has the orders of the candle before: the shifted signal columns. */
type State = {
  request: ReferenceRequest
  strategy: ResolvedStrategy
  series: StrategyCandles
  candles: BaseCandle[]
  cash: number
  trade: Trade | undefined
  order: Order | undefined
  exit: ExitReason | undefined
  trades: ReferenceTrade[]
  rejected: Rejected[]
}

/**
 * A document over one market's candles, all of the strategy's own timeframe, by the assumptions of freqtrade's
 * backtesting (https://www.freqtrade.io/en/stable/backtesting/#assumptions-made-by-backtesting). Supports market and
 * limit entries, a percent stop, trailing, ROI and the time stop; sizes in quote currency.
 */
export function freqtradeRun(request: ReferenceRequest): {
  trades: ReferenceTrade[]
  rejected: Rejected[]
  equity: number[]
} {
  const [{ candles }] = request.markets
  const state: State = {
    request,
    strategy: resolvedStrategy(request.strategy, paramsOf(request)),
    series: strategyCandles(candles, candles.timeframeMs),
    candles: baseCandles(candles),
    cash: request.account.cash,
    trade: undefined,
    order: undefined,
    exit: undefined,
    trades: [],
    rejected: [],
  }
  const equity = state.candles.map((candle, at) => {
    step(state, candle, at)
    return equityAt(state, candle)
  })
  const last = state.candles.at(-1)!
  if (state.trade) leave(state, last, last.open, "endOfData")
  equity[equity.length - 1] = state.cash
  return { trades: state.trades, rejected: state.rejected, equity }
}

function paramsOf({ strategy }: ReferenceRequest) {
  return Object.fromEntries(Object.entries(strategy.params).map(([name, param]) => [name, param.value]))
}

function equityAt({ cash, trade }: State, { close }: BaseCandle): number {
  if (!trade) return cash
  return cash + trade.direction * trade.quantity * (close - trade.entryPrice)
}

/** Signals of the candle before enter, the same candle is checked for exits, and timed-out orders go. */
function step(state: State, candle: BaseCandle, at: number): void {
  if (!state.trade && !state.order && at > 0) askEntry(state, at - 1)
  if (state.order) tryEntry(state, candle, at)
  if (state.trade) tryExit(state, candle)
  if (state.trade && isBankrupt(closingOf(state, state.trade, candle.high)))
    leave(state, candle, candle.high, "liquidation")
  state.exit = undefined
  timeOut(state, candle)
  askExit(state, at)
}

function timeOut(state: State, candle: BaseCandle): void {
  if (state.order?.placedMs === undefined || state.order.price === undefined || state.order.tries > 0) return
  state.order = undefined
  state.rejected.push({ timeMs: candle.openTimeMs, market: state.request.markets[0].market, reason: "limitExpired" })
}

/** Enters by the signals of candle `at`: its own side's, without its exit or the other side's entry. */
function askEntry(state: State, at: number): void {
  const long = isEntry(state, 1, at)
  const short = isEntry(state, -1, at)
  if (long === short) return
  const direction = long ? 1 : -1
  if (isExit(state, direction, at, noPosition)) return
  const { entry } = state.strategy.orders
  const tag = tagOf(state, direction, at)
  if (entry.kind === "market") state.order = { direction, price: undefined, placedMs: undefined, tries: 1, tag }
  else
    state.order = {
      direction,
      price: moved(state.candles[at].close, direction, -entry.offsetPercent),
      placedMs: undefined,
      tries: entry.expireCandles,
      tag,
    }
}

/** No entry begins on the last candle; an order within the candle fills at its own price, whatever the open. */
function tryEntry(state: State, candle: BaseCandle, at: number): void {
  const order = state.order!
  if (order.placedMs === undefined && at === state.candles.length - 1) return void (state.order = undefined)
  if (order.placedMs === undefined) order.price = brought(order, candle)
  order.placedMs ??= candle.openTimeMs
  order.tries--
  if (order.price! < candle.low || order.price! > candle.high) return
  state.order = undefined
  enter(state, order, candle)
}

/** When placed, a price beyond the candle moves to its edge. */
function brought({ direction, price }: Order, candle: BaseCandle): number {
  return direction > 0 ? Math.min(price ?? candle.open, candle.high) : Math.max(price ?? candle.open, candle.low)
}

function enter(state: State, { direction, price, placedMs, tag }: Order, candle: BaseCandle): void {
  const {
    strategy,
    request: { account },
  } = state
  const { stopLoss } = strategy.protect
  const quantity = (strategy.size.kind === "quote" ? strategy.size.amount : 0) / price!
  const stop: Stop | undefined =
    stopLoss.kind === "percent"
      ? { price: movedBy(price!, -direction * leveraged(state, stopLoss.percent)), reason: "stop" }
      : undefined
  state.cash -= quantity * price! * (account.feePercent / 100)
  const initialRisk = stop ? quantity * Math.abs(price! - stop.price) : Number.NaN
  state.trade = {
    direction,
    quantity,
    entryPrice: price!,
    entryTimeMs: candle.openTimeMs,
    orderedMs: placedMs!,
    stop,
    leaving: undefined,
    initialRisk,
    candles: 0,
    tag,
  }
}

/** An unfilled order waits half an hour (`unfilledtimeout`), and there is no check for another exit meanwhile. */
function tryExit(state: State, candle: BaseCandle): void {
  const trade = state.trade!
  if (!trade.leaving || candle.openTimeMs > trade.leaving.placedMs + 1_800_000)
    trade.leaving = wantedExit(state, trade, candle)
  if (!trade.leaving || trade.leaving.price < candle.low || trade.leaving.price > candle.high) return
  leave(state, candle, trade.leaving.price, trade.leaving.reason)
}

/** Trailing first, then the first of signal, plain stop, ROI and trailing stop that gives a price. */
function wantedExit(state: State, trade: Trade, candle: BaseCandle): Leaving | undefined {
  const at = (price: number, reason: ExitReason) => ({ price, reason, placedMs: candle.openTimeMs })
  trail(state, trade, candle)
  const hit =
    trade.stop && isAtOrWorse(trade.direction, worst(trade, candle), trade.stop.price) ? trade.stop : undefined
  if (state.exit) return at(candle.open, state.exit)
  if (hit?.reason === "stop") return at(stopPrice(state, trade, candle), "stop")
  const roi = roiPrice(state, trade, candle)
  if (roi !== undefined) return at(roi, "roi")
  return hit && at(stopPrice(state, trade, candle), "trailing")
}

const worst = ({ direction }: Trade, candle: BaseCandle) => (direction > 0 ? candle.low : candle.high)
const best = ({ direction }: Trade, candle: BaseCandle) => (direction > 0 ? candle.high : candle.low)

/** Profit after both fees, with leverage, to eight decimals. */
function profitAt({ request: { account } }: State, { direction, entryPrice }: Trade, price: number): number {
  const fee = account.feePercent / 100
  const ratio = (price * (1 - direction * fee)) / (entryPrice * (1 + direction * fee)) - 1
  return Number((direction * ratio * account.leverage).toFixed(8))
}

/** A price and a part of itself. */
const movedBy = (price: number, part: number) => asDecimal(price * (1 + part), price)

/** A percentage as the decimal in freqtrade's settings. */
const ratioOf = (percent: number) => Number((percent / 100).toFixed(10))

function offsetOf({ strategy }: State) {
  const trailing = strategy.protect.trailing!
  return {
    offset: ratioOf(trailing.armAtPercent),
    only: trailing.armAtPercent !== 0 && trailing.beforeArmPercent === undefined,
  }
}

/** As a part of the price; undefined where no stop loss gives a distance before the offset. */
function distanceAt(state: State, profit: number): number | undefined {
  const { trailing, stopLoss } = state.strategy.protect
  const own = stopLoss.kind === "percent" ? stopLoss.percent : undefined
  const ofProfit = profit > offsetOf(state).offset ? trailing!.percent : (trailing!.beforeArmPercent ?? own)
  return ofProfit && leveraged(state, ofProfit)
}

/** A percentage of the stake as a part of the price. */
function leveraged({ request: { account } }: State, percent: number): number {
  return ratioOf(percent) / account.leverage
}

/** The candle's best price moves the stop, unless the candle already reaches the old stop. */
function trail(state: State, trade: Trade, candle: BaseCandle): void {
  if (!state.strategy.protect.trailing) return
  if (trade.stop && isAtOrWorse(trade.direction, worst(trade, candle), trade.stop.price)) return
  const profit = profitAt(state, trade, best(trade, candle))
  const { offset, only } = offsetOf(state)
  if (only && profit < offset) return
  const distance = distanceAt(state, profit)
  if (distance === undefined) return
  const price = movedBy(best(trade, candle), -trade.direction * distance)
  if (!trade.stop || trade.direction * price > trade.direction * trade.stop.price)
    trade.stop = { price, reason: "trailing" }
}

/**
 * The stop's own price even through a gap; the open where the whole candle is beyond it; pessimistic on the entry's
 * candle.
 */
function stopPrice(state: State, trade: Trade, candle: BaseCandle): number {
  const { direction } = trade
  const stop = trade.stop!
  if (direction * stop.price > direction * best(trade, candle)) return candle.open
  if (stop.reason !== "trailing" || trade.orderedMs !== candle.openTimeMs) return stop.price
  const { offset, only } = offsetOf(state)
  const percent = leveraged(state, state.strategy.protect.trailing!.percent)
  const factor = only
    ? 1 + direction * offset - direction * percent
    : 1 - direction * distanceAt(state, profitAt(state, trade, best(trade, candle)))!
  const price = asDecimal(candle.open * factor, candle.open)
  return direction > 0 ? Math.max(price, candle.low) : Math.min(price, candle.high)
}

function roiPrice(state: State, trade: Trade, candle: BaseCandle): number | undefined {
  const {
    strategy,
    request: { account, markets },
  } = state
  const minutes = (candle.openTimeMs - trade.orderedMs) / 60_000
  const steps = strategy.protect.roi
    .map((step) => ({ key: step.afterMinutes, roi: ratioOf(step.percent) }))
    .sort((a, b) => a.key - b.key)
  const step = steps.findLast(({ key }) => key <= minutes)
  if (!step || !(profitAt(state, trade, best(trade, candle)) > step.roi)) return undefined
  const { direction, entryPrice } = trade
  const fee = account.feePercent / 100
  const exact = (entryPrice * (1 + direction * (fee + step.roi / account.leverage))) / (1 - direction * fee)
  const price = asDecimal(exact, entryPrice)
  const onGrid = (step.key * 60_000) % markets[0].candles.timeframeMs === 0
  if (step.roi === -1 && onGrid) return candle.open
  if (minutes > 0 && minutes === step.key && onGrid && direction * candle.open > direction * price) return candle.open
  const enteredBetter = direction * entryPrice < direction * candle.open
  const falling = direction * candle.close < direction * candle.open
  if (minutes === 0 && enteredBetter && falling && direction * price > direction * candle.close) return undefined
  return Math.min(Math.max(price, candle.low), candle.high)
}

function leave(state: State, candle: BaseCandle, wantedPrice: number, exitReason: ExitReason): void {
  const trade = state.trade!
  const { direction, quantity, entryPrice, entryTimeMs, initialRisk, tag } = trade
  const { price: exitPrice, fee, isLiquidated } = withinMargin(closingOf(state, trade, wantedPrice))
  const gain = direction * quantity * (exitPrice - entryPrice)
  state.cash += gain - fee
  const feesPaid = quantity * entryPrice * (state.request.account.feePercent / 100) + fee
  state.trades.push({
    market: 0,
    side: direction,
    quantity,
    entryTimeMs,
    entryPrice,
    exitTimeMs: candle.openTimeMs,
    exitPrice,
    exitReason: isLiquidated ? "liquidation" : exitReason,
    profit: gain - feesPaid,
    feesPaid,
    slippagePaid: 0,
    initialRisk,
    entryTag: tag,
  })
  state.trade = undefined
}

function closingOf({ request: { account } }: State, { direction, quantity, entryPrice }: Trade, price: number) {
  const cost = quantity * entryPrice
  return { direction, quantity, cost, margin: cost / account.leverage, price, feeRate: account.feePercent / 100 }
}

/** An exit signal counts unless the same side's entry is signalled beside it. */
function askExit(state: State, at: number): void {
  const { trade, order } = state
  if (trade) trade.candles++
  const direction = trade?.direction ?? order?.direction
  if (!direction) return
  const { timeStop } = state.strategy.protect
  if (isExit(state, direction, at, factsOf(trade, state.candles[at])) && !isEntry(state, direction, at))
    state.exit = "signal"
  else if (trade && timeStop && trade.candles >= timeStop.candles) state.exit = "timeStop"
}

function factsOf(trade: Trade | undefined, { close }: BaseCandle): PositionFacts {
  if (!trade) return noPosition
  const { direction, entryPrice, candles } = trade
  return { profitPercent: gainPercent(direction, entryPrice, close), candles, entryPrice }
}

function isEntry(state: State, direction: Direction, at: number): boolean {
  const rules = sideOf(state, direction)
  return !!rules && isRule(state, rules.enter, at, noPosition)
}

function isExit(state: State, direction: Direction, at: number, position: PositionFacts): boolean {
  const exit = sideOf(state, direction)?.exit
  return !!exit && isRule(state, exit, at, position)
}

function sideOf({ strategy }: State, direction: Direction) {
  return direction > 0 ? strategy.long : strategy.short
}

function isRule(state: State, rule: Parameters<typeof conditionsOf>[0], at: number, position: PositionFacts): boolean {
  const { join, formulas } = conditionsOf(rule)
  const met = formulas.map((text) =>
    isMet(formulaOf(text), { candles: state.series, at, names: { middle: formulaOf("sma(close, 3)") }, position }),
  )
  return join === "all" ? met.every(Boolean) : met.some(Boolean)
}

function tagOf(state: State, direction: Direction, at: number): number {
  const { formulas } = conditionsOf(sideOf(state, direction)!.enter)
  const own = formulas.findIndex((text) =>
    isMet(formulaOf(text), {
      candles: state.series,
      at,
      names: { middle: formulaOf("sma(close, 3)") },
      position: noPosition,
    }),
  )
  const { long } = state.strategy
  return own + (direction < 0 && long ? conditionsOf(long.enter).formulas.length : 0)
}
