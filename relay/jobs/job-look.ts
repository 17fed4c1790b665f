import { candleOpenMs, isoTime, timeframesMs } from "#engine/candles"
import { type Engine, entryCounts, type MarketCandles, openBacktest, type Why, why, whyInWords } from "#engine/run"
import { refusalWords } from "#engine/result"
import type { StrategyDocument } from "#engine/strategy"
import { failureOf } from "./job-request.ts"
import type { AskedRun, JobOutcome } from "./job.ts"

/** A look back into a run: at the candle of one of its markets that has this moment, or at how often it could enter. */
export type JobLook = { market: string; atMs?: number }

/** A candle of a run, told: why it did, or did not, trade there. */
export type CandleTold = {
  market: string
  timeframe: string
  candle: string
  conditions: {
    part: string
    words: string
    met: boolean | "asks for a position"
    values: Record<string, number | null>
  }[]
  joins: Record<string, "all" | "any">
  position: Why["position"]
  waiting: { entry: Why["waitingEntry"]; exit: Why["waitingExit"] }
  refused: string[]
  journal: string[]
}

/** How often each condition to enter was met over a whole run. */
export type EntriesTold = { candles: number; sides: NonNullable<ReturnType<typeof entryCounts>>["sides"] }

type Looked = { run: AskedRun; strategy: StrategyDocument; engine: Engine; markets: MarketCandles[] }

/** Runs it again as far as the look needs; the answer as JSON. */
export async function lookedInto({ run, strategy, engine, markets }: Looked, look: JobLook): Promise<JobOutcome> {
  const { params, account, fromMs, toMs } = run
  const opened = openBacktest(engine, { strategy, params, markets, account, fromMs, toMs })
  if (!opened.ok) return failureOf(opened.problems)
  const { session, plan } = opened
  const market = markets.findIndex((each) => each.market === look.market)
  if (look.atMs === undefined) {
    const counts = entryCounts(session, plan, market)
    const told: EntriesTold = { candles: counts?.candleCount ?? 0, sides: counts?.sides ?? [] }
    return { result: JSON.stringify(told) }
  }
  const openTimeMs = candleOpenMs(look.atMs, timeframesMs[strategy.timeframe])
  const answer = await why(session, plan, { market, openTimeMs })
  if (!answer.ok) return failureOf(answer.problems)
  return { result: JSON.stringify(toldOf(answer.why, { run, strategy, market: look.market })) }
}

function toldOf(told: Why, { run, strategy, market }: { run: AskedRun; strategy: StrategyDocument; market: string }) {
  const { conditions, joins } = whyInWords({ strategy, params: run.params }, told)
  return {
    market,
    timeframe: strategy.timeframe,
    candle: isoTime(told.openTimeMs),
    conditions: conditions.map(({ part, words, met, asksForPosition, operands }) => ({
      part,
      words,
      met: asksForPosition ? "asks for a position" : met,
      values: Object.fromEntries(operands.map((operand) => [operand.words, operand.value])),
    })),
    joins,
    position: told.position,
    waiting: { entry: told.waitingEntry, exit: told.waitingExit },
    refused: told.refusals.map((reason) => refusalWords[reason]),
    journal: told.journal,
  } satisfies CandleTold
}
