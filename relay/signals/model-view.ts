import { cardInWords, type ForecastCard } from "#engine/result"
import type { Engine } from "#engine/run"
import { type ForecastModel, otherEngineNotes } from "#engine/strategy"
import type { VenueId } from "#venues"
import { type CarryingBot, modelsOf } from "./carried-models.ts"
import type { DriftWarning } from "./model-drift.ts"
import type { KeptCard, ModelStore } from "./model-store.ts"
import type { SignalWatch } from "./signal-watch.ts"

/** A model for people and programs: all but its weights. */
export type ModelView = Omit<ForecastModel, "parts" | "made"> & {
  version: number
  madeOf: string
  trainedFromMs: number
  trainedUntilMs: number
  addedMs: number
  /** The version it was trained anew from; null for one that somebody brought. */
  replaces: string | null
  /** How often it is trained again; null: never. */
  retrainDays: number | null
  /** Bots whose documents carry exactly this one. */
  bots: string[]
  cards: CardView[]
  /** Why it could not be judged or trained the last time; null where it could. */
  problem: string | null
  /** What to know of it: that another engine trained it than the one that makes its forecasts here. */
  notes: string[]
}

export type CardView = {
  venue: VenueId
  market: string
  card: ForecastCard | null
  words: string
  warnings: DriftWarning[]
}

type ViewDeps = {
  /** Undefined before the first build. */
  engine: Promise<Engine | undefined>
  models: ModelStore
  carriers: () => Promise<CarryingBot[]>
  watch: SignalWatch
  problemOf: (hash: string) => string | undefined
}

/** All models that are kept or carried by a bot, the newest first. */
export async function modelViews({ models, carriers, watch, problemOf, engine }: ViewDeps): Promise<ModelView[]> {
  const [kept, cards, bots] = [await models.list(), await models.cards(), await carriers()]
  const known = new Set(kept.map(({ model }) => model.hash))
  const carried = new Map(bots.flatMap(modelsOf).map((model) => [model.hash, model]))
  const others = [...carried.values()].filter(({ hash }) => !known.has(hash))
  const all = [
    ...kept,
    ...others.map((model) => ({ model, addedMs: model.parts.at(-1)!.trainedUntilMs, replaces: null })),
  ]
  const running = await engine
  const schedules = [...watch.markets.flatMap((one) => one.models), ...watch.bots]
  return all.map(({ model: { parts, made, ...model }, addedMs, replaces }) => ({
    ...model,
    version: made.version,
    madeOf: made.market,
    trainedFromMs: parts[0].trainedFromMs,
    trainedUntilMs: parts.at(-1)!.trainedUntilMs,
    addedMs,
    replaces,
    retrainDays: schedules.find(({ hash }) => hash === model.hash)?.retrainDays ?? null,
    bots: bots.filter((one) => modelsOf(one).some(({ hash }) => hash === model.hash)).map(({ bot }) => bot.id),
    cards: cards.filter(({ hash }) => hash === model.hash).map(cardView),
    problem: problemOf(model.hash) ?? null,
    notes: running === undefined ? [] : otherEngineNotes([{ ...model, made }], running.sha256),
  }))
}

function cardView({ venue, market, card, warnings }: KeptCard): CardView {
  const words = card === null ? "Nobody has judged it on this market yet." : cardInWords(card)
  return { venue, market, card, words, warnings }
}
