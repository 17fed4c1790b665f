import type { VenueId } from "../venue/index.ts"

/**
 * The public streams of the real exchanges: where they are, and the path below it, which is the same through the
 * relay.
 */
const streams: Record<Exclude<VenueId, "practice">, { host: string; path: string }> = {
  binance: { host: "wss://data-stream.binance.vision", path: "/ws" },
  bybit: { host: "wss://stream.bybit.com", path: "/v5/public/spot" },
  coinbase: { host: "wss://advanced-trade-ws.coinbase.com", path: "/" },
}

/**
 * Where an exchange's stream may be had by a page at `origin`, the preferred way first: directly, else through the
 * relay that serves the page.
 */
export function streamAddresses(venue: VenueId, origin: string): string[] {
  const relay = (path: string) => `${origin.replace(/^http/, "ws")}/api/md/${venue}/stream${path}`
  if (venue === "practice") return [relay("/ws")]
  const { host, path } = streams[venue]
  return [host + path, relay(path)]
}
