import { setTimeout as delay } from "node:timers/promises"
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
import type { CandleStore, SeriesName } from "../store/candle-store.ts"
import type { CandleSource } from "./candle-venue.ts"

/** What exchanges can be asked for: months are put together from their days. */
export type FetchedSeries = SeriesName & { timeframe: Timeframe }

export type CandleFetch = {
  source: CandleSource
  store: CandleStore
  series: FetchedSeries
  /** Without an end: up to the last closed candle. */
  wanted: { fromMs: number; toMs?: number }
  /** Told in the catalogue as the candles' origin. */
  origin: string
  /** Also asks for what is kept, to see whether the exchange tells it differently now. */
  again?: boolean
  signal: AbortSignal
  onProgress?: (progress: DownloadProgress) => void
  /** Told of waits before the first page. */
  onWaiting?: (waiting: Waiting) => void
}

/** What a fetch brought. `changed` are open times at which the exchange now tells another candle than it did before. */
export type CandleFetched = DownloadResult & { changed: number[]; others?: string[] }

// Before anything has come, a wrong address is likelier than a short outage.
const FIRST_TRIES = 4

/**
 * Fetches the missing candles of a stretch into the store. Whatever ends it, what has come is kept, and the next
 * fetch goes on from there.
 */
export async function fetchCandles(wanted: CandleFetch): Promise<CandleFetched> {
  const { source, series, signal } = wanted
  const nothing = { candles: 0, leftOut: [], changed: [] }
  source.endWith(signal)
  const time = await patiently(wanted, () => source.exchangeTime())
  const market = time?.ok ? await patiently(wanted, () => source.market(series.market)) : time
  if (!time?.ok || !market?.ok)
    return { ...nothing, ok: false, failure: market === undefined || market.ok ? "stopped" : market }
  if (!market.isThere)
    return {
      ...nothing,
      ok: false,
      failure: { ok: false, kind: "unknown-market", message: "there is no such market" },
      others: market.others,
    }
  const stretch = { fromMs: wanted.wanted.fromMs, toMs: wanted.wanted.toMs ?? time.timeMs }
  return download(wanted, stretch, time.timeMs)
}

async function download(
  { source, store, series, origin, again, signal, onProgress }: CandleFetch,
  wanted: TimeRange,
  exchangeTimeMs: number,
): Promise<CandleFetched> {
  const { candlesPerPage: pageLimit, parallel } = source.venue
  const changed: number[] = []
  const keep = async ({ candles, fetched }: KeptPage) => {
    const added = await store.add({
      ...series,
      origin: "download",
      source: origin,
      candles,
      fetched,
      nowMs: Date.now(),
    })
    changed.push(...added.changed)
  }
  const result = await downloadCandles({
    wanted,
    pageLimit,
    parallel,
    exchangeTimeMs,
    keep,
    sleep,
    nowMs,
    signal,
    onProgress,
    have: again ? [] : ((await store.find(series))?.fetched ?? []),
    timeframeMs: timeframesMs[series.timeframe],
    fetchPage: (request) => source.page(series, request),
    fetchDays: source.venue.staysInside ? (request) => source.page({ ...series, timeframe: "1d" }, request) : undefined,
  })
  return { ...result, changed }
}

function patiently<Answer extends { ok: true }>(
  { signal, onWaiting }: CandleFetch,
  ask: () => Promise<Answer | PageFailure>,
): Promise<Answer | PageFailure | undefined> {
  return askPatiently(ask, { sleep, nowMs, signal, onWaiting, mostTries: FIRST_TRIES })
}

const nowMs = () => performance.now()

/** Waits; an aborted signal ends the wait early, without an error. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {})
}
