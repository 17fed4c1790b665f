import type { Interval } from "../market/interval.ts"
import { bybitIntervals } from "./bybit-market.ts"

/** What a public topic is about. */
export type BybitTopic =
  | { kind: "kline"; symbol: string; interval: Interval; period: string }
  | { kind: "tickers"; symbol: string }
  | { kind: "publicTrade"; symbol: string }
  | { kind: "orderbook"; symbol: string; levels: number }

const DEPTHS = new Set(["1", "50", "200", "1000"])

/** A public topic by its name, as in "kline.1.BTCUSDT"; undefined when there is none. */
export function bybitTopicFrom(name: string): BybitTopic | undefined {
  const [kind, second = "", third] = name.split(".")
  if (kind === "kline" && third && Object.hasOwn(bybitIntervals, second))
    return { kind, symbol: third, interval: bybitIntervals[second], period: second }
  if (kind === "orderbook" && third && DEPTHS.has(second)) return { kind, symbol: third, levels: Number(second) }
  if ((kind === "tickers" || kind === "publicTrade") && second !== "" && third === undefined)
    return { kind, symbol: second }
  return undefined
}
