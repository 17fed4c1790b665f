import { MINUTE_MS, quoted, type Timeframe, timeframesMs } from "#engine/candles"
import { callOf, type Engine, marketReading, type MarketReading, SEEN_CANDLES } from "#engine/run"
import {
  analysed,
  type Analysed,
  firstPrices,
  MemoryAnswers,
  ModelDesk,
  type ModelProvider,
  outcomeOf,
  dueMs,
  spendingOf,
  trackRecord,
  trackRecordInWords,
} from "#models"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { changeOf } from "../audit/audited-state.ts"
import type { FoundMarket, PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import { storeFailure } from "../store/store-failure.ts"
import type { Cancel, Surroundings } from "../surroundings.ts"
import type { AnalysisStore, KeptAnalysis } from "./analysis-store.ts"
import { type AnalysisWatch, firstWatch, type WatchStanding } from "./analysis-watch.ts"

type AnalysesDeps = {
  store: AnalysisStore
  audit: AuditLog
  publicMarkets: Pick<PublicMarkets, "find" | "candles">
  /** Undefined before the first build. */
  engine: Promise<Engine | undefined>
  /** A model at a kept key, to be asked by the relay itself; undefined where its key is gone. */
  modelAt: (model: NonNullable<AnalysisWatch["model"]>) => Promise<ModelProvider | undefined>
  surroundings: Surroundings
  /** Receives our own bugs. */
  onBug: (error: unknown) => void
}

const TICK_MS = MINUTE_MS
/** Outcomes noted at one time; the rest have their turn a minute later. */
const MOST_SETTLED = 20
const MOST_LOOKED_AT = 2_000

/** What the relay says of markets, when asked and by itself: kept with its facts, measured later, and never traded. */
export class Analyses {
  readonly #desk: ModelDesk
  #watch = firstWatch
  #lastMs = -Infinity
  #stop: Cancel = () => {}
  #isBusy = false
  #ending = new AbortController()
  #under: Promise<void> = Promise.resolve()

  constructor(private readonly deps: AnalysesDeps) {
    const { surroundings, store } = deps
    const world = { nowMs: surroundings.nowMs, random: surroundings.random, after: surroundings.after }
    const newId = () => this.#newId()
    this.#desk = new ModelDesk({
      world,
      ledger: store,
      answers: new MemoryAnswers(),
      prices: () => firstPrices,
      budget: () => this.#watch.budget,
      newId,
    })
  }

  /** Looks at the watched markets from now on, each time its minutes have passed. */
  async begin(): Promise<void> {
    this.#watch = await this.deps.store.watch()
    this.#stop = this.deps.surroundings.every(TICK_MS, () => void this.tick())
  }

  async end(): Promise<void> {
    this.#stop()
    this.#ending.abort(new Error("the relay stops"))
    await this.#under
  }

  get watch(): AnalysisWatch {
    return this.#watch
  }

  async standing(): Promise<WatchStanding> {
    const { store, surroundings } = this.deps
    const nowMs = surroundings.nowMs()
    const { dayMicroDollars, monthMicroDollars } = await spendingOf(store, this.#watch.budget, nowMs)
    const isIdle = this.#watch.isPaused === true || this.#watch.markets.length === 0
    const nextMs = isIdle ? null : Math.max(nowMs, this.#lastMs + this.#watch.everyMinutes * MINUTE_MS)
    return { nextMs, dayMicroDollars, monthMicroDollars }
  }

  /** Throws a `Refusal` for a market that is not there. */
  async watchThese(watch: AnalysisWatch, by: Actor): Promise<AnalysisWatch> {
    const { audit, store, publicMarkets } = this.deps
    for (const { venue, symbol } of watch.markets) await publicMarkets.find(venue, symbol)
    const isSame = JSON.stringify(watch) === JSON.stringify(this.#watch)
    await audit.change(by, async (transaction) => {
      const states = { before: watchState(await store.watch(transaction)), after: watchState(watch) }
      await store.keepWatch(watch, transaction)
      return { result: undefined, changes: isSame ? [] : [changeOf("analysis-watch.changed", states)] }
    })
    this.#watch = watch
    if (!isSame) this.#lastMs = -Infinity
    return watch
  }

  list(): Promise<KeptAnalysis[]> {
    return this.deps.store.list(MOST_LOOKED_AT)
  }

  /**
   * What to think of a market at its last closed candle: by the watch's model where there is one and its budget holds,
   * else by our own rules. Undefined where it has no candles yet. Throws a `Refusal` where the exchange is away.
   */
  async of(found: FoundMarket, timeframe: Timeframe, asker?: AbortSignal): Promise<KeptAnalysis | undefined> {
    const facts = await this.#facts(found, timeframe)
    if (facts === undefined) return undefined
    const signal = AbortSignal.any([this.#ending.signal, ...(asker ? [asker] : [])])
    const said = await this.#said(found, facts, signal)
    const kept: KeptAnalysis = {
      id: this.#newId(),
      atMs: this.deps.surroundings.nowMs(),
      venue: found.venue.id,
      market: found.market.symbol,
      isMadeUp: found.venue.id === "practice",
      facts,
      ...said,
      outcome: null,
    }
    await this.deps.store.add(kept)
    return kept
  }

  /** One round: outcomes that are known by now, and the watched markets where it is time. */
  tick(): Promise<void> {
    if (this.#isBusy) return this.#under
    this.#isBusy = true
    this.#under = this.#round()
      .catch((error: unknown) => void this.#pass(error))
      .finally(() => (this.#isBusy = false))
    return this.#under
  }

  async #round(): Promise<void> {
    const nowMs = this.deps.surroundings.nowMs()
    await this.settle()
    const { markets, everyMinutes, timeframe, isPaused } = this.#watch
    if (isPaused) return
    if (nowMs - this.#lastMs < everyMinutes * MINUTE_MS) return
    this.#lastMs = nowMs
    for (const { venue, symbol } of markets) {
      if (this.#ending.signal.aborted) return
      // An exchange that is away has its turn the next time.
      await this.#look(venue, symbol, timeframe).catch((error: unknown) => this.#pass(error))
    }
  }

  async #look(venue: FoundMarket["venue"]["id"], symbol: string, timeframe: Timeframe): Promise<void> {
    await this.of(await this.deps.publicMarkets.find(venue, symbol), timeframe)
  }

  /** Notes the outcomes that are known by now. */
  async settle(): Promise<void> {
    const { store, surroundings, publicMarkets } = this.deps
    for (const analysis of await store.due(surroundings.nowMs(), MOST_SETTLED)) {
      const { venue, market, facts } = analysis
      const toMs = dueMs(analysis)
      const found = await publicMarkets.find(venue, market).catch(() => undefined)
      const stretch = { timeframe: facts.timeframe, fromMs: toMs - timeframesMs[facts.timeframe], toMs, limit: 1 }
      const page = found && (await publicMarkets.candles(found, stretch).catch(() => undefined))
      const close = page?.candles?.close.at(-1)
      if (close !== undefined) await store.end(analysis.id, outcomeOf(analysis, close))
    }
  }

  async #facts(found: FoundMarket, timeframe: Timeframe): Promise<MarketReading | undefined> {
    const engine = await this.deps.engine
    if (engine === undefined)
      throw new Refusal(503, "not-built", "The engine is not built yet; run `npm run build` once.")
    const { candles } = await this.deps.publicMarkets.candles(found, { timeframe, limit: SEEN_CANDLES })
    return candles && marketReading(engine, candles, timeframe)
  }

  async #said(found: FoundMarket, facts: MarketReading, signal: AbortSignal): Promise<Analysed> {
    const { model } = this.#watch
    const rules = (notTaken: string[]): Analysed => ({ ...callOf(facts), by: { kind: "rules" }, notTaken })
    if (model === null) return rules([])
    const provider = await this.deps.modelAt(model)
    if (provider === undefined) return rules([`The key for ${quoted(model.model)} is gone, so our own rules answer.`])
    const record = trackRecordInWords(trackRecord(await this.list()))
    return analysed({ market: found.market.symbol, facts, record, desk: this.#desk, providers: [provider], signal })
  }

  #newId(): string {
    return Buffer.from(this.deps.surroundings.secretBytes(8)).toString("hex")
  }

  /** What is not ours to mend passes. */
  #pass(error: unknown): void {
    if (this.#ending.signal.aborted || error instanceof Refusal || storeFailure(error)) return
    this.deps.onBug(error)
  }
}

/** The watch as the log has it. */
function watchState(watch: AnalysisWatch) {
  return { subject: "analysis watch", state: watch }
}
