import { type DownloadProgress, pageFailureInWords } from "#engine/candles"
import { type VenueId, venueOf } from "#venues"
import { type CandleStore, openCandleStore } from "../store/candle-store.ts"
import { fetchCandles, type FetchedSeries } from "../store/fetch-candles.ts"
import type { Surroundings } from "../surroundings.ts"
import type { MarketFeeds } from "./market-feeds.ts"

/** Candles to have: a whole stretch of one market. */
export type WantedCandles = FetchedSeries & { venue: VenueId; fromMs: number; toMs: number }

type KeptCandlesDeps = { dataDirectory: string; feeds: MarketFeeds; surroundings: Surroundings }
type CompleteOptions = { signal: AbortSignal; onProgress: (progress: DownloadProgress) => void }

/** The relay's candles on the disk, opened at first use: whatever is wrong with them stops no bot. */
export class KeptCandles {
  #store: Promise<CandleStore> | undefined

  constructor(private readonly deps: KeptCandlesDeps) {}

  /** Where they are. */
  get dataDirectory(): string {
    return this.deps.dataDirectory
  }

  /** Fetches what is missing of them. Returns why there are not all, in words; undefined once there are. */
  async complete({ fromMs, toMs, ...series }: WantedCandles, options: CompleteOptions): Promise<string | undefined> {
    const { feeds, surroundings } = this.deps
    const source = feeds.source(series.venue)
    const fetched = await fetchCandles({
      ...options,
      source,
      store: await this.#opened(),
      series,
      wanted: { fromMs, toMs },
      origin: feeds.origin(series.venue),
      surroundings,
    })
    if (fetched.ok) return undefined
    if (fetched.failure === "stopped") return "It was stopped. The candles so far are kept."
    return pageFailureInWords(fetched.failure, { exchange: venueOf(series.venue).name, market: series.market })
  }

  async close(): Promise<void> {
    const store = await this.#store?.catch(() => undefined)
    await store?.close()
  }

  #opened(): Promise<CandleStore> {
    const { dataDirectory, surroundings } = this.deps
    return (this.#store ??= openCandleStore(dataDirectory, { surroundings }).catch((error: unknown) => {
      // Such as a full disk: the next one tries again.
      this.#store = undefined
      throw error
    }))
  }
}
