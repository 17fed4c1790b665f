import { isAtOrBetter, moved, type Market, type Position, type Run, type Stop } from "./reference-book.ts"
import { averageTrueRange } from "./reference-formula.ts"
import { priceFormula } from "./reference-price.ts"
import { asDecimal, tickDown, tickUp } from "./reference-rounding.ts"

type Entered = Pick<Position, "direction" | "entryPrice" | "decidedAt" | "stopFormulaPrice">

/** The stop that counts from the fill on: the strategy's, or a short's liquidation where that is nearer. */
export function firstStop(run: Run, market: Market, entered: Entered): Stop | undefined {
  const price = strategyStop(run, market, entered)
  const stop: Stop | undefined = price === undefined ? undefined : { price, reason: "stop" }
  return entered.direction < 0 ? nearerLiquidation(run, entered, stop) : stop
}

/** The strategy's own stop, which sizes and risk use; NaN while unknown, undefined where the strategy has none. */
export function strategyStop(run: Run, market: Market, entered: Entered): number | undefined {
  const price = wantedStop(run, market, entered)
  return price === undefined ? undefined : tighterTick(run, entered, price)
}

function wantedStop(run: Run, market: Market, entered: Entered): number | undefined {
  const { stopLoss } = run.strategy.protect
  const { direction, entryPrice, decidedAt, stopFormulaPrice } = entered
  switch (stopLoss.kind) {
    case "none":
      return undefined
    case "percent":
      return moved(entryPrice, direction, -stopLoss.percent)
    case "atr":
      return entryPrice - direction * averageTrueRange(market.strategy, decidedAt, stopLoss.length) * stopLoss.multiple
    case "price":
      return stopFormulaPrice
  }
}

/** Rule 11: the value of a stop's formula for an entry at this price; NaN without one. */
export function stopFromFormula(run: Run, market: Market, at: Pick<Position, "decidedAt" | "entryPrice">): number {
  const { stopLoss } = run.strategy.protect
  return stopLoss.kind === "price" ? priceFormula(run, market, at, stopLoss.formula) : Number.NaN
}

/** Rule 27. */
function nearerLiquidation(run: Run, { entryPrice }: Entered, stop: Stop | undefined): Stop {
  const { leverage } = run.account
  const price = asDecimal((entryPrice * (leverage + 1)) / (leverage * 1.005), 2 * entryPrice)
  return stop && !(price < stop.price) ? stop : { price, reason: "liquidation" }
}

/** Rule 20: trailing, then break-even; the stop never goes back. */
export function tightenStop(run: Run, position: Position): void {
  const { direction, entryPrice, bestPrice } = position
  const { trailing, breakEven } = run.strategy.protect
  if (trailing) {
    const armed = isAtOrBetter(direction, bestPrice, moved(entryPrice, direction, trailing.armAtPercent))
    const distance = armed ? trailing.percent : trailing.beforeArmPercent
    if (distance !== undefined)
      tightenTo(run, position, { price: moved(bestPrice, direction, -distance), reason: "trailing" })
  }
  if (breakEven && isAtOrBetter(direction, bestPrice, moved(entryPrice, direction, breakEven.atPercent))) {
    tightenTo(run, position, { price: moved(entryPrice, direction, breakEven.plusPercent), reason: "breakEven" })
  }
}

function tightenTo(run: Run, position: Position, { price, reason }: Stop): void {
  const rounded = tighterTick(run, position, price)
  const { stop, direction } = position
  if (!stop || direction * rounded > direction * stop.price) position.stop = { price: rounded, reason }
}

/** Rule 22: rounding a stop never adds risk. */
function tighterTick(run: Run, { direction }: Pick<Position, "direction">, price: number): number {
  return (direction > 0 ? tickUp : tickDown)(price, run.account.priceTick)
}
