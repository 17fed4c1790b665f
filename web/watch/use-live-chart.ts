import type { Timeframe } from "#engine/candles"
import { useEffect, useState } from "react"
import type { BoardChart } from "./board-chart.ts"
import type { Indicator } from "./chart-update.ts"
import { useBoard } from "./use-watch-board.ts"
import type { WatchBoard } from "./watch-board.ts"
import type { WatchedMarket } from "./watched-market.ts"

/** Numbers charts, so that each has its own id. */
let charts = 0

type Shown = { market: WatchedMarket; timeframe: Timeframe; indicators: Indicator[] }

/** A chart of the board for as long as a component shows it. Another market or timeframe needs another component. */
export function useLiveChart(
  board: WatchBoard,
  { market, timeframe, indicators }: Shown,
): { id: number; chart: BoardChart | undefined } {
  const [id] = useState(() => ++charts)
  const chart = useBoard(board, (each) => each.chart(id))
  useEffect(() => board.show({ id, market, timeframe }, indicators), [board, id, market, timeframe, indicators])
  return { id, chart }
}
