import { timeframesMs } from "#engine/candles"
import type { ClosedCandle, Exchange } from "../../exchange/exchange.ts"
import { formatDecimal } from "../../exchange/simulated/decimal.ts"
import type { Venue } from "../../exchange/simulated/venue.ts"
import type { BotFeed } from "../bot-parts.ts"
import type { CandleRow } from "../engine-seat.ts"
import type { Life } from "./life.ts"

/** Candles as the exchange answers them, faults included, and its prices, looked at each second. */
export function feedOf(
  exchange: Exchange,
  { life, venue, symbolOf }: { life: Life; venue: Venue; symbolOf: (market: string) => string },
): BotFeed {
  const { every } = life.surroundings
  return {
    follow(market, timeframe, fromMs, hear) {
      const timeframeMs = timeframesMs[timeframe]
      let nextMs = fromMs
      let isAsking = false
      let isOver = false
      const look = async () => {
        if (isAsking || venue.nowMs < nextMs + timeframeMs) return
        isAsking = true
        const rows = await exchange.closedCandles({ market, timeframe, fromMs: nextMs, limit: 500 }).catch(() => [])
        isAsking = false
        for (const row of rows.filter(({ openTimeMs }) => openTimeMs >= nextMs)) {
          nextMs = row.openTimeMs + timeframeMs
          if (!isOver && !life.isOver) hear(rowOf(row))
        }
      }
      const cancel = every(1_000, () => void look())
      return () => {
        isOver = true
        cancel()
      }
    },
    watchPrice(market, hear) {
      const listed = () => venue.markets.get(symbolOf(market))
      return every(1_000, () => hear(Number(formatDecimal(listed()!.lastPrice))))
    },
  }
}

function rowOf({ openTimeMs, open, high, low, close, volume }: ClosedCandle): CandleRow {
  return [openTimeMs, Number(open), Number(high), Number(low), Number(close), Number(volume)]
}
