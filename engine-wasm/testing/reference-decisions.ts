import type { RejectedReason } from "../host/result/backtest-result.ts"
import { conditionsOf, type StrategyRule } from "../host/strategy/document/strategy-document.ts"
import {
  gainPercent,
  reject,
  moved,
  type Direction,
  type Market,
  type Run,
  type WaitingEntry,
} from "./reference-book.ts"
import { isTooAlike } from "./reference-correlation.ts"
import { formulaOf, isMet, noPosition, type Place, type PositionFacts } from "./reference-formula.ts"
import { tickDown, tickUp } from "./reference-rounding.ts"

/** Rules 5 to 11: what the market's strategy candle `market.closed` decides at its close. */
export function decide(run: Run, market: Market): void {
  market.closesSinceExit++
  rememberClose(market)
  ageLimitEntry(run, market)
  decideExit(run, market)
  decideEntry(run, market)
}

/** Rule 10: the last 51 closes. */
function rememberClose(market: Market): void {
  market.closes.push({ timeMs: market.strategy.openTimeMs[market.closed], close: market.lastClose })
  if (market.closes.length > 51) market.closes.shift()
}

/** Rule 8. */
function ageLimitEntry(run: Run, market: Market): void {
  const order = market.entry?.order
  if (order?.kind !== "limit" || --order.life > 0) return
  market.entry = undefined
  reject(run, market, decisionTime(run, market), "limitExpired")
}

/** Rule 6. */
function decideExit(run: Run, market: Market): void {
  const { position } = market
  if (!position) return
  position.candles++
  if (market.exit) return
  const { timeStop } = run.strategy.protect
  const delay = run.account.delayCandles
  if (isExitMet(run, market, position.direction)) market.exit = { reason: "signal", delay }
  else if (timeStop && position.candles >= timeStop.candles) market.exit = { reason: "timeStop", delay }
}

/** Rules 7 and 9. */
function decideEntry(run: Run, market: Market): void {
  const long = isEntryWanted(run, market, 1)
  const short = isEntryWanted(run, market, -1)
  if (!long && !short) return
  if (market.entry || (market.position && !market.exit)) return
  if (long && short) return reject(run, market, decisionTime(run, market), "conflictingSignals")
  const direction = long ? 1 : -1
  if (market.position?.direction === direction) return
  const refusal = refusalOf(run, market)
  if (refusal) return reject(run, market, decisionTime(run, market), refusal)
  market.entry = entryOrder(run, market, direction)
}

function isEntryWanted(run: Run, market: Market, direction: Direction): boolean {
  const enter = rules(run, direction)?.enter
  return enter !== undefined && isRuleMet(enter, placeOf(run, market, noPosition)) && !isExitMet(run, market, direction)
}

function isExitMet(run: Run, market: Market, direction: Direction): boolean {
  const exit = rules(run, direction)?.exit
  return !!exit && isRuleMet(exit, placeOf(run, market, factsOf(market, direction)))
}

function rules(run: Run, direction: Direction) {
  return direction > 0 ? run.strategy.long : run.strategy.short
}

function placeOf(run: Run, market: Market, position: PositionFacts): Place {
  return { candles: market.strategy, at: market.closed, names: run.names, position }
}

/** The position as an exit rule of this side sees it, if it is one of this side. */
function factsOf(market: Market, direction: Direction): PositionFacts {
  const { position, lastClose } = market
  if (position?.direction !== direction) return noPosition
  const { candles, entryPrice } = position
  return { profitPercent: gainPercent(direction, entryPrice, lastClose), candles, entryPrice }
}

/** Rule 5. */
function isRuleMet(rule: StrategyRule, place: Place): boolean {
  const { join, formulas } = conditionsOf(rule)
  const met = formulas.map((text) => isMet(formulaOf(text), place))
  return join === "all" ? met.every(Boolean) : met.some(Boolean)
}

/** Rule 9: the first reason that applies. */
function refusalOf(run: Run, market: Market): RejectedReason | undefined {
  const { cooldownCandles, maxOpenPositions } = run.strategy.limits
  if (market.closesSinceExit < cooldownCandles + 1 || (cooldownCandles > 0 && market.position)) return "cooldown"
  if (run.isDayLost) return "dailyLoss"
  if (run.halted) return "maxDrawdown"
  if (busyMarkets(run, market) >= maxOpenPositions) return "maxOpenPositions"
  return isTooAlike(run, market) ? "correlation" : undefined
}

/** Open positions and waiting entries; this market's own position is about to end when it gets this far. */
function busyMarkets(run: Run, own: Market): number {
  return run.markets.reduce(
    (count, market) => count + Number(!!market.entry) + Number(!!market.position && market !== own),
    0,
  )
}

/** Rule 11. */
function entryOrder(run: Run, market: Market, direction: Direction): WaitingEntry {
  const { entry } = run.strategy.orders
  const decided = {
    direction,
    decidedAt: market.closed,
    tag: tagOf(run, market, direction),
    delay: run.account.delayCandles,
  }
  if (entry.kind === "market") return { ...decided, order: { kind: "market" } }
  const wanted = moved(market.lastClose, direction, -entry.offsetPercent)
  const price = (direction > 0 ? tickDown : tickUp)(wanted, run.account.priceTick)
  return { ...decided, order: { kind: "limit", price, life: entry.expireCandles } }
}

/** The first entry condition that was met; the short side's numbers follow the long side's. */
function tagOf(run: Run, market: Market, direction: Direction): number {
  const { formulas } = conditionsOf(rules(run, direction)!.enter)
  const own = formulas.findIndex((text) => isMet(formulaOf(text), placeOf(run, market, noPosition)))
  const before = direction > 0 || !run.strategy.long ? 0 : conditionsOf(run.strategy.long.enter).formulas.length
  return before + own
}

/** A refusal at a close has the time of that close. */
function decisionTime(run: Run, market: Market): number {
  return market.strategy.endTimeMs[market.closed]
}
