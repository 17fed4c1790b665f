import { MINUTE_MS, timeframesMs } from "#engine/candles"
import { type SignalRecord, signalRecords } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import type { VenueId } from "#venues"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { changeOf } from "../audit/audited-state.ts"
import type { FoundMarket } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import { storeFailure } from "../store/store-failure.ts"
import type { Cancel } from "../surroundings.ts"
import { type Adoption, adoptionOf } from "./adoption.ts"
import { broughtModel } from "./brought-model.ts"
import type { CarryingBot } from "./carried-models.ts"
import { type ForecastWork, NotTrained } from "./forecast-work.ts"
import type { KeptCall } from "./kept-call.ts"
import { modelState } from "./model-state.ts"
import { type FreshForecast, freshForecasts } from "./fresh-forecast.ts"
import { type ModelView, modelViews } from "./model-view.ts"
import { Retraining } from "./retraining.ts"
import { builtOr503, SignalLooks, type SignalLooksDeps } from "./signal-looks.ts"
import { checkedWatch } from "./watch-check.ts"
import {
  firstSignalWatch,
  type MarketStanding,
  type SignalWatch,
  signalLimits,
  type WatchedMarket,
} from "./signal-watch.ts"

type SignalsDeps = SignalLooksDeps & {
  audit: AuditLog
  work: ForecastWork
  carriers: () => Promise<CarryingBot[]>
}

/** A model that somebody brings, and the market it is to be judged on. */
export type BroughtModel = { model: unknown; venue: VenueId; market?: string }
/** Calls of a market, the newest first, and how often each source came true. */
export type MarketSignals = { items: KeptCall[]; records: SignalRecord[] }

const TICK_MS = MINUTE_MS

/** What the relay keeps and says of signals: models, calls before their outcome, what came; and never an order. */
export class Signals {
  readonly #looks: SignalLooks
  readonly #retraining: Retraining
  #watch = firstSignalWatch
  #stop: Cancel = () => {}
  #under: Promise<void> | undefined

  constructor(private readonly deps: SignalsDeps) {
    this.#looks = new SignalLooks(deps)
    this.#retraining = new Retraining(deps)
  }

  /** Looks at the watched markets from now on. */
  async begin(): Promise<void> {
    this.#watch = await this.deps.models.watch()
    this.#looks.follow(this.#watch)
    this.#stop = this.deps.surroundings.every(TICK_MS, () => void this.tick())
  }

  async end(): Promise<void> {
    this.#stop()
    await this.deps.work.end()
    await this.#looks.end()
    await this.#under
  }

  get watch(): SignalWatch {
    return this.#watch
  }

  standings(): MarketStanding[] {
    return this.#looks.standings()
  }

