import type { ExitReason, Rejected, RejectedReason } from "../host/result/backtest-result.ts"
import type { Formula } from "../host/strategy/formula/formula.ts"
import { everyPartOf } from "../host/strategy/formula/formula-walk.ts"
import { resolvedStrategy, type ResolvedStrategy } from "../host/strategy/document/strategy-document-params.ts"
import { conditionsOf, type StrategyRule } from "../host/strategy/document/strategy-document.ts"
import {
  gainPercent,
  isAtOrBetter,
  isAtOrWorse,
  moved,
  worstPrice,
  bestPrice,
  type Direction,
  type ReferenceTrade,
} from "./reference-book.ts"
import type { ReferenceRequest } from "./reference-broker.ts"
import { baseCandles, strategyCandles, type BaseCandle } from "./reference-candles.ts"
import { isBankrupt, withinMargin } from "./reference-margin.ts"
import { formulaOf, isMet, noPosition, valueOf, type Place, type PositionFacts } from "./reference-formula.ts"

type Trade = Pick<ReferenceTrade, "quantity" | "entryPrice" | "entryTimeMs" | "entryTag"> & {
  direction: Direction
  stop: number
  target: number
  candles: number
}
type Order = { direction: Direction; tag: number; limit: number | undefined; tries: number }

/**
 * A document over one market's candles, all of the strategy's own timeframe, as backtesting.py's broker fills orders
 * (https://kernc.github.io/backtesting.py/doc/backtesting/backtesting.html): whole units, the stop before the target,
 * gaps taken. Supports percent stops, one percent target, market and limit entries, the time stop and sizes in
 * percent of equity.
 */
export class BacktestingPyRun {
  readonly trades: ReferenceTrade[] = []
  readonly equity: number[] = []
  readonly rejected: Rejected[] = []
  private readonly strategy: ResolvedStrategy
  private readonly candles: BaseCandle[]
  private readonly place: Omit<Place, "at" | "position">
  private readonly feeRate: number
  private readonly market: string
  private cash: number
  private trade: Trade | undefined
  private order: Order | undefined
  private exit: ExitReason | undefined
  private ready = false

  constructor({ strategy, account, markets: [{ market, candles }] }: ReferenceRequest) {
    this.market = market
    const params = Object.fromEntries(Object.entries(strategy.params).map(([name, param]) => [name, param.value]))
    this.strategy = resolvedStrategy(strategy, params)
    this.candles = baseCandles(candles)
    this.place = {
      candles: strategyCandles(candles, candles.timeframeMs),
      names: { middle: formulaOf(strategy.series["middle"]) },
    }
    this.feeRate = account.feePercent / 100
    this.cash = account.cash
    this.candles.forEach((candle, at) => this.step(candle, at))
    const last = this.candles.at(-1)!
    if (this.trade) this.leave(last, last.open, "endOfData")
    this.equity[this.equity.length - 1] = this.cash
  }

  /** The queue: closing orders, stop, target, then entries; then the strategy's next(). */
  private step(candle: BaseCandle, at: number): void {
    if (this.trade && this.exit) this.leave(candle, candle.open, this.exit)
    else if (this.trade) this.contingent(candle)
    if (this.order && !this.trade) this.enter(this.order, candle)
    if (this.trade && isBankrupt(this.closingOf(this.trade, candle.high)))
      this.leave(candle, candle.high, "liquidation")
    if (this.ready) this.next(candle, at)
    else this.ready = this.isReady(at)
    this.equity.push(
      this.cash +
        (this.trade ? this.trade.direction * this.trade.quantity * (candle.close - this.trade.entryPrice) : 0),
    )
  }

  private contingent(candle: BaseCandle): void {
    const { direction, stop, target } = this.trade!
    const worse = direction > 0 ? Math.min : Math.max
    const better = direction > 0 ? Math.max : Math.min
    if (isAtOrWorse(direction, worstPrice(direction, candle), stop))
      this.leave(candle, worse(candle.open, stop), "stop")
    else if (isAtOrBetter(direction, bestPrice(direction, candle), target))
      this.leave(candle, better(candle.open, target), "takeProfit")
  }

  /**
   * A limit order fills at its price or the better open; only after a market order may stop and target fill on the
   * same bar.
   */
  private enter(order: Order, candle: BaseCandle): void {
    const { direction, limit, tag } = order
    if (limit !== undefined && !isAtOrWorse(direction, worstPrice(direction, candle), limit))
      return this.age(order, candle)
    this.order = undefined
    const price = limit === undefined ? candle.open : (direction > 0 ? Math.min : Math.max)(candle.open, limit)
    const quantity = this.wholeUnits(price)
    if (quantity < 1) return this.reject(candle, "cash")
    this.cash -= quantity * price * this.feeRate
    this.trade = {
      direction,
      quantity,
      entryPrice: price,
      entryTimeMs: candle.openTimeMs,
      entryTag: tag,
      candles: 0,
      ...this.levels(direction, price),
    }
    if (limit === undefined) this.contingent(candle)
  }

  private age(order: Order, candle: BaseCandle): void {
    if (--order.tries > 0) return
    this.order = undefined
    this.reject(candle, "limitExpired")
  }

