import type { Timeframe } from "../../candles/timeframe.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { ForecastModel, ModelPart } from "../../strategy/model/forecast-model.ts"
import { modelHash } from "../../strategy/model/model-hash.ts"
import { modelNameProblems } from "../../strategy/model/model-names.ts"
import { weightsText } from "../../strategy/model/part-weights.ts"
import { hashOfMarkets } from "../backtest.ts"
import type { Engine } from "../engine/engine.ts"
import { type Fold, walkForward } from "./folds.ts"
import { forecastData, type ForecastData } from "./forecast-data.ts"
import { type ForecastRequest, USUAL_FOLDS } from "./forecast-request.ts"
import { partTimes } from "./part-training.ts"
import { type RegimeCentres, regimeCentresOf, regimesIn } from "./regime-centres.ts"
import type { TrainingHooks } from "./train-forecast.ts"

/** What to tell apart, and on which candles. */
export type RegimeRequest = Pick<
  ForecastRequest,
  "name" | "timeframe" | "market" | "candles" | "seed" | "features" | "folds" | "version"
> & {
  /** How many regimes; as many as the first part shows where left out. */
  groups?: RegimeCount
}

/** How many regimes a person may ask for. */
export const regimeCounts = [2, 3, 4] as const
export type RegimeCount = (typeof regimeCounts)[number]

/** How restless the market is, and which way it leans for its restlessness; the first orders the regimes. */
export const usualRegimeFeatures: readonly string[] = [
  "log(stddev(log(close / close[1]), 48) + 0.000001)",
  "log(close / close[48]) / (stddev(log(close / close[1]), 48) * sqrt(48) + 0.000001)",
]

/** What a model of regimes is called where nobody says otherwise. */
export function usualRegimesName({ timeframe, groups }: { timeframe: Timeframe; groups?: RegimeCount }): string {
  return `${groups === undefined ? "Regimes" : `${groups} regimes`} of ${timeframe} candles`
}

/** Moods need no label, so nothing lies ahead but the next candle. */
const HORIZON = 1

type Trained = { ok: true; model: ForecastModel } | { ok: false; problems: StrategyProblem[] }
type Hooks = Pick<TrainingHooks, "onNews" | "onPart" | "signal" | "finished">
type Asked = RegimeRequest & { features: readonly string[] }

/**
 * Groups candles by what the features say (k-means), part by part through history like a forecast: each part knows only
 * what was before it. How many regimes there are, two to four, the first part decides by its silhouette unless that is
 * asked for. Regime 0 is the one with the lowest first feature in the first part, by default the calmest; later parts
 * give the regimes most like the earlier ones the same numbers. Throws the signal's reason.
 */
export async function trainRegimes(
  engine: Engine,
  { folds = USUAL_FOLDS, ...request }: RegimeRequest,
  hooks: Hooks = {},
): Promise<Trained> {
  const asked = { ...request, features: request.features ?? usualRegimeFeatures }
  const problems = modelNameProblems(request)
  if (problems.length > 0) return { ok: false, problems }
  const found = forecastData(engine, asked)
  if (!found.ok) return found
  const parts = walkForward({ candles: found.data.close.length, horizonCandles: HORIZON, folds })
  const trained = await trainedParts(found.data, parts, asked, hooks)
  return trained.ok ? { ok: true, model: await regimeModel(engine, asked, trained.parts) } : trained
}

async function trainedParts(
  data: ForecastData,
  folds: readonly Fold[],
  asked: Asked,
  { finished = [], onPart, onNews, signal }: Hooks,
): Promise<{ ok: true; parts: ModelPart[] } | { ok: false; problems: StrategyProblem[] }> {
  const parts: ModelPart[] = []
  for (const [n, fold] of folds.entries()) {
    signal?.throwIfAborted()
    const kept = finished.at(n)
    const trained = kept ?? nextPart(data, fold, asked, parts.at(-1))
    if (typeof trained === "string") return { ok: false, problems: [{ path: "candles", because: trained }] }
    parts.push(trained)
    if (!kept) await onPart?.(trained)
    onNews?.({ kind: "part", part: n + 1, parts: folds.length })
  }
  return { ok: true, parts }
}

/** The part after another, whose regimes and their numbers it keeps. */
function nextPart(data: ForecastData, fold: Fold, asked: Asked, last: ModelPart | undefined): ModelPart | string {
  const before = last && regimeCentresOf(last, asked.features.length)
  const found = regimesIn(data, fold.lastSeen, {
    seed: asked.seed,
    groups: before?.centres.length ?? asked.groups,
    before,
  })
  if (typeof found === "string") return found
  const times = partTimes(data, fold, { ...asked, horizonCandles: HORIZON })
  return { trainedFromMs: found.fromMs, ...times, weights: weightsText(weightsOf(found)) }
}

function weightsOf({ scale, centres }: RegimeCentres): number[] {
  return [...scale.means, ...scale.inverses, ...centres.flat()]
}

async function regimeModel(
  engine: Engine,
  { name, timeframe, features, market, candles, seed, version = 1 }: Asked,
  parts: ModelPart[],
): Promise<ForecastModel> {
  const data = await hashOfMarkets([{ market, candles }])
  const made = { engine: engine.sha256, data, market, seed, examples: candles.close.length, version }
  const model = {
    format: "candlewright.model/1" as const,
    name,
    kind: "regimes" as const,
    target: "volatility" as const,
    horizonCandles: HORIZON,
    timeframe,
    features: [...features],
    windowCandles: 1,
    units: regimeCentresOf(parts[0], features.length).centres.length,
    parts,
    made,
  }
  return { ...model, hash: modelHash(model) }
}
