import type { ForecastCard } from "#engine/result"
import type { CallStore } from "./call-store.ts"
import type { CallForecast, KeptCall } from "./kept-call.ts"
import type { ModelStore } from "./model-store.ts"
import type { WatchedMarket } from "./signal-watch.ts"

/** What a model says of a market's last closed candle, and how good it is there; no card where nobody has judged it. */
export type FreshForecast = { call: KeptCall & { forecast: CallForecast }; card: ForecastCard | null }

type FreshDeps = { calls: CallStore; models: ModelStore; sinceMs: number }

/** The newest call of each model of a watched market, where its candle closed after `sinceMs`. */
export async function freshForecasts(watched: WatchedMarket, deps: FreshDeps): Promise<FreshForecast[]> {
  const { venue, market, timeframe } = watched
  const fresh: FreshForecast[] = []
  for (const { hash } of watched.models) {
    const [call] = await deps.calls.list({ venue, market, source: `forecast:${hash}`, most: 1 })
    const forecast = call?.forecast
    if (!forecast || call.timeframe !== timeframe || call.candleClosedMs <= deps.sinceMs) continue
    const card = (await deps.models.card({ hash, venue, market }))?.card ?? null
    fresh.push({ call: { ...call, forecast }, card })
  }
  return fresh
}
