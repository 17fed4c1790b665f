import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { shuffle } from "../../candles/synthetic/stationary-blocks.ts"
import { spreadOf, type Spread } from "./quantile.ts"

/**
 * What chance does to a run's trades. `shuffled`: the same trades in another order. `skipped`: each is missed with a
 * chance of `missedPercent`.
 */
export type TradeChance = { kind: "shuffled" } | { kind: "skipped"; missedPercent: number }

type TradeChanceRequest = {
  /** Each trade's gain as a fraction of the equity before it, after costs, in the order of their ends. */
  returns: Float64Array
  /** Quote currency at the beginning. */
  cash: number
  /** Ruin is equity at or below this, quote currency, after any trade; what happens within a trade is not seen. */
  ruinCash: number
  chance: TradeChance
  /** At most MOST_CHANCE_RUNS. */
  runs: number
  seed: number
}

/** Runs of the same trades, as chance would have it. */
export type TradeChanceResult = {
  runs: number
  /** Quote currency. */
  finalEquity: Spread
  /** Deepest fall from a high so far, percent; the worst is the deepest. */
  fallPercent: Spread
  /** 0 to 100: how many of the runs were ruined. */
  ruinPercent: number
  /** Equity after so many trades, from 0 to all: at most FAN_PLACES places. */
  fan: { tradeCount: number; equity: Spread }[]
}

export const MOST_CHANCE_RUNS = 10_000
export const FAN_PLACES = 50

/**
 * Monte Carlo over trades whose gains compound. A new order cannot change where equity ends, as a product does not
 * depend on its order; it changes how deep equity falls on the way and whether it is ruined there. A shuffle also parts
 * trades that were won or lost together in one market mood, so with such streaks the real falls are deeper than these.
 * Missing trades changes both. Undefined without trades.
 */
export function tradeChance(request: TradeChanceRequest): TradeChanceResult | undefined {
  const trades = request.returns.length
  const runs = Math.min(MOST_CHANCE_RUNS, Math.floor(request.runs))
  if (trades === 0 || !(runs >= 1)) return undefined
  const places = fanPlaces(trades)
  const fan = places.map(() => new Float64Array(runs))
  const falls = new Float64Array(runs)
  const random = new SeededChance(request.seed)
  const path = new Float64Array(trades + 1)
  let ruined = 0
  for (let run = 0; run < runs; run++) {
    walk(path, request, random)
    for (let at = 0; at < places.length; at++) fan[at][run] = path[places[at]]
    falls[run] = deepestFallPercent(path)
    if (hasRuin(path, request.ruinCash)) ruined++
  }
  const spreads = fan.map(spreadOf)
  const { worst, median, best } = spreadOf(falls)
  return {
    runs,
    finalEquity: spreads[spreads.length - 1],
    // The largest falls are the worst.
    fallPercent: { worst: best, median, best: worst },
    ruinPercent: (100 * ruined) / runs,
    fan: places.map((tradeCount, at) => ({ tradeCount, equity: spreads[at] })),
  }
}

/** Places evenly spread from the beginning to the end, each once. */
function fanPlaces(trades: number): number[] {
  const steps = Math.min(trades, FAN_PLACES - 1)
  return Array.from({ length: steps + 1 }, (_, step) => Math.round((step * trades) / steps))
}

/** Equity at the beginning and after each trade. Nothing is left after a loss of everything. */
function walk(path: Float64Array, { returns, cash, chance }: TradeChanceRequest, random: SeededChance): void {
  const order = path.subarray(1)
  order.set(returns)
  if (chance.kind === "shuffled") shuffle(order, random)
  const missed = chance.kind === "skipped" ? chance.missedPercent / 100 : 0
  let equity = cash
  path[0] = cash
  for (let trade = 1; trade < path.length; trade++) {
    const isMissed = missed > 0 && random.uniform() < missed
    if (!isMissed) equity = Math.max(0, equity * (1 + path[trade]))
    path[trade] = equity
  }
}

function deepestFallPercent(path: Float64Array): number {
  let high = path[0]
  let least = 1
  for (let at = 1; at < path.length; at++) {
    if (path[at] > high) high = path[at]
    else if (path[at] < least * high) least = path[at] / high
  }
  return 100 * (1 - least)
}

function hasRuin(path: Float64Array, ruinCash: number): boolean {
  for (let at = 1; at < path.length; at++) if (path[at] <= ruinCash) return true
  return false
}
