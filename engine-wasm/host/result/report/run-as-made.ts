import { resultHashOf } from "../result-hash.ts"
import type { RunJson } from "./run-json.ts"

/** Rounding between a metric and the curve it is from, as a share. */
const NEARLY = 1e-6

/** Why a run's numbers are not those it was made with; undefined where they are, or where an old run cannot say. */
export async function notAsMade({ resultHash, trades, curve, metrics }: RunJson): Promise<string | undefined> {
  if (resultHash === undefined || curve === undefined || curve.equity.length === 0) return undefined
  const equity = { openTimeMs: Float64Array.from(curve.openTimeMs), equity: Float64Array.from(curve.equity) }
  if ((await resultHashOf({ trades, equity })) !== resultHash)
    return "its trades or its curve do not match its resultHash, so they were changed after the run; run it again"
  const [start, end] = [Number(metrics.startEquity), curve.equity.at(-1)!]
  const wrong = Object.entries({
    finalEquity: end,
    tradeCount: trades.length,
    totalReturnPercent: (end / start - 1) * 100,
  }).find(([name, value]) => !isNear(metrics[name as "finalEquity"], value))
  return wrong && `its metric ${wrong[0]} does not follow from its trades and curve, so it was changed after the run`
}

function isNear(written: unknown, value: number): boolean {
  if (written === null) return true // a run of another version may lack it
  return Math.abs(Number(written) - value) <= NEARLY * Math.max(1, Math.abs(value))
}
