import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { clustersOf } from "../../result/statistics/clusters.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { ForecastModel, ModelPart } from "../../strategy/model/forecast-model.ts"
import { modelHash } from "../../strategy/model/model-hash.ts"
import { weightsText } from "../../strategy/model/part-weights.ts"
import { hashOfMarkets } from "../backtest.ts"
import type { Engine } from "../engine/engine.ts"
import { walkForward } from "./folds.ts"
import { forecastData, type ForecastData } from "./forecast-data.ts"
import { type ForecastRequest, USUAL_FOLDS } from "./forecast-request.ts"
import { FEWEST_EXAMPLES, partTimes } from "./part-training.ts"
import { nameProblems } from "./train-forecast.ts"
import { featureScale, standardColumn } from "./standard-features.ts"

export type RegimeRequest = Pick<
  ForecastRequest,
  "name" | "timeframe" | "market" | "candles" | "seed" | "features" | "folds" | "version"
>

/** How restless the market is, and which way it leans for its restlessness; the first orders the regimes. */
export const usualRegimeFeatures: readonly string[] = [
  "log(stddev(log(close / close[1]), 48) + 0.000001)",
  "log(close / close[48]) / (stddev(log(close / close[1]), 48) * sqrt(48) + 0.000001)",
]

/** Moods need no label, so nothing lies ahead but the next candle. */
const HORIZON = 1
/** Groups are looked for among no more than these, drawn evenly. */
const MOST_POINTS = 2_000

/**
 * Groups candles by what the features say (k-means), part by part through history like a forecast: each part knows only
 * what was before it. How many regimes there are, two to four, the first part decides by its silhouette. Regime 0 is
 * the one with the lowest first feature, by default the calmest.
 */
export async function trainRegimes(
  engine: Engine,
  { folds = USUAL_FOLDS, ...request }: RegimeRequest,
): Promise<{ ok: true; model: ForecastModel } | { ok: false; problems: StrategyProblem[] }> {
  const { features = usualRegimeFeatures } = request
  const problems = nameProblems(request.name)
  if (problems.length > 0) return { ok: false, problems }
  const found = forecastData(engine, { ...request, features })
  if (!found.ok) return found
  const parts: ModelPart[] = []
  let groups: number | undefined
  for (const fold of walkForward({ candles: found.data.close.length, horizonCandles: HORIZON, folds })) {
    const centres = regimesIn(found.data, fold.lastSeen, { seed: request.seed, groups })
    if (typeof centres === "string") return { ok: false, problems: [{ path: "candles", because: centres }] }
    groups ??= centres.count
    const { weights, fromMs } = centres
    const times = partTimes(found.data, fold, { ...request, horizonCandles: HORIZON })
    parts.push({ trainedFromMs: fromMs, ...times, weights: weightsText(weights) })
  }
  return { ok: true, model: await regimeModel(engine, { ...request, features }, { parts, groups: groups! }) }
}

type Centres = { weights: number[]; count: number; fromMs: number }

function regimesIn(
  { features, streak, openTimeMs }: ForecastData,
  lastSeen: number,
  { seed, groups }: { seed: number; groups?: number },
): Centres | string {
  const known = Array.from({ length: lastSeen + 1 }, (_, row) => row).filter((row) => streak[row] > 0)
  if (known.length < FEWEST_EXAMPLES)
    return `there are too few candles to tell moods apart: ${known.length} known ones in the first part, at least ${FEWEST_EXAMPLES} are needed`
  const rows = drawn(known, seed)
  const scale = featureScale(features, known)
  const columns = features.map((column, n) => standardColumn(column, n, scale))
  const points = columns.map((column) => Float64Array.from(rows, (row) => column[row]))
  const found = clustersOf(points, seed, groups)
  if (!found) return "this market is always in the same mood: there is nothing to group"
  const { centres } = found
  return {
    weights: [...scale.means, ...scale.inverses, ...centres.flat()],
    count: centres.length,
    fromMs: openTimeMs[known[0]],
  }
}

/** So many rows by chance, in their order. */
function drawn(rows: readonly number[], seed: number): readonly number[] {
  if (rows.length <= MOST_POINTS) return rows
  const chance = new SeededChance(seed)
  const step = rows.length / MOST_POINTS
  return Array.from({ length: MOST_POINTS }, (_, n) => rows[Math.floor((n + chance.uniform()) * step)])
}

async function regimeModel(
  engine: Engine,
  { name, timeframe, features, market, candles, seed, version = 1 }: RegimeRequest & { features: readonly string[] },
  { parts, groups }: { parts: ModelPart[]; groups: number },
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
    units: groups,
    parts,
    made,
  }
  return { ...model, hash: modelHash(model) }
}
