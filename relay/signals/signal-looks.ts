import { type Engine, signalRecords } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import { Refusal } from "../door/refusal.ts"
import { storeFailure } from "../store/store-failure.ts"
import type { MarketFeeds } from "../desk/market-feeds.ts"
import type { PublicMarkets } from "../desk/public-markets.ts"
import type { Surroundings } from "../surroundings.ts"
import type { CallStore } from "./call-store.ts"
import { callsAt } from "./market-look.ts"
import { MarketFollower } from "./market-follower.ts"
import { type DriftWarning, featuresWarning, hitsWarning } from "./model-drift.ts"
import type { CardPlace, ModelStore } from "./model-store.ts"
import { Outcomes } from "./outcomes.ts"
import { type MarketStanding, marketKey, type SignalWatch, signalLimits } from "./signal-watch.ts"
import type { SignalTeller } from "./signal-teller.ts"

export type SignalLooksDeps = {
  calls: CallStore
  models: ModelStore
  feeds: Pick<MarketFeeds, "candles">
  publicMarkets: Pick<PublicMarkets, "find" | "candles" | "timeMs">
  /** Undefined before the first build. */
  engine: Promise<Engine | undefined>
  tell: SignalTeller
  surroundings: Surroundings
  onBug: (error: unknown) => void
}

/** Looks at the watched markets, one at a time, whenever a candle of one has closed. */
export class SignalLooks {
  readonly outcomes: Outcomes
  readonly #followers = new Map<string, MarketFollower>()
  readonly #due = new Set<MarketFollower>()
  #under: Promise<void> | undefined

  constructor(private readonly deps: SignalLooksDeps) {
    this.outcomes = new Outcomes(deps)
  }

  /** Follows these markets and no others. */
  follow({ markets, isPaused }: SignalWatch): void {
    const wanted = new Map((isPaused ? [] : markets).map((one) => [marketKey(one), one]))
    for (const [key, follower] of this.#followers) {
      if (JSON.stringify(wanted.get(key)) === JSON.stringify(follower.watched)) continue
      follower.end()
      this.#due.delete(follower)
      this.#followers.delete(key)
    }
    for (const [key, watched] of wanted) {
      if (this.#followers.has(key)) continue
      const follower: MarketFollower = new MarketFollower(watched, {
        ...this.deps,
        onClosed: () => this.#lookSoon(follower),
      })
      this.#followers.set(key, follower)
      void follower.begin()
    }
  }

  async end(): Promise<void> {
    this.follow({ markets: [], bots: [] })
    await this.#under
  }

  standings(): MarketStanding[] {
    return [...this.#followers.values()].map(({ standing }) => standing)
  }

  #lookSoon(follower: MarketFollower): void {
    this.#due.add(follower)
    this.#under ??= this.#lookAll().finally(() => (this.#under = undefined))
  }

  async #lookAll(): Promise<void> {
    for (const follower of this.#due) {
      this.#due.delete(follower)
      if (!follower.isReady) continue
      try {
        await this.#look(follower)
        follower.succeeded()
      } catch (error) {
        if (!storeFailure(error)) follower.failed(error)
      }
    }
  }

  async #look(follower: MarketFollower): Promise<void> {
    const { calls, surroundings } = this.deps
    const { watched, closedMs } = follower
    const [engine, candles] = [await builtOr503(this.deps.engine), follower.candles()]
    if (candles === undefined || closedMs === null) return
    const closesBetween = (fromMs: number, toMs: number) => follower.closesBetween(fromMs, toMs)
    const settled = await this.outcomes.settle({ watched, closedMs, closesBetween })
    const models = await this.#modelsOf(follower)
    const { venue, market, timeframe, votes } = watched
    const { giveWay } = surroundings
    await calls.add(await callsAt({ engine, venue, market, timeframe, candles, models, votes, giveWay }))
    for (const model of models) {
      const place = { hash: model.hash, venue, market }
      const features = featuresWarning(engine, model, candles)
      await this.#warn(place, model, [features, await this.#hits(place, settled)])
    }
  }

  async #modelsOf({ watched }: MarketFollower): Promise<ForecastModel[]> {
    const found = await Promise.all(watched.models.map(({ hash }) => this.deps.models.find(hash)))
    return found.flatMap((kept) => kept?.model ?? [])
  }

  /** What its live record warns of; where nothing new is known, what it warned of before. */
  async #hits(place: CardPlace, settled: ReadonlySet<string>): Promise<DriftWarning | undefined> {
    const kept = await this.deps.models.card(place)
    const source = `forecast:${place.hash}`
    if (!settled.has(source)) return kept?.warnings.find(({ kind }) => kind === "hits")
    const said = await this.deps.calls.list({ ...place, source, most: signalLimits.keptCalls })
    return hitsWarning(kept?.card ?? null, signalRecords(said.toReversed())[0])
  }

  /** Keeps the warnings, and tells each kind once. */
  async #warn(place: CardPlace, model: ForecastModel, found: (DriftWarning | undefined)[]): Promise<void> {
    const { models, tell } = this.deps
    const warnings = found.filter((one) => one !== undefined)
    const before = await models.card(place)
    const told = before?.told ?? []
    const untold = warnings.filter(({ kind }) => !told.includes(kind))
    if (untold.length === 0 && JSON.stringify(warnings) === JSON.stringify(before?.warnings ?? [])) return
    await models.keepDrift(place, { warnings, told: [...told, ...untold.map(({ kind }) => kind)] })
    for (const { words } of untold) await tell("problem", driftInWords(place, model, words))
  }
}

function driftInWords({ market }: CardPlace, { name, made }: ForecastModel, words: string): string {
  return `The model ${name} (version ${made.version}) of ${market} may not be what it was. ${words} Train it again, or take it out of your rules.`
}

/** Throws a `Refusal` before the first build. */
export async function builtOr503(engine: SignalLooksDeps["engine"]): Promise<Engine> {
  const built = await engine
  if (built === undefined) throw new Refusal(503, "not-built", "The engine is not built yet; run `npm run build` once.")
  return built
}
