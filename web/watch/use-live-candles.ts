import { useEffect, useState } from "react"
import type { LiveCandle, Timeframe } from "#engine/candles"
import type { Indicator } from "./chart-update.ts"
import { silenceOf } from "./silence.ts"
import { useBoard, useSecond, useWatchBoard } from "./use-watch-board.ts"
import type { WatchBoard } from "./watch-board.ts"
import type { WatchedMarket } from "./watched-market.ts"

/** The closed candles of a market as they happen. */
export type LiveCandles = {
  /** Another list with each candle that closes; undefined before any arrived. */
  closed: readonly LiveCandle[] | undefined
  /** How fresh they are; undefined where no market is watched. */
  words: string | undefined
  /** Why nothing can be watched at all. */
  failure: string | undefined
  /** This device's clock, every second. */
  nowMs: number
}

const none: Indicator[] = []
/** The board is ours alone, and has this one chart. */
const CHART = 1

/** Live candles for another screen; nothing without a market. Another market or timeframe needs another component. */
export function useLiveCandles(market: WatchedMarket | undefined, timeframe: Timeframe): LiveCandles {
  const board = useWatchBoard(undefined)
  useEffect(() => market && board.show({ id: CHART, market, timeframe }, none), [board, market, timeframe])
  const line = useBoard(board, (each) => market && each.line(market.venue))
  const heardAtMs = useBoard(board, (each) => each.chart(CHART)?.heardAtMs)
  const nowMs = useSecond()
  return {
    closed: useClosed(board),
    words: market && silenceOf({ line, heardAtMs, nowMs }).words,
    failure: useBoard(board, (each) => each.failure),
    nowMs,
  }
}

/** The board's own list grows in place, with every tick; this one changes when a candle closes. */
function useClosed(board: WatchBoard): readonly LiveCandle[] | undefined {
  const [closed, setClosed] = useState<readonly LiveCandle[]>()
  useEffect(
    () =>
      board.subscribe(() => {
        const now = board.chart(CHART)?.closed ?? []
        if (now.length > 0) setClosed((before) => (lastOf(before) === lastOf(now) ? before : [...now]))
      }),
    [board],
  )
  return closed
}

function lastOf(candles: readonly LiveCandle[] | undefined): number | undefined {
  return candles?.at(-1)?.openTimeMs
}
