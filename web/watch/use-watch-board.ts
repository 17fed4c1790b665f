import { useEffect, useState, useSyncExternalStore } from "react"
import { WatchBoard } from "./watch-board.ts"
import type { WatchedMarket } from "./watched-market.ts"

/** A board that watches these markets for as long as the screen is open. */
export function useWatchBoard(markets: WatchedMarket[] | undefined): WatchBoard {
  const [board] = useState(() => new WatchBoard())
  useEffect(() => () => board.stop(), [board])
  useEffect(() => {
    if (markets) board.watch(markets)
  }, [board, markets])
  return board
}

/** One thing from the board, read again whenever it changes. */
export function useBoard<Value>(board: WatchBoard, read: (board: WatchBoard) => Value): Value {
  return useSyncExternalStore(board.subscribe, () => read(board))
}

/** This device's clock, every second. */
export function useSecond(): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
