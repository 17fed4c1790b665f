import { quoted } from "#engine/candles"
import type { PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import { type CarryingBot, modelsOf } from "./carried-models.ts"
import type { ModelStore } from "./model-store.ts"
import { marketKey, type SignalWatch, type WatchedMarket } from "./signal-watch.ts"

type CheckDeps = {
  models: ModelStore
  publicMarkets: Pick<PublicMarkets, "find">
  carriers: () => Promise<CarryingBot[]>
}

/** The watch with its markets' own names. Throws a `Refusal` with the place of what is not there. */
export async function checkedWatch(watch: SignalWatch, deps: CheckDeps): Promise<SignalWatch> {
  const markets: WatchedMarket[] = []
  for (const [n, wanted] of watch.markets.entries()) markets.push(await checkedMarket(wanted, `markets.${n}`, deps))
  const twice = markets.findIndex((one, n) => markets.findIndex((other) => marketKey(other) === marketKey(one)) < n)
  if (twice >= 0) throw refused(`markets.${twice}`, "this market is watched already; put its models together")
  if (watch.bots.length > 0) refuseUncarried(watch, await deps.carriers())
  return { ...watch, markets }
}

async function checkedMarket(wanted: WatchedMarket, place: string, deps: CheckDeps): Promise<WatchedMarket> {
  const { venue, market } = await deps.publicMarkets.find(wanted.venue, wanted.market).catch((error: unknown) => {
    throw error instanceof Refusal && error.status === 404 ? refused(`${place}.market`, error.message) : error
  })
  if (!venue.timeframes.includes(wanted.timeframe))
    throw refused(`${place}.timeframe`, `${venue.name} has candles of ${venue.timeframes.join(", ")}`)
  for (const [n, { hash }] of wanted.models.entries())
    await refuseUnfit(hash, wanted, `${place}.models.${n}.hash`, deps)
  return { ...wanted, market: market.symbol }
}

async function refuseUnfit(hash: string, { timeframe }: WatchedMarket, place: string, deps: CheckDeps): Promise<void> {
  const kept = await deps.models.find(hash)
  if (kept === undefined) throw refused(place, "there is no such model here; add it first")
  const { model } = kept
  if (model.kind === "regimes")
    throw refused(place, `${quoted(model.name)} tells moods apart and says nothing of what comes, so it makes no calls`)
  if (model.timeframe !== timeframe)
    throw refused(
      place,
      `${quoted(model.name)} is of ${model.timeframe} candles, this market is watched by ${timeframe}`,
    )
}

function refuseUncarried({ bots }: SignalWatch, carriers: CarryingBot[]): void {
  const carried = new Set(carriers.flatMap(modelsOf).map(({ hash }) => hash))
  const without = bots.findIndex(({ hash }) => !carried.has(hash))
  if (without >= 0) throw refused(`bots.${without}.hash`, "no bot carries this model")
}

function refused(field: string, because: string): Refusal {
  const sentence = `${field}: ${because}`.replace(/\.$/, "")
  return new Refusal(422, "not-valid", `${sentence}. Nothing was changed.`, { field })
}
