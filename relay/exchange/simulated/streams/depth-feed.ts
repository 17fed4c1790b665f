import type { Market } from "../market/market.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import { depthAnswer } from "../protocol/market-operations.ts"
import type { Venue } from "../venue.ts"

const ALL_LEVELS = 5_000

/** The changes of one market's book since the last call, as `depthUpdate` messages. */
export class DepthFeed {
  private bids = new Map<string, string>()
  private asks = new Map<string, string>()
  private lastUpdateId: number

  constructor(
    private readonly venue: Venue,
    private readonly market: Market,
  ) {
    this.lastUpdateId = market.updateId
    this.look()
  }

  /** What changed since the last call; undefined when nothing did. A quantity of 0 removes the price. */
  next() {
    const [oldBids, oldAsks, oldUpdateId] = [this.bids, this.asks, this.lastUpdateId]
    this.look()
    if (this.lastUpdateId === oldUpdateId) return undefined
    return {
      e: "depthUpdate",
      E: this.venue.nowMs,
      s: this.market.rules.symbol,
      U: oldUpdateId + 1,
      u: this.lastUpdateId,
      b: changes(oldBids, this.bids),
      a: changes(oldAsks, this.asks),
    }
  }

  private look(): void {
    ensureQuoted(this.venue, this.market)
    const { bids, asks, lastUpdateId } = depthAnswer(this.market, ALL_LEVELS)
    this.bids = new Map(bids as [string, string][])
    this.asks = new Map(asks as [string, string][])
    this.lastUpdateId = lastUpdateId
  }
}

function changes(before: Map<string, string>, after: Map<string, string>): [price: string, quantity: string][] {
  const gone = [...before.keys()]
    .filter((price) => !after.has(price))
    .map((price): [string, string] => [price, "0.00000000"])
  return [...gone, ...[...after].filter(([price, quantity]) => before.get(price) !== quantity)]
}
