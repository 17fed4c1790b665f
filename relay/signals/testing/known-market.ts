import { type Candles, type LiveCandle, sliceCandles } from "#engine/candles"
import { type CandleWatch, type CandleWatchOptions, SharedCandles, venueOf } from "#venues"
import type { AskedCandles, FoundMarket } from "../../desk/public-markets.ts"
import { Refusal } from "../../door/refusal.ts"

const market = { symbol: "ETH/USDT", id: "ETHUSDT", base: "ETH", quote: "USDT" } as FoundMarket["market"]

/** The market that is known. */
export const knownMarket: FoundMarket = { venue: venueOf("practice"), market }

/** An exchange with one market whose candles are known, and whose clock a story moves. It can be away. */
export class KnownMarket {
  isAway = false
  #closed: number
  readonly #watches = new Set<{ options: CandleWatchOptions; watch: CandleWatch }>()
  readonly feeds = { candles: () => this.#shared }
  readonly #shared = new SharedCandles({ watchCandles: (_, options) => this.#watch(options) })
  readonly publicMarkets = {
    find: async (_: string, written: string) => this.#found(written),
    timeMs: async () => this.nowMs,
    candles: async (_: FoundMarket, { fromMs, toMs = Infinity, limit }: AskedCandles) => {
      this.#found(market.symbol)
      const endMs = Math.min(toMs, this.nowMs)
      const lengthMs = this.all.timeframeMs
      const candles = sliceCandles(this.all, { fromMs: fromMs ?? endMs - limit * lengthMs, toMs: endMs })
      return { candles: candles.openTimeMs.length > 0 ? candles : undefined, nextMs: null }
    },
  }

  /** So many of its candles have closed. */
  constructor(
    readonly all: Candles,
    closed: number,
  ) {
    this.#closed = closed
  }

  get nowMs(): number {
    return this.all.openTimeMs[this.#closed - 1] + this.all.timeframeMs
  }

  /** Those that have closed. */
  get past(): Candles {
    return sliceCandles(this.all, { fromMs: 0, toMs: this.nowMs })
  }

  /** One more candle closes. */
  close(): void {
    this.#closed++
    for (const { options } of this.#watches) options.onChange("stream")
  }

  #found(written: string): FoundMarket {
    if (this.isAway) throw new Refusal(503, "exchange-away", "The exchange does not answer.")
    if (written === market.symbol) return knownMarket
    throw new Refusal(404, "unknown-market", `There is no market ${written}.`)
  }

  #watch(options: CandleWatchOptions): CandleWatch {
    const fromMs = "fromMs" in options.start ? options.start.fromMs : 0
    const rows = () => liveCandles(sliceCandles(this.all, { fromMs, toMs: this.nowMs }))
    const watch = {
      get closed() {
        return rows()
      },
      history: { state: "complete" },
      stop: () => this.#watches.delete(entry),
    } as unknown as CandleWatch
    const entry = { options, watch }
    this.#watches.add(entry)
    queueMicrotask(() => options.onChange("history"))
    return watch
  }
}

function liveCandles({ openTimeMs, open, high, low, close, volume }: Candles): LiveCandle[] {
  return Array.from(openTimeMs, (ms, n) => ({
    openTimeMs: ms,
    open: open[n],
    high: high[n],
    low: low[n],
    close: close[n],
    volume: volume[n],
  }))
}
