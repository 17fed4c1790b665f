import { type Interval, intervalsMs } from "../market/interval.ts"

/** What a stream's name asks for. `symbol` is undefined for streams over all markets. */
export type StreamName =
  | { kind: "trade" | "aggTrade" | "bookTicker" | "avgPrice" | "ticker" | "miniTicker"; symbol: string }
  | { kind: "kline"; symbol: string; interval: Interval; shiftMs: number }
  | { kind: "window"; symbol: string | undefined; lengthMs: number; size: string }
  | { kind: "partial"; symbol: string; levels: number }
  | { kind: "depth"; symbol: string }
  | { kind: "miniTickers" }

const HOUR_MS = 3_600_000
const windows: Record<string, number> = { "1h": HOUR_MS, "4h": 4 * HOUR_MS, "1d": 24 * HOUR_MS }

/**
 * Reads a stream's name, as in `btcusdt@kline_1m`; undefined when it means nothing (the exchange then simply sends
 * nothing).
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
 */
export function streamNameFrom(name: string): StreamName | undefined {
  if (name === "!miniTicker@arr") return { kind: "miniTickers" }
  const [head, topic, option] = name.split("@")
  const windowSize = /^!ticker_(1h|4h|1d)$/.exec(head)?.[1]
  if (windowSize && topic === "arr")
    return { kind: "window", symbol: undefined, lengthMs: windows[windowSize], size: windowSize }
  if (!/^[a-z0-9]+$/.test(head) || topic === undefined) return undefined
  return topicOf(head.toUpperCase(), topic, option)
}

function topicOf(symbol: string, topic: string, option: string | undefined): StreamName | undefined {
  if (
    topic === "trade" ||
    topic === "aggTrade" ||
    topic === "bookTicker" ||
    topic === "avgPrice" ||
    topic === "ticker" ||
    topic === "miniTicker"
  )
    return { kind: topic, symbol }
  const interval = /^kline_(\w+)$/.exec(topic)?.[1]
  if (interval && Object.hasOwn(intervalsMs, interval))
    return { kind: "kline", symbol, interval: interval as Interval, shiftMs: option === "+08:00" ? 8 * HOUR_MS : 0 }
  const size = /^ticker_(1h|4h|1d)$/.exec(topic)?.[1]
  if (size) return { kind: "window", symbol, lengthMs: windows[size], size }
  const depth = /^depth(5|10|20)?$/.exec(topic)
  if (!depth) return undefined
  return depth[1] ? { kind: "partial", symbol, levels: Number(depth[1]) } : { kind: "depth", symbol }
}
