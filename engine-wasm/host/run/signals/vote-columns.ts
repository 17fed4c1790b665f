import type { Candles } from "../../candles/candles.ts"
import type { Timeframe } from "../../candles/timeframe.ts"
import { seriesProgram } from "../../strategy/compile/compile.ts"
import { type EngineSession, openSession } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { seriesIn } from "../series.ts"
import { averageVotes } from "./average-votes.ts"
import { oscillatorVotes } from "./oscillator-votes.ts"
import type { VoteRule } from "./vote-rule.ts"

/** All votes of the gauge, averages first. */
export const voteRules: readonly VoteRule[] = [...averageVotes, ...oscillatorVotes]

/** What each vote said at each candle. */
export type VoteColumns = {
  openTimeMs: Float64Array
  close: Float64Array
  atr: Float64Array
  votes: VoteColumn[]
}

export type VoteColumn = {
  rule: VoteRule
  value: Float64Array
  /** 1 BUY, -1 SELL, 0 HOLD, NaN while it is not known. */
  leans: Float64Array
  /** How many candles more it needs before it says anything; 0 where it could have spoken at the last candle. */
  needsCandles: number
}

const ATR = "atr(14)"

/** Computes every vote over these closed candles, all formulas in one call of the engine. */
export function voteColumns(engine: Engine, candles: Candles, timeframe: Timeframe): VoteColumns {
  const session = openSession(engine, [{ market: "", candles }])
  const formulas = [...new Set(["close", ATR, ...voteRules.flatMap(({ value, buy, sell }) => [value, buy, sell])])]
  const answer = seriesIn(session, formulas, timeframe)
  if (!answer.ok) throw new Error(`the votes cannot be computed: ${answer.problems[0].because}`)
  const { openTimeMs, series } = answer
  return {
    openTimeMs,
    close: series.close,
    atr: series[ATR],
    votes: voteRules.map((rule) => {
      const value = series[rule.value]
      const leans = leansOf(value, series[rule.buy], series[rule.sell])
      const isKnown = Number.isFinite(leans.at(-1))
      return {
        rule,
        value,
        leans,
        needsCandles: isKnown ? 0 : missingCandles(session, rule, { timeframe, count: openTimeMs.length }),
      }
    }),
  }
}

function leansOf(value: Float64Array, buy: Float64Array, sell: Float64Array): Float64Array {
  // NaN in one of them leaves NaN.
  return value.map((shown, n) => (Number.isFinite(shown) ? buy[n] - sell[n] : NaN))
}

function missingCandles(
  session: EngineSession,
  { value, buy, sell }: VoteRule,
  { timeframe, count }: { timeframe: Timeframe; count: number },
): number {
  const compiled = seriesProgram([value, buy, sell], timeframe, session.markets[0].compile)
  if (!compiled.ok) throw new Error(`a vote does not compile: ${compiled.problems[0].because}`)
  return Math.max(0, compiled.program.warmUp.readyAfterCandles + 1 - count)
}
