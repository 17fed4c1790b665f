import { uuidOf } from "../../exchange/simulated/coinbase/uuid.ts"
import type { Venue } from "../../exchange/simulated/venue.ts"
import type { RealVenueId } from "#venues"
import type { Rows } from "./findings.ts"
import type { Place } from "./simulated-relay.ts"

/** Fills of bots' orders at the exchange that the relay has not booked, in words. */
export function unbookedFills({ opened, story }: Place, { fills, botOf, symbolOf }: Rows): string[] {
  const { log, state } = opened.exchange
  const booked = new Set(fills.map(({ market, fill_id }) => `${symbolOf(market)} ${fill_id}`))
  const ours = new Set<number>()
  return log.entries.flatMap((entry) => {
    if (entry.kind !== "event") return []
    const { clientOrderId, listId = -1 } = entry.about
    const isOurs = botOf.has(String(clientOrderId))
    // Exits that the exchange named itself are of whom their entry is.
    if (isOurs && listId !== -1) ours.add(Number(listId))
    if (entry.event !== "TRADE" || !(isOurs || ours.has(Number(listId)))) return []
    const { symbol, tradeId, orderId } = entry.about
    const fill = { symbol: String(symbol), tradeId: Number(tradeId), orderId: Number(orderId) }
    return booked.has(`${symbol} ${fillIdOf[story.venue](fill, state.venue)}`)
      ? []
      : [`I8: the fill ${symbol} ${tradeId} of ${clientOrderId} was not booked`]
  })
}

type FillName = { symbol: string; tradeId: number; orderId: number }

/** How each exchange names a fill. */
const fillIdOf: Record<RealVenueId, (fill: FillName, venue: Venue) => string> = {
  binance: ({ tradeId }) => String(tradeId),
  bybit: ({ orderId, tradeId }) => `${orderId}${String(tradeId).padStart(12, "0")}`,
  coinbase: ({ symbol, tradeId, orderId }, { options }) =>
    uuidOf(`${options.seed}/trade/${symbol}/${tradeId}/${orderId}`),
}
