import type { ExitReason } from "../host/result/backtest-result.ts"
import { isAtOrBetter, moved, type Market, type Position, type Run } from "./reference-book.ts"
import { priceFormula } from "./reference-price.ts"
import { tickDown, tickUp } from "./reference-rounding.ts"

/** `levels`: how many take-profit levels it uses up. */
export type Target = { price: number; share: number; reason: ExitReason; levels: number }

/** Rule 21: the target that counts now: the next take-profit level or the ROI table's, whichever is nearer. */
export function nextTarget(run: Run, position: Position, timeMs: number): Target | undefined {
  const level = levelTarget(run, position)
  const roi = roiTarget(run, position, timeMs)
  if (!level || !roi) return level ?? roi
  return isAtOrBetter(position.direction, roi.price, level.price) ? level : roi
}

function levelTarget(run: Run, position: Position): Target | undefined {
  const target = run.strategy.protect.takeProfit[position.takenLevels]
  if (!target) return undefined
  const { direction, entryPrice } = position
  const price =
    "percent" in target
      ? moved(entryPrice, direction, target.percent)
      : position.targetFormulaPrices[position.takenLevels]
  return { price: awayFromEntry(run, position, price), share: target.share, reason: "takeProfit", levels: 1 }
}

/** Rule 11: the values of the take-profit formulas for an entry at this price. */
export function targetsFromFormulas(
  run: Run,
  market: Market,
  at: Pick<Position, "decidedAt" | "entryPrice">,
): number[] {
  return run.strategy.protect.takeProfit.map((target) =>
    "formula" in target ? priceFormula(run, market, at, target.formula) : Number.NaN,
  )
}

function roiTarget(run: Run, position: Position, timeMs: number): Target | undefined {
  const minutes = (timeMs - position.entryTimeMs) / 60_000
  const steps = run.strategy.protect.roi.toSorted((a, b) => a.afterMinutes - b.afterMinutes)
  const step = steps.findLast(({ afterMinutes }) => afterMinutes <= minutes)
  if (!step) return undefined
  return {
    price: awayFromEntry(run, position, moved(position.entryPrice, position.direction, step.percent)),
    share: 1,
    reason: "roi",
    levels: 0,
  }
}

/** Rule 22. */
function awayFromEntry(run: Run, { direction }: Position, price: number): number {
  return (direction > 0 ? tickUp : tickDown)(price, run.account.priceTick)
}
