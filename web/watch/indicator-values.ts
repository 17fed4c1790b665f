import { candleColumnsOf, candlesFromColumns, type LiveCandle, type Timeframe } from "#engine/candles"
import { type Engine, type EngineSession, newInstance, openSession, seriesIn } from "#engine/run"
import { type StrategyProblem } from "#engine/strategy"
import type { IndicatorValues } from "./chart-update.ts"

type Wanted = { closed: readonly LiveCandle[]; open: LiveCandle[]; formulas: string[]; timeframe: Timeframe }

/**
 * The values of formulas over live candles, by the engine of backtests. A value once sent for a closed candle is
 * cached and sent again unchanged: neither later candles nor a finer price grid that they bring changes a digit of
 * it.
 */
export class LiveIndicators {
  readonly #kept = new Map<string, number[]>()
  readonly #problems = new Map<string, { problem: string; character?: number }>()
  readonly #instance: ReturnType<typeof newInstance>
  readonly #empty: number

  constructor(private readonly engine: Engine) {
    this.#instance = newInstance(engine)
    this.#empty = this.#instance.mark()
  }

  /**
   * Values from the closed candle at place `from` on. Formulas that cannot be computed come back with their problem.
   */
  values({ closed, open, formulas, timeframe }: Wanted, from: number): IndicatorValues[] {
    for (const formula of this.#kept.keys()) if (!formulas.includes(formula)) this.#kept.delete(formula)
    const gate = candlesFromColumns(candleColumnsOf([...closed, ...open]), { timeframe })
    if (!gate.ok) return []
    this.#instance.release(this.#empty)
    const session = openSession(this.engine, [{ market: "", candles: gate.candles }], this.#instance)
    const answer = this.#compute(session, formulas, timeframe)
    return formulas.map((formula) => {
      const values = answer[formula]
      if (!values) return { formula, ...(this.#problems.get(formula) ?? unknownProblem) }
      const kept = this.#keep(formula, values, closed.length)
      return { formula, closed: kept.slice(from), open: [...values.subarray(closed.length)] }
    })
  }

  /** All valid formulas, in one run; the others' problems are kept. */
  #compute(session: EngineSession, formulas: string[], timeframe: Timeframe): Record<string, Float64Array> {
    for (const formula of formulas)
      if (!this.#kept.has(formula) && !this.#problems.has(formula)) this.#check(session, formula, timeframe)
    const sound = formulas.filter((formula) => !this.#problems.has(formula))
    const answer = seriesIn(session, sound, timeframe)
    return answer.ok ? answer.series : {}
  }

  #check(session: EngineSession, formula: string, timeframe: Timeframe): void {
    const answer = seriesIn(session, [formula], timeframe)
    if (!answer.ok) this.#problems.set(formula, problemOf(answer.problems[0]))
  }

  #keep(formula: string, values: Float64Array, count: number): number[] {
    const kept = this.#kept.get(formula) ?? []
    for (let at = kept.length; at < count; at++) kept.push(values[at])
    this.#kept.set(formula, kept)
    return kept
  }
}

const unknownProblem = { problem: "this cannot be computed together with the others" }

function problemOf({ because, character }: StrategyProblem) {
  return { problem: because, character }
}
