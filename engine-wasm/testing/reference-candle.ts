import {
  bestPrice,
  isAtOrBetter,
  isAtOrWorse,
  worstPrice,
  type Market,
  type Position,
  type Run,
} from "./reference-book.ts"
import { placeSafetyOrders } from "./reference-add.ts"
import type { BaseCandle } from "./reference-candles.ts"
import { enter } from "./reference-entry.ts"
import { closingOf, exitEverything, exitPart } from "./reference-exit.ts"
import { isBankrupt } from "./reference-margin.ts"
import { tightenStop } from "./reference-stop.ts"
import { nextTarget } from "./reference-targets.ts"

/** Rules 12 to 14, in this order. */
export function exitsAtOpen(run: Run, market: Market, candle: BaseCandle): void {
  const { position, exit } = market
  if (!position) return
  position.enteredInside = false
  if (exit && exit.delay === 0)
    return exitAgainst(run, market, { price: candle.open, timeMs: candle.openTimeMs, reason: exit.reason })
  if (exit) exit.delay--
  const { stop, direction } = position
  if (stop && isAtOrWorse(direction, candle.open, stop.price)) {
    return exitAgainst(run, market, { price: candle.open, timeMs: candle.openTimeMs, reason: stop.reason })
  }
  takeTargets(run, market, candle, candle.open)
}

/** Rule 15. */
export function entriesAtOpen(run: Run, market: Market, candle: BaseCandle): void {
  const { entry, position } = market
  if (!entry || position) return
  if (entry.delay > 0) return
  const at = { timeMs: candle.openTimeMs, price: candle.open, inside: false }
  if (entry.order.kind === "market") enter(run, market, { ...at, slippage: run.account.slippagePercent })
  else if (isAtOrWorse(entry.direction, candle.open, entry.order.price)) enter(run, market, { ...at, slippage: 0 })
}

/** Rules 16 to 20, in this order. */
export function insideCandle(run: Run, market: Market, candle: BaseCandle): void {
  limitInside(run, market, candle)
  const { position } = market
  if (!position) return
  if (placeSafetyOrders(run, market, position, candle)) position.enteredInside = true
  const targetsCount = !position.enteredInside
  if (!hitStop(run, market, position, { candle, targetsCount }) && targetsCount) {
    takeTargets(run, market, candle, bestPrice(position.direction, candle))
  }
  if (market.position) finishPosition(run, market, position, candle)
}

/** Rule 16. */
export function limitInside(run: Run, market: Market, candle: BaseCandle): void {
  const { entry, position } = market
  if (entry?.order.kind !== "limit" || entry.delay > 0 || position) return
  if (!isAtOrWorse(entry.direction, worstPrice(entry.direction, candle), entry.order.price)) return
  enter(run, market, { timeMs: candle.openTimeMs, inside: true, price: entry.order.price, slippage: 0 })
}

/** Rule 18. */
function hitStop(
  run: Run,
  market: Market,
  position: Position,
  { candle, targetsCount }: { candle: BaseCandle; targetsCount: boolean },
): boolean {
  const { direction, stop } = position
  if (!stop || !isAtOrWorse(direction, worstPrice(direction, candle), stop.price)) return false
  const target = nextTarget(run, position, candle.openTimeMs)
  if (target && targetsCount && isAtOrBetter(direction, bestPrice(direction, candle), target.price))
    run.record.ambiguousCandles++
  const price = isAtOrWorse(direction, candle.open, stop.price) ? candle.open : stop.price
  exitAgainst(run, market, { price, timeMs: candle.openTimeMs, reason: stop.reason })
  return true
}

/**
 * Rules 14 and 19: every target at or before `reached`, one after the other, at its price or at the open where that
 * is better.
 */
function takeTargets(run: Run, market: Market, candle: BaseCandle, reached: number): void {
  for (;;) {
    const { position } = market
    const target = position && nextTarget(run, position, candle.openTimeMs)
    if (!target || !isAtOrBetter(position.direction, reached, target.price)) return
    const price = isAtOrBetter(position.direction, candle.open, target.price) ? candle.open : target.price
    exitPart(run, market, { price, timeMs: candle.openTimeMs, reason: target.reason, slippage: 0, share: target.share })
    position.takenLevels += target.levels
  }
}

/** Rules 20 and 27, at the candle's end. */
function finishPosition(run: Run, market: Market, position: Position, candle: BaseCandle): void {
  if (position.direction < 0 && !Number.isNaN(candle.fundingRate)) receiveFunding(run, market, position, candle)
  if (!market.position) return
  const best = position.enteredInside ? candle.close : bestPrice(position.direction, candle)
  if (isAtOrBetter(position.direction, best, position.bestPrice)) position.bestPrice = best
  tightenStop(run, position)
}

function receiveFunding(run: Run, market: Market, position: Position, candle: BaseCandle): void {
  const { close, fundingRate, openTimeMs } = candle
  const payment = position.quantity * close * fundingRate
  run.cash += payment
  position.funding += payment
  if (isBankrupt(closingOf(run, position, { price: close, quantity: position.quantity, share: 1 })))
    exitEverything(run, market, { price: close, timeMs: openTimeMs, reason: "liquidation", slippage: 0 })
}

function exitAgainst(
  run: Run,
  market: Market,
  at: { price: number; timeMs: number; reason: Parameters<typeof exitEverything>[2]["reason"] },
): void {
  exitEverything(run, market, { ...at, slippage: run.account.slippagePercent })
}
