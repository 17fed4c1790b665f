import {
  askPatiently,
  downloadCandles,
  timeframesMs,
  type Timeframe,
  type DownloadProgress,
  type DownloadResult,
  type KeptPage,
  type PageFailure,
  type TimeRange,
  type Waiting,
} from "#engine/candles"
import type { CandleStore, SeriesName } from "./candle-store.ts"
import type { MarketName, VenueMarket, VenueSource } from "#venues"
import { type Surroundings, sleep } from "../surroundings.ts"

/** The timeframes exchanges support; we build months from their days. */
export type FetchedSeries = SeriesName & { timeframe: Timeframe }

export type CandleFetch = {
  source: VenueSource
  store: CandleStore
  series: FetchedSeries
  /** Without an end: up to the last closed candle. */
  wanted: { fromMs: number; toMs?: number }
  /** Recorded in the catalogue as the candles' origin. */
  origin: string
  /** Also asks for what is kept, to see whether the exchange has changed it. */
  again?: boolean
  surroundings: Surroundings
  signal: AbortSignal
  onProgress?: (progress: DownloadProgress) => void
  /** Receives waits before the first page. */
  onWaiting?: (waiting: Waiting) => void
}

/** The outcome of a fetch. `changed` are open times where the exchange now has another candle than before. */
export type CandleFetched = DownloadResult & { changed: number[]; others?: string[] }

// Before anything has arrived, a wrong address is likelier than a short outage.
const FIRST_TRIES = 4

/**
 * Fetches the missing candles of a stretch into the store. Whatever ends it, the candles so far are kept, and the
 * next fetch continues from there.
 */
export async function fetchCandles(wanted: CandleFetch): Promise<CandleFetched> {
  const { source, series } = wanted
  const nothing = { candles: 0, leftOut: [], changed: [] }
  const time = await patiently(wanted, () => source.exchangeTime())
  const list = time?.ok ? await patiently(wanted, () => source.markets({ withVolumes: false })) : time
  if (!time?.ok || !list?.ok)
    return { ...nothing, ok: false, failure: list === undefined || list.ok ? "stopped" : list }
  const market = list.markets.find(({ symbol }) => symbol === series.market)
  if (market === undefined) return { ...nothing, ok: false, ...unknownMarket(series.market, list.markets) }
  const stretch = { fromMs: wanted.wanted.fromMs, toMs: wanted.wanted.toMs ?? time.timeMs }
  return download(wanted, { market, stretch, exchangeTimeMs: time.timeMs })
}

/** The answer instead of candles; `others` are the exchange's markets of the same coin. */
function unknownMarket(market: string, all: VenueMarket[]) {
  const others = all.filter(({ base }) => base === market.split("/")[0]).map(({ symbol }) => symbol)
  const failure = { ok: false, kind: "unknown-market", message: "there is no such market" } as const
  return { failure, others: others.toSorted() }
}

async function download(
  { source, store, series, origin, again, surroundings, signal, onProgress }: CandleFetch,
  { market, stretch, exchangeTimeMs }: { market: MarketName; stretch: TimeRange; exchangeTimeMs: number },
): Promise<CandleFetched> {
  const { candlesPerPage: pageLimit, pagesAtOnce: parallel, staysInside } = source.venue
  const changed: number[] = []
  const keep = async ({ candles, fetched }: KeptPage) => {
    const added = await store.add({
      ...series,
      origin: "download",
      source: origin,
      candles,
      fetched,
      nowMs: surroundings.nowMs(),
    })
    changed.push(...added.changed)
  }
  const result = await downloadCandles({
    wanted: stretch,
    pageLimit,
    parallel,
    exchangeTimeMs,
    keep,
    ...patienceOf(surroundings),
    signal,
    onProgress,
    have: again ? [] : ((await store.find(series))?.fetched ?? []),
    timeframeMs: timeframesMs[series.timeframe],
    fetchPage: (request) => source.page({ market, timeframe: series.timeframe }, request),
    fetchDays: staysInside ? (request) => source.page({ market, timeframe: "1d" }, request) : undefined,
  })
  return { ...result, changed }
}

function patiently<Answer extends { ok: true }>(
  { surroundings, signal, onWaiting }: CandleFetch,
  ask: () => Promise<Answer | PageFailure>,
): Promise<Answer | PageFailure | undefined> {
  return askPatiently(ask, { ...patienceOf(surroundings), signal, onWaiting, mostTries: FIRST_TRIES })
}

function patienceOf(surroundings: Surroundings) {
  return {
    sleep: (ms: number, signal: AbortSignal) => sleep(surroundings, ms, signal),
    nowMs: surroundings.steadyMs,
  }
}
