import { proxy } from "comlink"
import type { LiveCandle } from "#engine/candles"
import type { LineState, VenueId } from "#venues"
import { BackgroundWorker, WorkerStopped } from "../worker/background-worker.ts"
import { type BoardChart, chartAfter } from "./board-chart.ts"
import type { ChartRequest, ChartUpdate, Indicator, PriceUpdate, WatchUpdate } from "./chart-update.ts"
import type { WatchApi } from "./watch-worker.ts"
import address from "./watch-worker.ts?worker&url"
import type { WatchedMarket } from "./watched-market.ts"

/** The latest price, with the most decimals any price of the market had. */
export type BoardPrice = PriceUpdate & { decimals: number }

/**
 * The window's side of the watch worker: its last messages, and the way to ask it. One for each visit of the screen.
 */
export class WatchBoard {
  #worker: BackgroundWorker<WatchApi> | undefined
  readonly #listeners = new Set<() => void>()
  readonly #prices = new Map<string, BoardPrice>()
  readonly #days = new Map<string, number[]>()
  readonly #lines = new Map<VenueId, LineState>()
  readonly #charts = new Map<number, BoardChart>()
  readonly #wanted = new Map<number, { request: ChartRequest; indicators: Indicator[] }>()
  #isAskDue = false
  #failure: string | undefined

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  price(key: string): BoardPrice | undefined {
    return this.#prices.get(key)
  }

  /** Closes of the last day's hours, once they have arrived. */
  day(key: string): number[] | undefined {
    return this.#days.get(key)
  }

  line(venue: VenueId): LineState | undefined {
    return this.#lines.get(venue)
  }

  /** A shown chart, once its first candles have arrived. */
  chart(id: number): BoardChart | undefined {
    return this.#charts.get(id)
  }

  /** Why nothing can be watched at all, as a sentence. */
  get failure(): string | undefined {
    return this.#failure
  }

  watch(markets: WatchedMarket[]): void {
    this.#ask((worker) => worker.call((remote) => remote.watch(markets)))
  }

  /** Charts a market with these indicators, until you call the returned function. The same `id` keeps the candles. */
  show(chart: Omit<ChartRequest, "formulas">, indicators: Indicator[]): () => void {
    const request = { ...chart, formulas: indicators.map(({ formula }) => formula) }
    this.#wanted.set(chart.id, { request, indicators })
    this.#askForCharts()
    return () => {
      if (this.#wanted.get(chart.id)?.request !== request) return
      this.#wanted.delete(chart.id)
      this.#askForCharts()
    }
  }

  /** A chart's closed candles in the exchange's present version. */
  candles(id: number): Promise<LiveCandle[]> {
    return this.#running().call((remote) => remote.candles(id) as Promise<LiveCandle[]>)
  }

  /** Requests candles before the oldest of a chart; they arrive like any update. */
  older(id: number): void {
    this.#ask((worker) => worker.call((remote) => remote.older(id)))
  }

  /** Disconnects everywhere; the next request starts over. */
  stop(): void {
    this.#worker?.stop()
    this.#worker = undefined
  }

  /** Once for all changes of this moment: replacing one chart by another is one request. */
  #askForCharts(): void {
    if (this.#isAskDue) return
    this.#isAskDue = true
    queueMicrotask(() => {
      this.#isAskDue = false
      for (const id of this.#charts.keys()) if (!this.#wanted.has(id)) this.#charts.delete(id)
      const requests = [...this.#wanted.values()].map(({ request }) => request)
      if (this.#worker || requests.length > 0) this.#ask((worker) => worker.call((remote) => remote.chart(requests)))
    })
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
    else this.#hearChart(update)
    this.#report()
  }

  #hearChart(update: ChartUpdate): void {
    const wanted = this.#wanted.get(update.id)
    if (wanted) this.#charts.set(update.id, chartAfter(this.#charts.get(update.id), update, wanted.indicators))
  }

  #fail(error: Error): void {
    if (error instanceof WorkerStopped) return
    this.#failure = `Live prices stopped (${error.message}). Reload the page to start them again; your watchlist is safe.`
    this.#report()
  }

  #report(): void {
    for (const listener of this.#listeners) listener()
  }
}

function decimalsOf(price: number): number {
  return String(price).split(".")[1]?.length ?? 0
}
