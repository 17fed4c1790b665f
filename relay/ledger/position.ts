import { type Exact, exactFrom, exactText, lastPlace, product, quotient, share } from "./decimal-text.ts"
import type { OwnFill } from "./step.ts"
import { isHand, type OwnOrder } from "./own-order.ts"

/** What one bot, or the account's person, holds of a market. Decimal texts. */
export type Position = {
  market: string
  quantity: string
  /** Average price of what is held. */
  entryPrice: string
  /** Where the first of its own stops waits at the exchange; null without any. */
  stopPrice: string | null
  /** The bot that holds it; none where it was bought by hand. */
  botIds: string[]
}

type Held = { quantity: Exact; cost: Exact }
type CountedFill = Pick<OwnFill, "market" | "side" | "price" | "quantity" | "fee" | "feeAsset"> & {
  botId: string
  /** The quantity of its order, as it was sent: on the market's step. */
  ordered: string | null
}

/**
 * Sums up fills in the order they were traded. Sales take cost in proportion, fees in the coin itself take quantity; what
 * a sale leaves below one step of the market cannot be sold, so it is no position.
 */
export class Holdings {
  /** market -> bot -> what it holds */
  readonly #held = new Map<string, Map<string, Held>>()

  add(fill: CountedFill): void {
    const held = this.#of(fill)
    const quantity = exactFrom(fill.quantity)
    const fee = fill.feeAsset === fill.market.split("/")[0] ? exactFrom(fill.fee) : 0n
    if (fill.side === "buy") {
      held.cost += product(quantity - fee, exactFrom(fill.price))
      held.quantity += quantity - fee
      return
    }
    const left = held.quantity - quantity - fee
    const isPosition = left > 0n && left >= (fill.ordered === null ? 0n : lastPlace(fill.ordered))
    held.cost = isPosition ? share(held.cost, left, held.quantity) : 0n
    held.quantity = isPosition ? left : 0n
  }

  /** What is held, by market and owner: each with the first of its own `stops`. */
  positions(stops: readonly OwnOrder[]): Position[] {
    return [...this.#held]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([market, byBot]) =>
        [...byBot]
          .filter(([, { quantity }]) => quantity > 0n)
          .map(([botId, { quantity, cost }]) => ({
            market,
            quantity: exactText(quantity),
            entryPrice: exactText(quotient(cost, quantity), PRICE_PLACES),
            stopPrice: firstStop(ownStops(stops.filter((order) => order.market === market && order.botId === botId))),
            botIds: isHand(botId) ? [] : [botId],
          })),
      )
  }

  #of({ market, botId }: CountedFill): Held {
    const byBot = this.#held.get(market) ?? new Map<string, Held>()
    const held = byBot.get(botId) ?? { quantity: 0n, cost: 0n }
    this.#held.set(market, byBot.set(botId, held))
    return held
  }
}

/** An average price is cut here: finer than any tick. */
const PRICE_PLACES = 12

/** Stops that were sent with their buys, where there are any: one by hand alone sells other coins of the owner. */
function ownStops(stops: readonly OwnOrder[]): readonly OwnOrder[] {
  const along = stops.filter(({ listId }) => listId !== undefined)
  return along.length > 0 ? along : stops
}

/** As the price falls, the highest stop sells first. */
function firstStop(stops: readonly OwnOrder[]): string | null {
  const prices = stops.flatMap(({ stopPrice }) => stopPrice ?? [])
  return prices.toSorted((one, other) => Number(other) - Number(one))[0] ?? null
}
