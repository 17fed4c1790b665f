import { formatCount, formatNumber, formatPercent, type Candles } from "#engine/candles"
import { binomialTail, type ForecastCard } from "#engine/result"
import { type Engine, FEWEST_OUTCOMES, openSession, seriesIn, type SignalRecord } from "#engine/run"
import { type ForecastModel, partWeights } from "#engine/strategy"

/** Why a model is not what it was: it is right less often than its card says, or the market is not the one it learnt. */
export type DriftWarning = { kind: "hits" | "features"; words: string }

/** Chance alone explains a warning less often than this. */
const MOST_P_VALUE = 0.01
/** What a feature is now is its mean over so many candles. */
const RECENT_CANDLES = 100
/** So many deviations of training away is another market. */
const MOST_DEVIATIONS = 3

/** A warning where the live record is below what the card thinks possible, by more than chance explains. */
export function hitsWarning(card: ForecastCard | null, record: SignalRecord | undefined): DriftWarning | undefined {
  if (card?.interval == null || record === undefined || record.count < FEWEST_OUTCOMES) return undefined
  const { count, cameTrue: hits } = record
  const [low] = card.interval
  const pValue = binomialTail({ hits, count, share: low })
  if (pValue >= MOST_P_VALUE) return undefined
  const live = `Live it was right in ${formatPercent((100 * hits) / count)} of ${formatCount(count, "call")}`
  const chance = pValue < SMALLEST_SHOWN ? `less than ${formatNumber(SMALLEST_SHOWN, 4)}` : formatNumber(pValue, 4)
  return {
    kind: "hits",
    words: `${live}; its card says at least ${formatPercent(100 * low)}. Chance alone explains that with p = ${chance}.`,
  }
}

const SMALLEST_SHOWN = 0.0001

/** A warning where a feature's mean over the last candles is far from all that the newest part learnt from. */
export function featuresWarning(engine: Engine, model: ForecastModel, candles: Candles): DriftWarning | undefined {
  const session = openSession(engine, [{ market: "", candles }])
  const answer = seriesIn(session, [...model.features], model.timeframe)
  if (!answer.ok) return undefined
  const weights = partWeights(model.parts.at(-1)!)
  const away = model.features.flatMap((feature, n) => {
    const mean = recentMean(answer.series[feature])
    const deviations = mean === undefined ? 0 : (mean - weights[n]) * weights[model.features.length + n]
    return Math.abs(deviations) > MOST_DEVIATIONS ? [{ feature, deviations }] : []
  })
  if (away.length === 0) return undefined
  const { feature, deviations } = away.toSorted((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations))[0]
  const others = away.length === 1 ? "" : ` So do ${away.length - 1} more.`
  return {
    kind: "features",
    words: `Over the last ${RECENT_CANDLES} candles ${feature} lies ${formatNumber(Math.abs(deviations), 1)} deviations ${deviations > 0 ? "above" : "below"} what the model learnt from.${others}`,
  }
}

/** Undefined while most of the last values are not known. */
function recentMean(column: Float64Array): number | undefined {
  const known = column.slice(-RECENT_CANDLES).filter(Number.isFinite)
  return known.length < RECENT_CANDLES / 2 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
}
