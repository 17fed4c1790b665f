import { CombinationField } from "../../../assembly/sweep/sweep-word.ts"
import { metricDefinitions } from "../../result/metric-definitions.ts"
import { cagrPercentOf, ROUNDING } from "../../result/metric-equity.ts"
import type { Metrics } from "../../result/metrics.ts"
import { average, percentOf, ratio } from "../../result/ratio.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"

/** The figures of each combination, which a sweep may rank by; the same as a backtest's metrics of these names. */
export const sweepFigures = [
  "finalEquity",
  "totalReturnPercent",
  "cagrPercent",
  "maxDrawdownPercent",
  "calmar",
  "sharpe",
  "sortino",
  "tradeCount",
  "winRatePercent",
  "profitFactor",
  "expectancy",
  "exposurePercent",
] as const satisfies readonly (keyof Metrics)[]

export type SweepFigure = (typeof sweepFigures)[number]
export type SweepRow = { params: ParamValues } & Pick<Metrics, SweepFigure>

type Figures = Pick<Metrics, SweepFigure>

/** Writes figures in the order of `sweepFigures`, NaN where one has no meaning. */
export function putFigures(figures: Float64Array, of: Figures): void {
  for (let n = 0; n < sweepFigures.length; n++) figures[n] = of[sweepFigures[n]] ?? Number.NaN
}

/** Those figures as a row of a sweep. */
export function rowOfFigures(params: ParamValues, figures: Float64Array): SweepRow {
  const row = { params } as SweepRow
  // Every figure is written: a row of a sweep is made a hundred thousand times.
  for (let n = 0; n < sweepFigures.length; n++)
    (row[sweepFigures[n]] as number | null) = Number.isNaN(figures[n]) ? null : figures[n]
  return row
}

/** Fewer trades than this are chance: their row comes after every row that traded more. */
export const FEWEST_TRADES = 10

/**
 * Best first by one figure, as its definition says what is better; undefined values come last, equals stay in their
 * order. Rows with fewer than `fewestTrades` trades come after the others, and those without any at the end: a
 * strategy that never trades never loses, and is not the best for it.
 */
export function ranked(rows: readonly SweepRow[], rank: SweepFigure, fewestTrades = FEWEST_TRADES): SweepRow[] {
  const sign = metricDefinitions.find(({ key }) => key === rank)?.better === "lower" ? 1 : -1
  const place = (row: SweepRow) => (row[rank] === null ? Infinity : sign * row[rank])
  const group = ({ tradeCount }: SweepRow) => (!tradeCount ? 2 : Number(tradeCount < fewestTrades))
  return rows.toSorted((a, b) => group(a) - group(b) || (place(a) === place(b) ? 0 : place(a) - place(b)))
}

/** What the combinations of one sweep have in common. */
export type SweptTime = { cash: number; samples: number; days: number }

/** The figures of a combination from the engine's totals (CombinationField). */
export function figuresOfTotals(totals: Float64Array, { cash, samples, days }: SweptTime): Figures {
  const finalEquity = totals[CombinationField.finalEquity]
  const tradeCount = totals[CombinationField.tradeCount]
  const maxDrawdownPercent = Math.min(1, totals[CombinationField.fall]) * 100
  const cagrPercent = cagrPercentOf(cash, finalEquity, days)
  return {
    finalEquity,
    totalReturnPercent: percentOf(finalEquity - cash, cash),
    cagrPercent,
    maxDrawdownPercent,
    calmar: cagrPercent === null ? null : ratio(cagrPercent, maxDrawdownPercent),
    ...dailyRatios(totals),
    tradeCount,
    winRatePercent: percentOf(totals[CombinationField.winCount], tradeCount),
    profitFactor: ratio(totals[CombinationField.grossProfit], Math.abs(totals[CombinationField.grossLoss])),
    expectancy: average(totals[CombinationField.profit], tradeCount),
    exposurePercent: percentOf(totals[CombinationField.exposedSamples], samples),
  }
}

/** Sharpe and Sortino as in `returnRatios`, from running sums instead of the returns themselves. */
function dailyRatios(totals: Float64Array): Pick<Figures, "sharpe" | "sortino"> {
  const count = totals[CombinationField.dayCount]
  if (count < 2) return { sharpe: null, sortino: null }
  const mean = totals[CombinationField.dayMean]
  const deviation = Math.sqrt(totals[CombinationField.daySquares] / (count - 1))
  const sortino = ratio(mean, Math.sqrt(totals[CombinationField.downSquares] / count))
  return {
    sharpe: deviation < ROUNDING || deviation <= ROUNDING * Math.abs(mean) ? null : (mean / deviation) * Math.sqrt(365),
    sortino: sortino === null ? null : sortino * Math.sqrt(365),
  }
}
