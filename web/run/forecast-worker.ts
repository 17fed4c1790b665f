import type { ForecastModel } from "#engine/strategy"
import { expose } from "comlink"
import { type ColumnAsked, type ColumnFound, columnJob } from "./column-job.ts"
import { featureJob, type FeaturesAsked, type FeaturesFound } from "./feature-job.ts"
import { type ColumnToKeep, keepColumnJob } from "./keep-column-job.ts"
import { scoringJob, type Training, type TrainingEnding, type TrainingHeard, trainingJob } from "./forecast-job.ts"

export type ForecastApi = {
  /** Trains a forecast and keeps it; a worker trains one. Throws in words. */
  train(training: Training, onHeard: (heard: TrainingHeard) => void): Promise<TrainingEnding>
  pause(): void
  resume(): void
  /** Scores a model from elsewhere on a market, and keeps it. Throws in words. */
  score(model: ForecastModel, marketId: string): Promise<TrainingEnding>
  /** Judges a column beside a market's candles as a forecast. Throws in words. */
  judge(asked: ColumnAsked): Promise<ColumnFound>
  /** What a model from elsewhere would look at. Throws in words. */
  features(asked: FeaturesAsked): Promise<FeaturesFound>
  /** Keeps what one said beside a market's candles. Throws in words. */
  keep(column: ColumnToKeep): Promise<void>
}

expose({
  train,
  pause,
  resume,
  score: scoringJob,
  judge: columnJob,
  features: featureJob,
  keep: keepColumnJob,
} satisfies ForecastApi)

let paused: { until: Promise<void>; end: () => void } | undefined

/** Two windows that train the same would do everything twice. */
function train(training: Training, onHeard: (heard: TrainingHeard) => void): Promise<TrainingEnding> {
  return navigator.locks.request("training", { ifAvailable: true }, async (lock) => {
    if (!lock) throw new Error("Another window is training a forecast. Look there; nothing was lost.")
    return trainingJob(training, { onHeard, untilResumed: async () => paused?.until })
  })
}

function pause(): void {
  if (paused) return
  let end = () => {}
  const until = new Promise<void>((resolve) => (end = resolve))
  paused = { until, end }
}

function resume(): void {
  paused?.end()
  paused = undefined
}
