import { TaskRefused } from "../optimise/optimise-task.ts"
import type { RobustnessWork } from "./robustness-request.ts"

/** The same values on a market they were not chosen for. */
export type OtherMarket = {
  market: string
  returnPercent: number
  holdingReturnPercent: number
  maxDrawdownPercent: number
  sharpe: number | null
  tradeCount: number
}
/** Or why they cannot run there. */
export type OtherMarketRefused = { market: string; because: string }

/** Runs the strategy with the same values on each of the other markets. */
export async function otherMarketsOf({
  runner,
  request,
  signal,
  onDone,
}: RobustnessWork): Promise<(OtherMarket | OtherMarketRefused)[]> {
  const { terms, period, others = [] } = request
  return Promise.all(
    others.map(async (market, other) => {
      try {
        const { metrics } = await runner.run({ kind: "run", terms, stretch: { ...period, other }, number: 0 }, signal)
        return {
          market,
          returnPercent: metrics.totalReturnPercent ?? 0,
          holdingReturnPercent: metrics.marketChangePercent ?? 0,
          maxDrawdownPercent: metrics.maxDrawdownPercent ?? 0,
          sharpe: metrics.sharpe,
          tradeCount: metrics.tradeCount ?? 0,
        }
      } catch (refused) {
        if (refused instanceof TaskRefused) return { market, because: refused.message }
        throw refused
      } finally {
        onDone()
      }
    }),
  )
}
