import { expose } from "comlink"
import { fetchEngine } from "../run/fetch-engine.ts"
import type { ChartRequest, WatchUpdate } from "./chart-update.ts"
import { WatchDesk } from "./watch-desk.ts"
import type { WatchedMarket } from "./watched-market.ts"

let tell: (update: WatchUpdate) => void = () => {}
const desk = new WatchDesk({ engine: fetchEngine, tell: (update) => tell(update) })

/** What the watch screen asks of its worker; what happens comes back through the listener of `begin`. */
const watchApi = {
  begin(listener: (update: WatchUpdate) => void) {
    tell = listener
  },
  watch: (markets: WatchedMarket[]) => desk.watch(markets),
  chart: (requests: ChartRequest[]) => desk.chart(requests),
  candles: (id: number) => desk.candles(id),
  older: (id: number) => desk.older(id),
}

export type WatchApi = typeof watchApi

addEventListener("online", () => desk.retryNow())
expose(watchApi)
