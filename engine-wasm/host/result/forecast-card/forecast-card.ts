import { brierScore } from "../statistics/brier-score.ts"
import { calibrationBins, type CalibrationBin } from "../statistics/calibration-bins.ts"
import { correlationOf } from "../statistics/correlation.ts"
import { dieboldMariano } from "../statistics/diebold-mariano.ts"
import { wilsonInterval, type ShareInterval } from "../statistics/wilson-interval.ts"
import {
  independentRows,
  knownRows,
  unseenRows,
  valuesAt,
  type ForecastColumns,
  type Rows,
} from "./forecast-columns.ts"
import { forecastDecay, type ForecastAge } from "./forecast-decay.ts"
import { forecastTrade, type ForecastTrade } from "./forecast-trade.ts"
import { forecastVerdict, type ForecastVerdict } from "./forecast-verdict.ts"

/** How good a forecast is, honestly; what cannot be known is null. Shares and probabilities are 0 to 1. */
export type ForecastCard = {
  horizonCandles: number
  /** Candles with a forecast and a known outcome, none of them trained on. */
  unseenCandles: number
  /** Candles left out because the model was, or may have been, trained on them. */
  seenCandles: number
  /** Of the unseen ones those whose outcomes do not overlap; hit rates, interval and decay are of these alone. */
  independentForecasts: number
  /** A probability above one half says yes, any other no. */
  hitRate: number | null
  interval: ShareInterval | null
  /** Of always saying what was more frequent in training. */
  naiveHitRate: number | null
  /** Of saying yes just as often, but blindly: what a forecast gains of a market that mostly goes one way. */
  blindHitRate: number | null
  /** Of saying the last move again, or its opposite, without any model; null where what is forecast is no move. */
  lastMoveHitRate: number | null
  /** Over all unseen candles, as are calibration, correlation and Diebold-Mariano. */
  brier: number | null
  naiveBrier: number | null
  calibration: CalibrationBin[]
  /** Of the forecast value with what came, -1 to 1. */
  correlation: number | null
  /** Whether its probabilities miss less than the naive one; a small p-value says yes. */
  dieboldMariano: { statistic: number | null; pValue: number | null }
  trade: ForecastTrade | null
  decay: ForecastAge[]
  verdict: ForecastVerdict
}

/** Finer in the middle, where forecasts of prices are. */
const calibrationEdges = [0, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1]
/** Two points always lie on a line. */
const FEWEST_CORRELATED = 3

/** The honest card of a forecast. */
export function forecastCard(columns: ForecastColumns): ForecastCard {
  const known = knownRows(columns)
  const rows = unseenRows(known, columns)
  const figures = {
    horizonCandles: columns.horizonCandles,
    unseenCandles: rows.length,
    seenCandles: known.length - rows.length,
    ...hitRates(columns, independentRows(rows, columns.horizonCandles)),
    ...probabilityFigures(columns, rows),
    correlation: correlation(columns, rows),
    trade: forecastTrade(columns, rows),
  }
  return { ...figures, verdict: forecastVerdict(figures) }
}

type HitRates = Pick<
  ForecastCard,
  "independentForecasts" | "hitRate" | "interval" | "naiveHitRate" | "blindHitRate" | "lastMoveHitRate" | "decay"
>

function hitRates(columns: ForecastColumns, rows: Rows): HitRates {
  const { probability, naiveProbability, happened } = columns
  const saysYes = (row: number) => probability[row] > 0.5
  const happens = (row: number) => happened[row] === 1
  const isRight = (row: number) => saysYes(row) === happens(row)
  const countOf = (isOne: (row: number) => boolean) => rows.reduce((count, row) => count + Number(isOne(row)), 0)
  const shareOf = (isOne: (row: number) => boolean) => countOf(isOne) / rows.length
  const [yes, events] = [shareOf(saysYes), shareOf(happens)]
  return {
    independentForecasts: rows.length,
    hitRate: orNull(shareOf(isRight)),
    interval: wilsonInterval(countOf(isRight), rows.length),
    naiveHitRate: orNull(shareOf((row) => naiveProbability[row] > 0.5 === happens(row))),
    blindHitRate: orNull(yes * events + (1 - yes) * (1 - events)),
    lastMoveHitRate: lastMoveHitRate(columns, rows),
    decay: forecastDecay(rows, { ...columns, isRight }),
  }
}

/** Whichever of the two was right more often, though nobody knew before which it would be. */
function lastMoveHitRate({ close, happened, target, horizonCandles }: ForecastColumns, rows: Rows): number | null {
  if (target === "volatility") return null
  const known = rows.filter((row) => row >= horizonCandles)
  const again = known.filter((row) => close[row] > close[row - horizonCandles] === (happened[row] === 1)).length
  return orNull(Math.max(again, known.length - again) / known.length)
}

function probabilityFigures(
  columns: ForecastColumns,
  rows: Rows,
): Pick<ForecastCard, "brier" | "naiveBrier" | "calibration" | "dieboldMariano"> {
  const probability = valuesAt(columns.probability, rows)
  const naive = valuesAt(columns.naiveProbability, rows)
  const happened = valuesAt(columns.happened, rows)
  const lead = probability.map((said, at) => (naive[at] - happened[at]) ** 2 - (said - happened[at]) ** 2)
  return {
    brier: orNull(brierScore(probability, happened)),
    naiveBrier: orNull(brierScore(naive, happened)),
    calibration: calibrationBins({ forecast: probability, happened, edges: calibrationEdges }),
    dieboldMariano: dieboldMariano(lead, columns.horizonCandles) ?? { statistic: null, pValue: null },
  }
}

function correlation({ value, actual }: ForecastColumns, rows: Rows): number | null {
  const known = rows.filter((row) => Number.isFinite(value[row] + actual[row]))
  if (known.length < FEWEST_CORRELATED) return null
  return orNull(correlationOf(valuesAt(value, known), valuesAt(actual, known)))
}

function orNull(figure: number): number | null {
  return Number.isFinite(figure) ? figure : null
}
