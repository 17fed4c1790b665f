import { expose } from "comlink"
import { fetchEngine } from "../run/fetch-engine.ts"
import type { ChartRequest, WatchUpdate } from "./chart-update.ts"
import { WatchDesk } from "./watch-desk.ts"
import type { WatchedMarket } from "./watched-market.ts"

let report: (update: WatchUpdate) => void = () => {}
const desk = new WatchDesk({ engine: fetchEngine, report: (update) => report(update) })

/** What the watch screen asks of its worker; the listener of `begin` receives its reports. */
const watchApi = {
  begin(listener: (update: WatchUpdate) => void) {
    report = listener
  },
  watch: (markets: WatchedMarket[]) => desk.watch(markets),
  chart: (requests: ChartRequest[]) => desk.chart(requests),
  candles: (id: number) => desk.candles(id),
  older: (id: number) => desk.older(id),
}

export type WatchApi = typeof watchApi

addEventListener("online", () => desk.retryNow())
expose(watchApi)
