import type { ForecastCard } from "#engine/result"
import { type Engine, type ForecastRequest, scoreForecast, trainForecast, type TrainingNews } from "#engine/run"
import { lstmTrainer, startTraining } from "#forecasts"
import type { ForecastModel } from "#engine/strategy"
import type { Timeframe } from "#engine/candles"
import type { VenueId } from "#venues"
import { openCandleStore } from "../store/candle-store.ts"
import { failureOf } from "./job-request.ts"
import type { JobOutcome } from "./job.ts"

/** Kept candles of one market, opening from a moment up to another; all where none is said. */
export type ForecastCandles = { venue: VenueId; market: string; timeframe: Timeframe; fromMs?: number; toMs?: number }

/** A forecast model to judge on candles, or to train on them. */
export type ForecastTask = { candles: ForecastCandles } & (
  | { kind: "score"; model: ForecastModel }
  | { kind: "train"; request: Omit<ForecastRequest, "candles"> }
)

/** What came of it; no card where no candle is kept. */
export type ForecastAnswer = { model: ForecastModel; card: ForecastCard } | { card: ForecastCard | null }

/** Judges or trains; the answer as JSON. */
export async function forecastAnswer(
  task: ForecastTask,
  { engine, dataDirectory, onProgress }: { engine: Engine; dataDirectory: string; onProgress: (share: number) => void },
): Promise<JobOutcome> {
  const candles = await keptCandles(task.candles, dataDirectory)
  if (candles === undefined) return task.kind === "score" ? { result: answerText({ card: null }) } : noCandles(task)
  if (task.kind === "score") return { result: answerText({ card: scoreForecast(engine, task.model, candles) }) }
  const trainSequence = task.request.kind === "lstm" ? lstmTrainer(await startTraining()) : undefined
  const onNews = (news: TrainingNews) => news.kind === "part" && onProgress(news.part / news.parts)
  const trained = await trainForecast(engine, { ...task.request, candles }, { trainSequence, onNews })
  if (!trained.ok) return failureOf(trained.problems)
  return { result: answerText({ model: trained.model, card: trained.card }) }
}

function noCandles({ candles: { market } }: ForecastTask): JobOutcome {
  return { error: `${market} has no candles in this period` }
}

function answerText(answer: ForecastAnswer): string {
  return JSON.stringify(answer)
}

async function keptCandles({ fromMs, toMs, ...name }: ForecastCandles, dataDirectory: string) {
  const store = await openCandleStore(dataDirectory)
  try {
    return await store.read(name, { fromMs, toMs })
  } finally {
    await store.close()
  }
}
