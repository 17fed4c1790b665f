import { proxy } from "comlink"
import type { LiveCandle } from "#engine/candles"
import type { LineState, VenueId } from "#venues"
import { BackgroundWorker, WorkerStopped } from "../worker/background-worker.ts"
import { type BoardChart, chartAfter } from "./board-chart.ts"
import type { ChartRequest, Indicator, PriceUpdate, WatchUpdate } from "./chart-update.ts"
import type { WatchApi } from "./watch-worker.ts"
import address from "./watch-worker.ts?worker&url"
import type { WatchedMarket } from "./watched-market.ts"

/** The latest price, with the most decimals any price of the market had. */
export type BoardPrice = PriceUpdate & { decimals: number }

/**
 * The window's side of the watch worker: what it told last, and the way to ask it. One for each visit of the screen.
 */
export class WatchBoard {
  #worker: BackgroundWorker<WatchApi> | undefined
  readonly #listeners = new Set<() => void>()
  readonly #prices = new Map<string, BoardPrice>()
  readonly #days = new Map<string, number[]>()
  readonly #lines = new Map<VenueId, LineState>()
  #indicators: Indicator[] = []
  #chart: BoardChart | undefined
  #failure: string | undefined

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  price(key: string): BoardPrice | undefined {
    return this.#prices.get(key)
  }

  /** Closes of the last day's hours, once they have come. */
  day(key: string): number[] | undefined {
    return this.#days.get(key)
  }

  line(venue: VenueId): LineState | undefined {
    return this.#lines.get(venue)
  }

  get chart(): BoardChart | undefined {
    return this.#chart
  }

  /** Why nothing can be watched at all, as a sentence. */
  get failure(): string | undefined {
    return this.#failure
  }

  watch(markets: WatchedMarket[]): void {
    this.#ask((worker) => worker.call((remote) => remote.watch(markets)))
  }

  /** Charts a market with these indicators. The same `id` keeps the candles. */
  show(request: Omit<ChartRequest, "formulas">, indicators: Indicator[]): void {
    this.#indicators = indicators
    if (this.#chart?.id !== request.id) this.#chart = undefined
    const formulas = indicators.map(({ formula }) => formula)
    this.#ask((worker) => worker.call((remote) => remote.chart({ ...request, formulas })))
  }

  /** The charted market's closed candles as the exchange has them now. */
  candles(): Promise<LiveCandle[]> {
    return this.#running().call((remote) => remote.candles() as Promise<LiveCandle[]>)
  }

  /** Asks for candles before the oldest of the chart; they come like all that is new. */
  older(): void {
    this.#ask((worker) => worker.call((remote) => remote.older()))
  }

  /** Hangs up everywhere; the next question begins anew. */
  stop(): void {
    this.#worker?.stop()
    this.#worker = undefined
  }

  #running(): BackgroundWorker<WatchApi> {
    if (this.#worker) return this.#worker
    const worker = (this.#worker = new BackgroundWorker<WatchApi>(address))
    this.#ask(() => worker.call((remote) => remote.begin(proxy((update: WatchUpdate) => this.#hear(update)))))
    return worker
  }

  #ask(question: (worker: BackgroundWorker<WatchApi>) => Promise<unknown>): void {
    question(this.#running()).catch((error: Error) => this.#fail(error))
  }

  #hear(update: WatchUpdate): void {
    if (update.kind === "price")
      this.#prices.set(update.key, {
        ...update,
        decimals: Math.max(this.#prices.get(update.key)?.decimals ?? 0, decimalsOf(update.price)),
      })
    else if (update.kind === "day") this.#days.set(update.key, update.closes)
    else if (update.kind === "line") this.#lines.set(update.venue, update.line)
    else this.#chart = chartAfter(this.#chart, update, this.#indicators)
    this.#tell()
  }

  #fail(error: Error): void {
    if (error instanceof WorkerStopped) return
    this.#failure = `Live prices stopped (${error.message}). Reload the page to start them again; your watchlist is safe.`
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

function decimalsOf(price: number): number {
  return String(price).split(".")[1]?.length ?? 0
}
