import { sliceCandles } from "../../candles/candles.ts"
import type { RunAnswer } from "../optimise/optimise-task.ts"
import { randomEntries, tradeLengthPercentOf } from "../../result/random-entries.ts"
import { combinationCount } from "../search/search-space.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"
import { ownRunOf, randomEntry, rankOf, type RandomEntry, type RunCombinations } from "./random-entry.ts"
import type { RobustnessWork } from "./robustness-request.ts"

/** With the length of a usual trade, percent of the time: near 100 there is no other moment to enter. */
export type EntriesPart = RandomEntry & { tradeLengthPercent: number }

/**
 * How the run's entries rank among chance: by the engine, or where they are written in code, by moving its trades.
 * Undefined without trades. `candles`: strategy candles of all markets together.
 */
export async function entriesPart(
  work: RobustnessWork,
  run: RunAnswer,
  candles: number,
): Promise<EntriesPart | undefined> {
  const { request } = work
  const markets = request.markets.map((market) => sliceCandles(market.candles, request.period ?? {}))
  const tradeLengthPercent = tradeLengthPercentOf(run.trades, markets)
  if (tradeLengthPercent === undefined) return undefined
  const own = ownRunOf(run.metrics, run.trades, candles)
  const [strategy] = request.terms.space.variants
  const plan = { strategy, own, tries: request.trials, seed: request.seed }
  const ranked = (await randomEntry(combinationsBy(work), plan)) ?? movedEntries(request, run, { markets, own })
  return ranked && { ...ranked, tradeLengthPercent }
}

function movedEntries(
  { trials: tries, seed, terms }: RobustnessWork["request"],
  { trades }: RunAnswer,
  { markets, own }: { markets: Parameters<typeof randomEntries>[0]["markets"]; own: ReturnType<typeof ownRunOf> },
): RandomEntry | undefined {
  const moved = randomEntries({ trades, markets, tries, seed })
  if (!moved) return undefined
  const returns = moved.profits.map((profit) => (100 * profit) / terms.account.cash)
  return {
    method: "moved",
    ...rankOf(
      own,
      returns,
      returns.map(() => own.tradeCount),
    ),
  }
}

/** Runs combinations by tasks, spread over the runner. */
function combinationsBy({ runner, request: { terms, period = {} }, signal, onDone }: RobustnessWork): RunCombinations {
  return async (strategy, dimensions) => {
    const space = { variants: [strategy], dimensions }
    const count = combinationCount(space)
    const size = Math.ceil(count / runner.width)
    const shards = Array.from({ length: Math.ceil(count / size) }, (_, n) =>
      Float64Array.from({ length: Math.min(size, count - n * size) }, (_, at) => n * size + at),
    )
    const answers = await Promise.all(
      shards.map((numbers) =>
        runner.run({ kind: "figures", terms: { ...terms, space }, stretch: period, numbers }, signal),
      ),
    )
    onDone()
    const figures = new Float64Array(count * sweepFigures.length)
    answers.forEach((answer, n) => figures.set(answer.figures, n * size * sweepFigures.length))
    return figures
  }
}
