import type { Decimal } from "../decimal.ts"
import type { Order, Side } from "./order.ts"

/** Something resting on the book: a trader's order, or the market's own quote (no order). */
export type Resting = { side: Side; price: Decimal; left: Decimal; order: Order | undefined }

/** Everything waiting at one price, first come first. */
export type Level = { price: Decimal; queue: Resting[] }

/** Both sides of one market in price-time priority: best price first, then who came first. */
export class OrderBook {
  /** Highest first. */
  readonly bids: Level[] = []
  /** Lowest first. */
  readonly asks: Level[] = []

  side(side: Side): Level[] {
    return side === "BUY" ? this.bids : this.asks
  }

  /** Rests behind everything already waiting at the same price. */
  add(resting: Resting): void {
    const levels = this.side(resting.side)
    const index = placeOf(levels, resting.side, resting.price)
    if (levels[index]?.price === resting.price) levels[index].queue.push(resting)
    else levels.splice(index, 0, { price: resting.price, queue: [resting] })
  }

  /** Takes one off the book; nothing happens when it is not there. */
  remove(resting: Resting): void {
    const levels = this.side(resting.side)
    const index = placeOf(levels, resting.side, resting.price)
    const level = levels[index]
    if (level?.price !== resting.price) return
    level.queue = level.queue.filter((one) => one !== resting)
    if (level.queue.length === 0) levels.splice(index, 1)
  }

  /** The first in line on a side. */
  best(side: Side): Resting | undefined {
    return this.side(side)[0]?.queue[0]
  }

  /** Total waiting per price, best first, at most `limit` prices. */
  depth(side: Side, limit: number): [price: Decimal, quantity: Decimal][] {
    return this.side(side)
      .slice(0, limit)
      .map((level) => [level.price, level.queue.reduce((sum, one) => sum + one.left, 0n)])
  }
}

/** Whether an order of `side` limited to `limit` would trade at `price`; an undefined limit takes any price. */
export function crosses(side: Side, limit: Decimal | undefined, price: Decimal): boolean {
  if (limit === undefined) return true
  return side === "BUY" ? price <= limit : price >= limit
}

/** The side an order trades against. */
export function opposite(side: Side): Side {
  return side === "BUY" ? "SELL" : "BUY"
}

/** Index of the level with this price, or where it belongs (binary search). */
function placeOf(levels: Level[], side: Side, price: Decimal): number {
  let low = 0
  let high = levels.length
  while (low < high) {
    const middle = (low + high) >> 1
    const isBetter = side === "BUY" ? levels[middle].price > price : levels[middle].price < price
    if (isBetter) low = middle + 1
    else high = middle
  }
  return low
}
