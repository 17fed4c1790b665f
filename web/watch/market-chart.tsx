import { useMemo } from "react"
import type { Timeframe } from "#engine/candles"
import type { VenueId } from "#venues"
import type { CandleAsking, PriceLevel } from "../chart/index.ts"
import { Notice } from "../ui/notice.tsx"
import type { Indicator } from "./chart-update.ts"
import { LivePicture } from "./live-picture.tsx"
import { useLiveChart } from "./use-live-chart.ts"
import { useBoard, useWatchBoard } from "./use-watch-board.ts"
import type { WatchedMarket } from "./watched-market.ts"

type MarketChartProps = {
  venue: VenueId
  /** "BTC/USDT". */
  symbol: string
  timeframe: Timeframe
  /** Prices that matter to whoever looks, such as a stop. */
  levels: readonly PriceLevel[]
  asking?: CandleAsking
}

const none: Indicator[] = []

/** One market's live chart with some prices marked, for another screen. */
export function MarketChart({ venue, symbol, timeframe, levels, asking }: MarketChartProps) {
  const market = useMemo(() => ({ venue, symbol, marketId: marketIdOf(venue, symbol) }), [venue, symbol])
  const markets = useMemo<WatchedMarket[]>(() => [], [])
  const board = useWatchBoard(markets)
  const { id, chart } = useLiveChart(board, { market, timeframe, indicators: none })
  const failure = useBoard(board, (each) => each.failure)
  return (
    <>
      {failure !== undefined && <Notice kind="warn">{failure}</Notice>}
      <LivePicture
        chart={chart}
        timeframe={timeframe}
        title={`${symbol}, ${timeframe} candles, live`}
        levels={levels}
        asking={asking}
        onOldest={() => board.older(id)}
      />
    </>
  )
}

/** The exchange's own name of a market. */
function marketIdOf(venue: VenueId, symbol: string): string {
  return symbol.replace("/", venue === "coinbase" ? "-" : "")
}
