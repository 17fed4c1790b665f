import { type Candles, candlesFromRows, timeframesMs } from "#engine/candles"
import { SEEN_CANDLES } from "#engine/run"
import type { CandleNews } from "#venues"
import type { MarketFeeds } from "../desk/market-feeds.ts"
import type { PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import type { Cancel, Surroundings } from "../surroundings.ts"
import type { MarketStanding, WatchedMarket } from "./signal-watch.ts"

type FollowerDeps = {
  feeds: Pick<MarketFeeds, "candles">
  publicMarkets: Pick<PublicMarkets, "find" | "candles" | "timeMs">
  surroundings: Pick<Surroundings, "nowMs" | "after" | "random">
  onBug: (error: unknown) => void
  /** A candle has closed, and all before it are here. */
  onClosed: () => void
}

type Row = [openTimeMs: number, open: number, high: number, low: number, close: number, volume: number]

const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 900_000

/** The last closed candles of a watched market, over the connection that bots and charts share. */
export class MarketFollower {
  #rows: Row[] = []
  #isComplete = false
  #hasNew = false
  #problem: string | null = null
  #failures = 0
  #restsUntilMs = -Infinity
  #stop: Cancel = () => {}
  #isEnded = false

  constructor(
    readonly watched: WatchedMarket,
    private readonly deps: FollowerDeps,
  ) {}

  /** Goes on until `end`; an exchange that is away is asked again later, after ever longer waits. */
  async begin(): Promise<void> {
    try {
      await this.#open()
      this.succeeded()
    } catch (error) {
      const waitMs = this.failed(error)
      this.#stop = this.deps.surroundings.after(waitMs, () => void this.begin())
      if (this.#isEnded) this.#stop()
    }
  }

  end(): void {
    this.#isEnded = true
    this.#stop()
  }

  get standing(): MarketStanding {
    const { venue, market, timeframe } = this.watched
    return { venue, market, timeframe, closedMs: this.closedMs, problem: this.#problem }
  }

  /** When the newest candle closed; null before the first. */
  get closedMs(): number | null {
    const last = this.#rows.at(-1)
    return last === undefined ? null : last[0] + timeframesMs[this.watched.timeframe]
  }

  /** The candles, once all up to now are here. */
  candles(): Candles | undefined {
    if (!this.#isComplete || this.#rows.length === 0) return undefined
    const read = candlesFromRows(this.#rows, { timeframe: this.watched.timeframe })
    if (!read.ok) throw new Error(read.because)
    return read.candles
  }

  /** The closes of all candles that open from a moment up to another; undefined where they do not reach so far back. */
  closesBetween(fromMs: number, toMs: number): number[] | undefined {
    const [first] = this.#rows
    if (first === undefined || first[0] > fromMs) return undefined
    return this.#rows.filter(([openMs]) => openMs >= fromMs && openMs < toMs).map(([, , , , close]) => close)
  }

  /** Whether it has rested long enough since it failed. */
  get isReady(): boolean {
    return this.deps.surroundings.nowMs() >= this.#restsUntilMs
  }

  /** Notes why nothing can be said now; answers how long it rests. */
  failed(error: unknown): number {
    const isRefusal = error instanceof Refusal
    if (!isRefusal && !this.#isEnded) this.deps.onBug(error)
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++)
    const waitMs = most * (1 + this.deps.surroundings.random()) * HALF
    this.#restsUntilMs = this.deps.surroundings.nowMs() + waitMs
    this.#problem = isRefusal ? error.message : "Candlewright made a mistake here; the terminal says more."
    return waitMs
  }

  /** All is well again. */
  succeeded(): void {
    this.#failures = 0
    this.#problem = null
  }

  async #open(): Promise<void> {
    const { venue, market, timeframe } = this.watched
    const { feeds, publicMarkets } = this.deps
    const found = await publicMarkets.find(venue, market)
    const { candles } = await publicMarkets.candles(found, { timeframe, limit: SEEN_CANDLES })
    this.#rows = candles === undefined ? [] : rowsOf(candles)
    this.#hasNew = this.#rows.length > 0
    const nextMs = this.closedMs ?? (await publicMarkets.timeMs(venue))
    if (this.#isEnded) return
    this.#stop = feeds.candles(venue).follow({ market: found.market, timeframe }, nextMs, (news) => this.#hear(news))
  }

  #hear(news: CandleNews): void {
    if (this.#isEnded) return
    if (news.kind === "gap") {
      this.#isComplete = false
      this.#problem = news.because
      return
    }
    if (news.kind === "candle") this.#add(news.candle)
    else this.#caughtUp()
    if (!this.#isComplete || !this.#hasNew) return
    this.#hasNew = false
    this.deps.onClosed()
  }

  #add({ openTimeMs, open, high, low, close, volume }: Extract<CandleNews, { kind: "candle" }>["candle"]): void {
    if (openTimeMs < (this.closedMs ?? -Infinity)) return
    this.#rows.push([openTimeMs, open, high, low, close, volume])
    if (this.#rows.length > SEEN_CANDLES) this.#rows.shift()
    this.#hasNew = true
  }

  #caughtUp(): void {
    this.#isComplete = true
    if (this.#failures === 0) this.#problem = null
  }
}

/** Half of a wait is left to chance, so that markets that failed together do not ask together again. */
const HALF = 0.5

function rowsOf({ openTimeMs, open, high, low, close, volume }: Candles): Row[] {
  return Array.from(openTimeMs, (ms, n) => [ms, open[n], high[n], low[n], close[n], volume[n]])
}
