import { HOUR_MS } from "#engine/candles"
import { type Interval, intervalsMs } from "../market/interval.ts"

/** What a stream's name asks for. `symbol` is undefined for streams over all markets. */
export type StreamName =
  | { kind: "trade" | "aggTrade" | "bookTicker" | "avgPrice" | "ticker" | "miniTicker"; symbol: string }
  | { kind: "kline"; symbol: string; interval: Interval; shiftMs: number }
  | { kind: "window"; symbol: string | undefined; lengthMs: number; size: string }
  | { kind: "partial"; symbol: string; levels: number }
  | { kind: "depth"; symbol: string }
  | { kind: "miniTickers" }

const windowsMs = new Map([
  ["1h", HOUR_MS],
  ["4h", 4 * HOUR_MS],
  ["1d", 24 * HOUR_MS],
])
/** No real stream's name is longer. */
const MOST_LETTERS = 60

/**
 * Reads a stream's name, as in `btcusdt@kline_1m`; undefined when it means nothing (the exchange then simply sends
 * nothing).
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
 */
export function streamNameFrom(name: string): StreamName | undefined {
  if (name.length > MOST_LETTERS) return undefined
  if (name === "!miniTicker@arr") return { kind: "miniTickers" }
  const [head, topic, option, ...more] = name.split("@")
  if (more.length > 0) return undefined
  const size = /^!ticker_(\w+)$/.exec(head)?.[1]
  if (size && topic === "arr" && option === undefined) return windowOf(undefined, size)
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
    return option === undefined ? { kind: topic, symbol } : undefined
  const interval = /^kline_(\w+)$/.exec(topic)?.[1]
  if (interval) return klineOf(symbol, interval, option)
  const size = /^ticker_(\w+)$/.exec(topic)?.[1]
  if (size) return option === undefined ? windowOf(symbol, size) : undefined
  const depth = /^depth(5|10|20)?$/.exec(topic)
  if (!depth || !["100ms", "1000ms", undefined].includes(option)) return undefined
  return depth[1] ? { kind: "partial", symbol, levels: Number(depth[1]) } : { kind: "depth", symbol }
}

function klineOf(symbol: string, interval: string, option: string | undefined): StreamName | undefined {
  const isKnown = Object.hasOwn(intervalsMs, interval) && (option === undefined || option === "+08:00")
  if (!isKnown) return undefined
  return { kind: "kline", symbol, interval: interval as Interval, shiftMs: option === undefined ? 0 : 8 * HOUR_MS }
}

function windowOf(symbol: string | undefined, size: string): StreamName | undefined {
  const lengthMs = windowsMs.get(size)
  return lengthMs === undefined ? undefined : { kind: "window", symbol, lengthMs, size }
}
