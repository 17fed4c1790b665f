import type { ForecastModel } from "#engine/strategy"
import type { Remote } from "comlink"
import { BackgroundWorker } from "../worker/background-worker.ts"
import type { ColumnAsked, ColumnFound } from "./column-job.ts"
import type { FeaturesAsked, FeaturesFound } from "./feature-job.ts"
import type { ColumnToKeep } from "./keep-column-job.ts"
import type { TrainingEnding } from "./forecast-job.ts"
import type { ForecastApi } from "./forecast-worker.ts"
import address from "./forecast-worker.ts?worker&url"

/** Scores a model from elsewhere on a market, and keeps it with its card. Throws in words. */
export function scoreModel(model: ForecastModel, marketId: string): Promise<TrainingEnding> {
  return once((remote) => remote.score(model, marketId) as Promise<TrainingEnding>)
}

/** Judges an extra column of a market. Throws in words. */
export function judgeColumn(asked: ColumnAsked): Promise<ColumnFound> {
  return once((remote) => remote.judge(asked) as Promise<ColumnFound>)
}

/** The values of formulas at each candle of a market. Throws in words. */
export function featuresOn(asked: FeaturesAsked): Promise<FeaturesFound> {
  return once((remote) => remote.features(asked) as Promise<FeaturesFound>)
}

/** Keeps numbers as a further column of a market's candles. Throws in words. */
export function keepColumn(column: ColumnToKeep): Promise<void> {
  return once((remote) => remote.keep(column) as Promise<void>)
}

async function once<Answer>(ask: (remote: Remote<ForecastApi>) => Promise<Answer>): Promise<Answer> {
  const worker = new BackgroundWorker<ForecastApi>(address)
  try {
    return await worker.call(ask)
  } finally {
    worker.stop()
  }
}
