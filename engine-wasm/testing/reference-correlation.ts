import type { Market, Run } from "./reference-book.ts"

const FEWEST_RETURNS = 20

/** Rule 10: whether this market moves too much like one that is in a position or has an entry waiting. */
export function isTooAlike(run: Run, market: Market): boolean {
  const limit = run.strategy.limits.maxCorrelation
  if (limit === null) return false
  const others = run.markets.filter((other) => other !== market && (other.position || other.entry))
  return others.some((other) => correlationOf(market, other) > limit)
}

function correlationOf(a: Market, b: Market): number {
  const common = a.closes.flatMap((one) => {
    const same = b.closes.find((other) => other.timeMs === one.timeMs)
    return same ? [{ a: one.close, b: same.close }] : []
  })
  const returns = common.slice(1).map((close, n) => ({ a: close.a / common[n].a - 1, b: close.b / common[n].b - 1 }))
  return returns.length < FEWEST_RETURNS ? Number.NaN : pearson(returns)
}

/** K. Pearson's product-moment correlation. */
function pearson(pairs: { a: number; b: number }[]): number {
  const meanA = mean(pairs.map((pair) => pair.a))
  const meanB = mean(pairs.map((pair) => pair.b))
  const together = mean(pairs.map((pair) => (pair.a - meanA) * (pair.b - meanB)))
  const alone = mean(pairs.map((pair) => (pair.a - meanA) ** 2)) * mean(pairs.map((pair) => (pair.b - meanB) ** 2))
  return together / Math.sqrt(alone)
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
