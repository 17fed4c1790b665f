import type { BotRecord } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { hasEnded, isInPlace, type OwnOrder } from "../ledger/own-order.ts"
import type { BotPosition } from "./bot-positions.ts"
import type { SeatAbout } from "./engine-seat.ts"
import { stuckWords } from "./market-gone.ts"
import { activeStop } from "./next-act.ts"
import type { MarketWants } from "./wants.ts"

type Priced = Pick<BotPosition, "market" | "quantity" | "price">

/** What a bot holds and has ordered as it was last kept: all that is known of it until it is open. */
export async function keptStanding(
  ledger: Pick<Ledger, "state" | "openOrders">,
  { id, markets }: Pick<BotRecord, "id" | "markets">,
): Promise<{ positions: BotPosition[]; orders: OwnOrder[] }> {
  const [state, orders] = [await ledger.state(id), await ledger.openOrders(id)]
  const { stands, closes, extra } = (state?.about ?? {}) as Partial<SeatAbout>
  const { wants, parked = [] } = (extra ?? {}) as { wants?: MarketWants[]; parked?: string[] }
  const positions = markets.flatMap((market, n): BotPosition[] => {
    const { quantity = 0, entryPrice = 0 } = stands?.positions[n] ?? {}
    if (quantity <= 0) return []
    const price = closes?.[n]?.close || entryPrice
    const target = wants?.[n]?.target?.limitPrice ?? NaN
    const isGone = parked.includes(market)
    const wantsStop = stands?.positions[n]?.stop != null
    return [
      {
        market,
        quantity,
        entryPrice,
        stop: isGone ? NaN : stopAmong(orders, market),
        wantsStop,
        target,
        price,
        unrealised: (price - entryPrice) * quantity,
        goneBecause: isGone ? stuckWords("The exchange", market) : undefined,
      },
    ]
  })
  return { positions, orders }
}

/** Where the stop of a market waits at the exchange, as far as is known; NaN where none does. */
export function stopAmong(orders: readonly OwnOrder[], market: string): number {
  const own = orders.filter((order) => order.market === market)
  const stop = activeStop(own) ?? own.findLast((order) => order.role === "stop" && isInPlace(order))
  return stop?.stopPrice === undefined ? NaN : Number(stop.stopPrice)
}

/** What is held is worth. Quote currency. */
export function valueOf(positions: readonly Priced[]): number {
  return positions.reduce((sum, { quantity, price }) => sum + quantity * price, 0)
}

/** What positions, and buys as far as they are not booked, are worth by market. Quote currency. */
export function riskOf(
  positions: readonly Priced[],
  orders: readonly OwnOrder[],
  booked: (order: OwnOrder) => number,
): Map<string, number> {
  const risk = new Map<string, number>()
  const add = (market: string, value: number) => risk.set(market, (risk.get(market) ?? 0) + value)
  for (const position of positions) add(position.market, valueOf([position]))
  for (const order of orders) {
    const bought = Number(hasEnded(order) ? order.filledQuantity : order.quantity)
    const unbooked = order.side === "buy" ? Math.max(0, bought - booked(order)) : 0
    if (unbooked > 0) add(order.market, unbooked * Number(order.price ?? 0))
  }
  return risk
}
