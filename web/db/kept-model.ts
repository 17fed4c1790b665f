import type { ForecastCard } from "#engine/result"
import type { RegimeHistory } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import { database } from "./database.ts"

/** A trained model that belongs to the person, with what it was worth on candles it had not seen. */
export type KeptModel = KeptForecast | KeptRegimes

/** A forecast, with its card. */
export type KeptForecast = Trained & { card: ForecastCard; regimes?: undefined }

/** Regimes, with what the market was like in each. */
export type KeptRegimes = Trained & { regimes: RegimeHistory; card?: undefined }

type Trained = {
  /** The model's own: the same model is kept once. */
  hash: string
  model: ForecastModel
  /** The market its card or table was made on. */
  scoredOn: ScoredOn
  createdMs: number
}

/** Which candles a card is about, as the market stood then. */
export type ScoredOn = { marketId: string; name: string; isMadeUp: boolean; fromMs: number; untilMs: number }

/** So many models one browser keeps. */
export const MOST_MODELS = 100

/** Thrown where no more are kept; the message is for the person. */
export class ModelsFull extends Error {
  constructor() {
    super(`This browser keeps ${MOST_MODELS} models, which is all it can. Delete some and try again.`)
  }
}

/** Keeps a model; one that is kept already gets the newer card. Throws `ModelsFull`. */
export async function putModel(kept: KeptModel): Promise<void> {
  await database.transaction("rw", database.models, async () => {
    const isNew = (await database.models.where("hash").equals(kept.hash).count()) === 0
    if (isNew && (await database.models.count()) >= MOST_MODELS) throw new ModelsFull()
    await database.models.put(kept)
  })
}

/** The newest first. */
export function listModels(): Promise<KeptModel[]> {
  return database.models.orderBy("createdMs").reverse().toArray()
}

export function findModel(hash: string): Promise<KeptModel | undefined> {
  return database.models.get(hash)
}

/** Takes a model away; what it answers with puts it back. */
export async function forgetModel(hash: string): Promise<(() => Promise<void>) | undefined> {
  const kept = await findModel(hash)
  await database.models.delete(hash)
  return kept && (() => putModel(kept))
}
