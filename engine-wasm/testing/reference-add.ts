import {
  affordable,
  isAtOrWorse,
  moved,
  reject,
  worstPrice,
  type Market,
  type Position,
  type Run,
} from "./reference-book.ts"
import type { BaseCandle } from "./reference-candles.ts"
import { buyInto, isMore, tradable } from "./reference-entry.ts"
import { tickDown, tickUp } from "./reference-rounding.ts"
import { firstStop, tightenStop } from "./reference-stop.ts"

/** Rule 17: safety orders while the candle reaches the next level; returns whether one was filled. */
export function placeSafetyOrders(run: Run, market: Market, position: Position, candle: BaseCandle): boolean {
  const { add } = run.strategy
  const { direction } = position
  let filled = false
  while (add && position.addsPlaced < add.maxTimes) {
    const level = (direction > 0 ? tickDown : tickUp)(
      moved(position.lastFillPrice, direction, -add.everyDropPercent),
      run.account.priceTick,
    )
    if (!isAtOrWorse(direction, worstPrice(direction, candle), level)) break
    const price = !position.enteredInside && isAtOrWorse(direction, candle.open, level) ? candle.open : level
    position.addsPlaced++
    const wanted = position.firstQuantity * add.sizeMultiple ** position.addsPlaced
    const most = affordable(run, market, direction, price)
    const quantity = isMore(wanted, most) ? "cash" : tradable(run, Math.min(wanted, most), price)
    if (typeof quantity === "string") reject(run, market, candle.openTimeMs, quantity)
    else fillSafetyOrder(run, market, position, { quantity, price })
    filled ||= typeof quantity === "number"
    position.lastFillPrice = price
  }
  return filled
}

function fillSafetyOrder(
  run: Run,
  market: Market,
  position: Position,
  { quantity, price }: { quantity: number; price: number },
): void {
  buyInto(run, position, quantity, price)
  const { kind } = run.strategy.protect.stopLoss
  if (kind === "percent" || kind === "atr" || position.stop?.reason === "liquidation")
    position.stop = firstStop(run, market, position)
  position.bestPrice = position.entryPrice
  tightenStop(run, position)
}
