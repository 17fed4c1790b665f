// The strategies of a run: one object of the user's class for each market.
import { useMarket } from "./price-grid"
import { Strategy } from "./strategy"

let make: () => Strategy = (): Strategy => unreachable()
const strategies: Strategy[] = []

/** Says how a strategy is made. */
export function useStrategy(maker: () => Strategy): void {
  make = maker
}

/** Creates one strategy for each market. */
export function startStrategies(marketCount: i32): void {
  for (let market = 0; market < marketCount; market++) {
    useMarket(market)
    const strategy = make()
    strategy.market = market
    strategies.push(strategy)
  }
}

/** The strategy of a market. */
// @ts-ignore: decorator
@inline
export function strategyOf(market: i32): Strategy {
  return unchecked(strategies[market])
}

/** Which call of a market's last candle was given a number that is none (`UnsoundCall`). */
export function unsoundCallOf(market: i32): i32 {
  return strategyOf(market).unsoundCall()
}

/** The number it was given. */
export function unsoundValueOf(market: i32): f64 {
  return strategyOf(market).unsoundValue()
}
