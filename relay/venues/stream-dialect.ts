import { binanceDialect } from "./stream-binance.ts"
import { bybitDialect } from "./stream-bybit.ts"
import { coinbaseDialect } from "./stream-coinbase.ts"
import type { StreamDialect } from "./stream-event.ts"
import type { RealVenueId } from "./venue.ts"

/** Each exchange's own messages, by the dialect it speaks. */
export const streamDialects: Record<RealVenueId, StreamDialect> = {
  binance: binanceDialect,
  bybit: bybitDialect,
  coinbase: coinbaseDialect,
}
