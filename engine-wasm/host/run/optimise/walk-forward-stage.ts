import { scanEquity } from "../../result/drawdown.ts"
import { combinationAt } from "../search/search-space.ts"
import type { Period, WalkForward, WalkForwardWindow } from "./optimisation.ts"
import type { OptimisePlan, RunAnswer, SearchTerms, TaskRunner } from "./optimise-task.ts"
import { returnRatios } from "../../result/metric-equity.ts"

/** The training part is cut into so many pieces; a rolling search is trained on the first of them and traded on the next. */
const PIECES = 10
const TRAINED_PIECES = 4
export const WALK_FORWARD_PARTS = PIECES - TRAINED_PIECES

type Asked = { terms: SearchTerms; plan: OptimisePlan; signal?: AbortSignal }

/** Parts to train on, each with the part that follows it. */
export function walkForwardParts(
  kind: WalkForward["kind"],
  { fromMs, toMs }: Period,
  candleMs: number,
): { training: Period; test: Period }[] {
  const candles = Math.floor((toMs - fromMs) / candleMs)
  const edge = (piece: number) => (piece === PIECES ? toMs : fromMs + Math.floor((candles * piece) / PIECES) * candleMs)
  return Array.from({ length: WALK_FORWARD_PARTS }, (_, n) => ({
    training: { fromMs: kind === "rolling" ? edge(n) : fromMs, toMs: edge(n + TRAINED_PIECES) },
    test: { fromMs: edge(n + TRAINED_PIECES), toMs: edge(n + TRAINED_PIECES + 1) },
  }))
}

/**
 * Searches part after part and trades what was found on the part that follows, as it would have gone. R. Pardo,
 * "The Evaluation and Optimization of Trading Strategies" (2008). Undefined where no part finds anything.
 */
export async function walkForward(
  runner: TaskRunner,
  { terms, plan, signal }: Asked,
  {
    kind,
    period,
    candleMs,
    onDone,
  }: { kind: WalkForward["kind"]; period: Period; candleMs: number; onDone: () => void },
): Promise<WalkForward | undefined> {
  const parts = walkForwardParts(kind, period, candleMs)
  const tested = await Promise.all(
    parts.map(async ({ training, test }) => {
      const share = (training.toMs - training.fromMs) / (period.toMs - period.fromMs)
      const ownPlan = { ...plan, minTrades: Math.ceil(plan.minTrades * share) }
      const { number, score, place } = await runner.run(
        { kind: "search", terms, plan: ownPlan, stretch: training },
        signal,
      )
      const found = Number.isFinite(place)
      const run = found ? await runner.run({ kind: "run", terms, stretch: test, number }, signal) : undefined
      onDone()
      return run && { run, window: windowOf({ training, test, score, run, ...combinationAt(terms.space, number) }) }
    }),
  )
  const walked = tested.filter((one) => one !== undefined)
  return walked.length === 0 ? undefined : stitched(kind, walked)
}

function windowOf({
  score,
  run: { metrics },
  ...window
}: Pick<WalkForwardWindow, "training" | "test" | "params" | "variant"> & {
  score: number
  run: RunAnswer
}): WalkForwardWindow {
  return {
    ...window,
    trainingScore: score,
    testReturnPercent: metrics.totalReturnPercent ?? 0,
    testSharpe: metrics.sharpe,
    testTrades: metrics.tradeCount ?? 0,
  }
}

/** The test parts one after the other, as one account would have lived through them. */
function stitched(kind: WalkForward["kind"], walked: { run: RunAnswer; window: WalkForwardWindow }[]): WalkForward {
  const returns = Float64Array.from(walked.flatMap(({ run }) => [...run.dailyReturns]))
  const days = { firstDay: walked[0].run.firstDay, equity: equityOf(returns) }
  const equity = { openTimeMs: days.equity.map((_, at) => at), equity: days.equity }
  return {
    kind,
    windows: walked.map(({ window }) => window),
    days,
    returnPercent: ((days.equity.at(-1) ?? 1) - 1) * 100,
    sharpe: returnRatios(returns).sharpe,
    maxDrawdownPercent: scanEquity({ cash: 1, timeframeMs: 1, equity }).deepest?.percent ?? 0,
    won: walked.filter(({ window }) => window.testReturnPercent > 0).length,
  }
}

/** Equity at each day's end, starting from 1. */
export function equityOf(dailyReturns: Float64Array): Float64Array {
  let equity = 1
  return dailyReturns.map((share) => (equity *= 1 + share))
}
