import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sliceCandles, syntheticCandles } from "#engine/candles"
import { openVenue } from "../relay/door/open-venue.ts"
import { startSimulatedExchange } from "../relay/exchange/simulated/simulated-exchange.ts"
import { fetchCandles, type FetchedSeries } from "../relay/store/fetch-candles.ts"
import { openCandleStore } from "../relay/store/candle-store.ts"
import { realSurroundings } from "../relay/surroundings.ts"

// How fast candles come and go in the relay on this machine. Run: npx tsx bench/download.ts [--json] Prints candles
// per second fetched page by page from the simulated exchange in this process, and the store's write and read speed.

const PAGE = 1_000
const FETCHED = 100_000
const KEPT = 1_000_000
const endMs = Date.UTC(2026, 0, 1)
const series: FetchedSeries = { venue: "binance", market: "BTC/USDT", timeframe: "1m" }
const directory = await mkdtemp(join(tmpdir(), "bench-download-"))
const measured = { ...(await measureFetch()), ...(await measureStore()) }
await rm(directory, { recursive: true })
console.log(
  process.argv.includes("--json")
    ? JSON.stringify(measured)
    : Object.entries(measured)
        .map(([name, value]) => `${name.padEnd(28)} ${Math.round(value).toLocaleString("en-US")}`)
        .join("\n"),
)
process.exit(0)

/** Through ccxt, with its throttle as for the real exchange and without. */
async function measureFetch(): Promise<{ fetchedPerSecond: number; fetchedPerSecondUnthrottled: number }> {
  const limits = { weightPerMinute: 1e9, rawPer5Minutes: 1e9 }
  const exchange = await startSimulatedExchange(
    { seed: 1, speed: "stepped", limits, historyDays: 100 },
    realSurroundings(),
  )
  const fetchedPerSecond = await fetchOnce(exchange.rest, true)
  const fetchedPerSecondUnthrottled = await fetchOnce(exchange.rest, false)
  await exchange.stop()
  return { fetchedPerSecond, fetchedPerSecondUnthrottled }
}

async function fetchOnce(rest: string, isThrottled: boolean): Promise<number> {
  const store = await openCandleStore(directory)
  const source = openVenue("binance", { rest, isThrottled })
  const startedMs = performance.now()
  const { candles } = await fetchCandles({
    source,
    store,
    series,
    wanted: { fromMs: endMs - FETCHED * 60_000, toMs: endMs },
    origin: rest,
    surroundings: realSurroundings(),
    signal: new AbortController().signal,
  })
  const seconds = (performance.now() - startedMs) / 1000
  await store.remove(series)
  await store.close()
  return candles / seconds
}

/** A million candles added by pages, each a synced transaction, and read back whole. */
async function measureStore(): Promise<{ keptPerSecond: number; millionReadMs: number; millionSealedMs: number }> {
  const store = await openCandleStore(directory)
  const candles = syntheticCandles({
    seed: 1,
    candles: KEPT,
    timeframe: "1m",
    startMs: 0,
    startPrice: 100,
    kind: "mixed",
  })
  const added = await timeOf(async () => {
    for (let from = 0; from < KEPT; from += PAGE)
      await store.add({
        ...series,
        origin: "download",
        source: "bench",
        candles: sliceCandles(candles, { fromMs: from * 60_000, toMs: (from + PAGE) * 60_000 }),
        nowMs: 0,
      })
  })
  const millionReadMs = await timeOf(() => store.read(series))
  const millionSealedMs = await timeOf(() => store.seal(series))
  await store.close()
  return { keptPerSecond: KEPT / (added / 1000), millionReadMs, millionSealedMs }
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await act()
  return performance.now() - startedMs
}
