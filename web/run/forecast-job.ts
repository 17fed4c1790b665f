import { type Candles, strategyTimeframeOf } from "#engine/candles"
import {
  type Engine,
  regimeHistory,
  scoreForecast,
  type SequenceEpoch,
  type SequenceTrainer,
  trainForecast,
  type TrainingHooks,
  trainRegimes,
} from "#engine/run"
import type { ForecastModel, StrategyProblem } from "#engine/strategy"
import tfjsAddress from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"
import { type KeptForecast, type KeptModel, type KeptRegimes, putModel } from "../db/kept-model.ts"
import { changeTraining, forgetTraining, type KeptTraining, type TrainingRequest } from "../db/kept-training.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import { type OpenMarket, openMarkets } from "./open-market.ts"

/** What is trained, and what an earlier training of the same left. */
export type Training = Omit<KeptTraining, "id" | "changedAtMs">

/** How far a training is. */
export type TrainingHeard = {
  part: number
  parts: number
  /** Of the part under way, if it is an lstm: how much it missed on candles kept back from it, epoch by epoch. */
  epochs: Pick<SequenceEpoch, "epoch" | "validationLoss">[]
}

export type TrainingEnding =
  /** `notKept`: why only this window has it, in words. */
  { state: "done"; found: KeptModel; notKept?: string } | { state: "refused"; problems: StrategyProblem[] }

type JobHooks = { onHeard: (heard: TrainingHeard) => void; untilResumed: () => Promise<void> }

/** Trains, keeps each part as it is finished, and then the model with its card. Throws in words. */
export async function trainingJob(training: Training, { onHeard, untilResumed }: JobHooks): Promise<TrainingEnding> {
  const opened = await openMarkets({ ids: [training.marketId], unseenPercent: 0 })
  const basis = `${opened.engine.sha256} ${opened.key}`
  const isSame = training.basis === basis
  const parts = isSame ? [...training.parts] : []
  if (!isSame) await ifKept(changeTraining({ basis, parts, checkpoint: undefined }))
  let heard: TrainingHeard = { part: parts.length, parts: 0, epochs: [] }
  const [market] = opened.list
  const answer = await trainedModel(opened.engine, training.request, market, {
    finished: [...parts],
    trainSequence:
      training.request.kind === "lstm" ? await sequences(isSame ? training : undefined, untilResumed) : undefined,
    onPart: async (part) => {
      parts.push(part)
      await ifKept(changeTraining({ parts: [...parts], checkpoint: undefined }))
      await untilResumed()
    },
    onNews: (news) => {
      const epochs = news.kind === "epoch" ? [...(news.epoch === 1 ? [] : heard.epochs), news] : []
      heard = { part: news.kind === "epoch" ? news.part - 1 : news.part, parts: news.parts, epochs }
      onHeard(heard)
    },
  })
  await ifKept(forgetTraining())
  return answer.ok ? kept(answer.model, answer.worth, market) : { state: "refused", problems: answer.problems }
}

/** What a model is worth on candles it had not seen: a forecast's card, or what a market was like in its regimes. */
type Worth = Pick<KeptForecast, "card"> | Pick<KeptRegimes, "regimes">
type Refused = { ok: false; problems: StrategyProblem[] }

async function trainedModel(
  engine: Engine,
  request: TrainingRequest,
  { candles }: OpenMarket,
  hooks: TrainingHooks,
): Promise<{ ok: true; model: ForecastModel; worth: Worth } | Refused> {
  if (request.kind !== "regimes") {
    const forecast = await trainForecast(engine, { ...request, candles }, hooks)
    return forecast.ok ? { ok: true, model: forecast.model, worth: { card: forecast.card } } : forecast
  }
  const moods = await trainRegimes(engine, { ...request, candles }, hooks)
  if (!moods.ok) return moods
  const worth = worthOf(engine, moods.model, candles)
  return worth.ok ? { ...worth, model: moods.model } : worth
}

/** Judges a model that was trained elsewhere, and keeps it with its card or table. Throws in words. */
export async function scoringJob(model: ForecastModel, marketId: string): Promise<TrainingEnding> {
  const opened = await openMarkets({ ids: [marketId], unseenPercent: 0 })
  const [market] = opened.list
  const because = unfitBecause(model, market)
  if (because !== undefined) return { state: "refused", problems: [{ path: "market", because }] }
  const found = worthOf(opened.engine, model, market.candles)
  return found.ok ? kept(model, found.worth, market) : { state: "refused", problems: found.problems }
}

function worthOf(engine: Engine, model: ForecastModel, candles: Candles): { ok: true; worth: Worth } | Refused {
  if (model.kind !== "regimes") return { ok: true, worth: { card: scoreForecast(engine, model, candles) } }
  const found = regimeHistory(engine, model, candles)
  return found.ok ? { ok: true, worth: { regimes: found.history } } : found
}

/** Why a model cannot be scored on a market, in words; undefined where it can. */
function unfitBecause(model: ForecastModel, { candles, name }: OpenMarket): string | undefined {
  if (strategyTimeframeOf(candles.timeframeMs) === undefined || candles.openTimeMs.length === 0)
    return `the candles of ${name} have no timeframe that a model can look at`
  const readyMs = model.parts[0].readyFromMs
  const lastMs = candles.openTimeMs[candles.openTimeMs.length - 1]
  if (lastMs >= readyMs) return undefined
  const day = (timeMs: number) => new Date(timeMs).toISOString().slice(0, "2024-01-01".length)
  return `the candles of ${name} end on ${day(lastMs)}, before this model may speak (${day(readyMs)}): it learnt from what came until then. Download newer candles, or choose another market`
}

/** Which candles a card is about. */
export function scoredOn({ id, name, isMadeUp, candles }: OpenMarket): KeptModel["scoredOn"] {
  const { openTimeMs, timeframeMs } = candles
  const untilMs = openTimeMs[openTimeMs.length - 1] + timeframeMs
  return { marketId: id, name, isMadeUp, fromMs: openTimeMs[0], untilMs }
}

async function kept(model: ForecastModel, worth: Worth, market: OpenMarket): Promise<TrainingEnding> {
  const found = { hash: model.hash, model, ...worth, scoredOn: scoredOn(market), createdMs: Date.now() }
  const notKept = await putModel(found).then(
    () => undefined,
    (error: Error) => (error.name === "ModelsFull" ? error.message : unavailableBecause(error)),
  )
  return { state: "done", found, notKept }
}

/** A browser that keeps nothing can train all the same. */
async function ifKept(keeping: Promise<unknown>): Promise<void> {
  await keeping.catch(() => {})
}

async function sequences(from: Training | undefined, untilResumed: JobHooks["untilResumed"]): Promise<SequenceTrainer> {
  const { lstmTrainer, trainer } = await fetchedTrainer()
  return lstmTrainer(trainer, {
    untilResumed,
    keep: (checkpoint) => ifKept(changeTraining({ checkpoint })),
    from: from?.checkpoint,
  })
}

async function fetchedTrainer() {
  try {
    const { lstmTrainer, startTraining } = await import("#forecasts")
    return { lstmTrainer, trainer: await startTraining({ wasmAddress: tfjsAddress }) }
  } catch {
    throw new Error(
      "What trains an LSTM could not be fetched, and it is not in this browser yet. Look whether the network is there and go on; regression and trend need nothing fetched.",
    )
  }
}