  private reject({ openTimeMs }: BaseCandle, reason: RejectedReason): void {
    this.rejected.push({ timeMs: openTimeMs, market: this.market, reason })
  }

  private wholeUnits(price: number): number {
    const percent = this.strategy.size.kind === "equity" ? this.strategy.size.percent : 0
    return Math.floor((this.cash * Math.min(percent / 100, 1 - Number.EPSILON)) / (price * (1 + this.feeRate)))
  }

  private levels(direction: Direction, price: number): { stop: number; target: number } {
    const {
      stopLoss,
      takeProfit: [first],
    } = this.strategy.protect
    const stop = stopLoss.kind === "percent" ? moved(price, direction, -stopLoss.percent) : Number.NaN
    return { stop, target: first && "percent" in first ? moved(price, direction, first.percent) : Number.NaN }
  }

  private next(candle: BaseCandle, at: number): void {
    if (this.trade) this.askExit(this.trade, candle, at)
    if (this.order || (this.trade && !this.exit)) return
    const long = this.isEntry(1, at)
    const short = this.isEntry(-1, at)
    const direction = long ? 1 : -1
    if (long === short || this.trade?.direction === direction || this.isExit(direction, candle, at)) return
    const { entry } = this.strategy.orders
    const limit = entry.kind === "limit" ? moved(candle.close, direction, -entry.offsetPercent) : undefined
    this.order = {
      direction,
      tag: this.tagOf(direction, at),
      limit,
      tries: entry.kind === "limit" ? entry.expireCandles : 1,
    }
  }

  private askExit(trade: Trade, candle: BaseCandle, at: number): void {
    trade.candles++
    const { timeStop } = this.strategy.protect
    if (this.exit) return
    if (this.isExit(trade.direction, candle, at)) this.exit = "signal"
    else if (timeStop && trade.candles >= timeStop.candles) this.exit = "timeStop"
  }

  private rules(direction: Direction) {
    return direction > 0 ? this.strategy.long : this.strategy.short
  }

  private isEntry(direction: Direction, at: number): boolean {
    const rules = this.rules(direction)
    return !!rules && this.isRuleMet(rules.enter, at, noPosition)
  }

  private isExit(direction: Direction, { close }: BaseCandle, at: number): boolean {
    const { trade } = this
    const exit = this.rules(direction)?.exit
    const own = trade?.direction === direction
    const facts = own
      ? {
          profitPercent: gainPercent(direction, trade.entryPrice, close),
          candles: trade.candles,
          entryPrice: trade.entryPrice,
        }
      : noPosition
    return !!exit && this.isRuleMet(exit, at, facts)
  }

  private isRuleMet(rule: StrategyRule, at: number, position: PositionFacts): boolean {
    const { join, formulas } = conditionsOf(rule)
    const met = formulas.map((text) => isMet(formulaOf(text), { ...this.place, at, position }))
    return join === "all" ? met.every(Boolean) : met.some(Boolean)
  }

  /** Every call and every shift has had its first value, each at a candle of its own. */
  private isReady(at: number): boolean {
    const sides = [this.strategy.long, this.strategy.short].flatMap((side) =>
      side ? [side.enter, ...(side.exit ? [side.exit] : [])] : [],
    )
    const texts = [...Object.values(this.strategy.series), ...sides.flatMap((rule) => conditionsOf(rule).formulas)]
    const formulas = texts.flatMap((text) =>
      everyPartOf(formulaOf(text)).filter(({ kind }) => kind === "call" || kind === "history"),
    )
    const isKnown = (formula: Formula, candle: number) =>
      !Number.isNaN(valueOf(formula, { ...this.place, at: candle, position: noPosition }))
    return formulas.every((formula) => Array.from({ length: at + 1 }, (_, n) => n).some((n) => isKnown(formula, n)))
  }

  private tagOf(direction: Direction, at: number): number {
    const { formulas } = conditionsOf(this.rules(direction)!.enter)
    const own = formulas.findIndex((text) => isMet(formulaOf(text), { ...this.place, at, position: noPosition }))
    return own + (direction < 0 && this.strategy.long ? conditionsOf(this.strategy.long.enter).formulas.length : 0)
  }

  private leave(candle: BaseCandle, wantedPrice: number, exitReason: ExitReason): void {
    const trade = this.trade!
    const { direction, quantity, entryPrice, entryTimeMs, entryTag, stop } = trade
    const { price: exitPrice, fee, isLiquidated } = withinMargin(this.closingOf(trade, wantedPrice))
    const gain = direction * quantity * (exitPrice - entryPrice)
    const feesPaid = quantity * entryPrice * this.feeRate + fee
    this.cash += gain - fee
    this.trades.push({
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
      initialRisk: quantity * Math.abs(entryPrice - stop),
      entryTag,
    })
    this.trade = undefined
    this.exit = undefined
  }

  /** Without leverage a short's margin is its sale value. */
  private closingOf({ direction, quantity, entryPrice }: Trade, price: number) {
    const cost = quantity * entryPrice
    return { direction, quantity, cost, margin: cost, price, feeRate: this.feeRate }
  }
}