  /** One round beside the candles: outcomes that are known by now, models to be judged or trained again. */
  tick(): Promise<void> {
    this.#under ??= this.#round()
      .catch((error: unknown) => void (storeFailure(error) ?? this.deps.onBug(error)))
      .finally(() => (this.#under = undefined))
    return this.#under
  }

  async #round(): Promise<void> {
    await this.#looks.outcomes.catchUp()
    await this.#retraining.round(this.#watch)
  }

  /** Throws a `Refusal` with the place for a market or model that is not there. */
  async watchThese(wanted: SignalWatch, by: Actor): Promise<void> {
    const { audit, models } = this.deps
    const watch = await checkedWatch(wanted, this.deps)
    const isSame = JSON.stringify(watch) === JSON.stringify(this.#watch)
    await audit.change(by, async (transaction) => {
      const states = { before: watchState(await models.watch(transaction)), after: watchState(watch) }
      await models.keepWatch(watch, transaction)
      return { result: undefined, changes: isSame ? [] : [changeOf("signal-watch.changed", states)] }
    })
    this.#watch = watch
    this.#looks.follow(watch)
  }

  async list({ venue, market }: Pick<WatchedMarket, "venue" | "market">): Promise<MarketSignals> {
    const all = await this.deps.calls.list({ venue, market, most: signalLimits.keptCalls })
    return { items: all.slice(0, signalLimits.shownCalls), records: signalRecords(all.toReversed()) }
  }

  /** Those that are kept, and those that bots of these accounts carry. */
  async models(isSeen: (accountId: string) => boolean = () => true): Promise<ModelView[]> {
    const carriers = async () => (await this.deps.carriers()).filter(({ bot }) => isSeen(bot.accountId))
    return modelViews({
      ...this.deps,
      carriers,
      watch: this.#watch,
      problemOf: (hash) => this.#retraining.problemOf(hash),
    })
  }

  async model(hash: string): Promise<ModelView | undefined> {
    return (await this.models()).find((view) => view.hash === hash)
  }

  /** Keeps a model, and judges it at once by what candles there are. Throws a `Refusal` with the place of what it is not. */
  async add({ model: brought, venue, market }: BroughtModel, by: Actor): Promise<ModelView> {
    const { audit, models, surroundings } = this.deps
    const model = await broughtModel(brought, await builtOr503(this.deps.engine))
    const isNew = (await models.find(model.hash)) === undefined
    if (isNew && (await models.list()).length >= signalLimits.models)
      throw new Refusal(409, "too-many", `There are ${signalLimits.models} models already. Remove one first.`)
    await audit.change(by, async (transaction) => {
      await models.add({ model, addedMs: surroundings.nowMs(), replaces: null }, transaction)
      return { result: undefined, changes: isNew ? [changeOf("signal-model.added", { after: modelState(model) })] : [] }
    })
    await this.#scoreKept(model, venue, market ?? model.made.market)
    return (await this.model(model.hash))!
  }

  async #scoreKept(model: ForecastModel, venue: VenueId, market: string): Promise<void> {
    const place = { hash: model.hash, venue, market }
    if (market === "" || model.kind === "regimes" || (await this.deps.models.card(place))?.card) return
    const { card } = await this.deps.work.scoreKept(model, place).catch(uncounted)
    if (card !== null) await this.deps.models.keepScore(place, { card, scoredMs: this.deps.surroundings.nowMs() })
  }

  /** False when there is none. Throws a `Refusal` while it is watched. */
  async remove(hash: string, by: Actor): Promise<boolean> {
    const { audit, models } = this.deps
    const kept = await models.find(hash)
    if (kept === undefined) return false
    if (this.#watch.markets.some((one) => one.models.some((model) => model.hash === hash)))
      throw new Refusal(409, "is-watched", "This model is watched. Take it off the watch first; nothing was changed.")
    await audit.change(by, async (transaction) => {
      await models.remove(hash, transaction)
      return { result: undefined, changes: [changeOf("signal-model.removed", { before: modelState(kept.model) })] }
    })
    return true
  }

  /**
   * What it takes to give a bot exactly this model: a bot's rules never change while it runs. Undefined where there is
   * no such model or bot; throws a `Refusal` where the bot carries no earlier version of it.
   */
  async adopt(hash: string, botId: string): Promise<Adoption | undefined> {
    const kept = await this.deps.models.find(hash)
    const bot = (await this.deps.carriers()).find((one) => one.bot.id === botId)
    return kept && bot && adoptionOf(kept.model, bot)
  }

  /** What watched models say of a market's last closed candle, those with skill and those without. */
  async forecastsOf(found: FoundMarket, timeframe: WatchedMarket["timeframe"]): Promise<FreshForecast[]> {
    const isAsked = (one: WatchedMarket) =>
      one.venue === found.venue.id && one.market === found.market.symbol && one.timeframe === timeframe
    const watched = this.#watch.isPaused ? undefined : this.#watch.markets.find(isAsked)
    if (watched === undefined) return []
    const nowMs = await this.deps.publicMarkets.timeMs(watched.venue)
    return freshForecasts(watched, { ...this.deps, sinceMs: nowMs - 2 * timeframesMs[timeframe] })
  }
}

/** A model that cannot be judged now is kept all the same. */
function uncounted(error: unknown): { card: null } {
  if (!(error instanceof NotTrained)) throw error
  return { card: null }
}

/** The watch as the log has it. */
function watchState(watch: SignalWatch) {
  return { subject: "signal watch", state: watch }
}
