// The strategies of a run: one object for each market, made by the user's class.
import { Order } from "./order"
import { useMarket } from "./price-grid"
import { Strategy } from "./strategy"

let make: () => Strategy = (): Strategy => unreachable()
const strategies: Strategy[] = []
const waitingTerms: Order[] = []
const heldTerms: Order[] = []

/** Tells how a strategy is made. */
export function useStrategy(maker: () => Strategy): void {
  make = maker
}

/** Makes one strategy for each market. */
export function startStrategies(marketCount: i32): void {
  for (let market = 0; market < marketCount; market++) {
    useMarket(market)
    const strategy = make()
    strategy.market = market
    strategies.push(strategy)
    waitingTerms.push(new Order())
    heldTerms.push(new Order())
  }
}

/** The strategy of a market. */
// @ts-ignore: decorator
@inline
export function strategyOf(market: i32): Strategy {
  return unchecked(strategies[market])
}

/** What the market's waiting entry asks for beyond the document. */
// @ts-ignore: decorator
@inline
export function waitingTermsOf(market: i32): Order {
  return unchecked(waitingTerms[market])
}

/** What the market's position asked for when it was entered. */
// @ts-ignore: decorator
@inline
export function heldTermsOf(market: i32): Order {
  return unchecked(heldTerms[market])
}
