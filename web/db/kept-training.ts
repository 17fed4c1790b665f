import type { LstmCheckpoint } from "#forecasts"
import type { ForecastRequest, RegimeRequest } from "#engine/run"
import type { ModelPart } from "#engine/strategy"
import { database } from "./database.ts"

/** A training that was begun and not finished, kept so that a reload loses nothing. */
export type KeptTraining = {
  id: typeof ONLY_TRAINING
  /** The market's in this browser. */
  marketId: string
  request: TrainingRequest
  /** Which candles and which engine its parts are of: with others it begins anew. */
  basis?: string
  parts: ModelPart[]
  /** Where the part under way stands, if it is an lstm. */
  checkpoint?: { part: number; checkpoint: LstmCheckpoint }
  isPaused: boolean
  changedAtMs: number
}

/** A forecast, or regimes, to be trained; the market's candles are read when it begins. */
export type TrainingRequest = Omit<ForecastRequest, "candles"> | (Omit<RegimeRequest, "candles"> & { kind: "regimes" })

/** One is under way at a time: a second one would only take the first one's time. */
export const ONLY_TRAINING = "training"

export function findTraining(): Promise<KeptTraining | undefined> {
  return database.trainings.get(ONLY_TRAINING)
}

/** Keeps a training that begins, in place of any other. */
export async function putTraining(training: Omit<KeptTraining, "id" | "changedAtMs">): Promise<void> {
  await database.trainings.put({ ...training, id: ONLY_TRAINING, changedAtMs: Date.now() })
}

/** Keeps how far it is; one that was forgotten meanwhile stays forgotten. */
export async function changeTraining(
  change: Partial<Pick<KeptTraining, "basis" | "parts" | "checkpoint" | "isPaused">>,
): Promise<void> {
  await database.trainings.update(ONLY_TRAINING, { ...change, changedAtMs: Date.now() })
}

export async function forgetTraining(): Promise<void> {
  await database.trainings.delete(ONLY_TRAINING)
}
