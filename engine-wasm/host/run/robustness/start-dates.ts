import { quantileOfSorted } from "../../result/statistics/quantile.ts"
import { timeframesMs } from "../../candles/timeframe.ts"
import type { History } from "../optimise/optimisation.ts"
import type { RobustnessWork } from "./robustness-request.ts"

export type StartDate = { fromMs: number; returnPercent: number; perYearPercent: number | null; tradeCount: number }

/** The same run begun on other days. */
export type StartDates = {
  runs: StartDate[]
  /** 0 to 100. */
  madeMoneyPercent: number
  /** Percent a year, of the worst, the middle and the best of them; null where no run lasted long enough. */
  perYear: { worst: number; middle: number; best: number } | null
}

const STARTS = 12
/** Starts are spread over this share of the period, so that the shortest run still has most of it. */
const STARTED_SHARE = 1 / 3

/** Begins the same run at twelve moments spread over the first third: luck of the day one happens to begin on. */
export async function startDatesOf(
  { runner, request, signal, onDone }: RobustnessWork,
  { fromMs, toMs }: Pick<History, "fromMs" | "toMs">,
): Promise<StartDates> {
  const { terms, period } = request
  const candleMs = timeframesMs[terms.space.variants[0].timeframe]
  const moment = (n: number) =>
    fromMs + Math.floor(((toMs - fromMs) * STARTED_SHARE * n) / (STARTS - 1) / candleMs) * candleMs
  const moments = [...new Set(Array.from({ length: STARTS }, (_, n) => moment(n)))]
  const runs = await Promise.all(
    moments.map(async (startMs): Promise<StartDate> => {
      const stretch = { fromMs: startMs, toMs: period?.toMs }
      const { metrics } = await runner.run({ kind: "run", terms, stretch, number: 0 }, signal)
      onDone()
      return {
        fromMs: startMs,
        returnPercent: metrics.totalReturnPercent ?? 0,
        perYearPercent: metrics.cagrPercent,
        tradeCount: metrics.tradeCount ?? 0,
      }
    }),
  )
  return { runs, ...summaryOf(runs) }
}

function summaryOf(runs: StartDate[]): Omit<StartDates, "runs"> {
  const yearly = Float64Array.from(runs.flatMap(({ perYearPercent }) => perYearPercent ?? [])).sort()
  const perYear = { worst: yearly[0], middle: quantileOfSorted(yearly, 0.5), best: yearly[yearly.length - 1] }
  return {
    madeMoneyPercent: (100 * runs.filter(({ returnPercent }) => returnPercent > 0).length) / runs.length,
    perYear: yearly.length > 0 ? perYear : null,
  }
}
