import { dailyEquity, dailyReturns } from "../../result/daily-returns.ts"
import { metricsOf } from "../../result/metrics.ts"
import type { RunRecord } from "../../result/run-record.ts"
import { tradeReturnsOf } from "../../result/trade-returns.ts"
import { runRecord } from "../backtest.ts"
import type { Engine } from "../engine/engine.ts"
import { figuresOf } from "../sweep/combination-figures.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"
import { combinationAt } from "../search/search-space.ts"
import { StretchSessions, type CandleSets } from "./stretch-sessions.ts"
import {
  TaskRefused,
  type AnswerOf,
  type FiguresAnswer,
  type FiguresTask,
  type OptimiseTask,
  type RunAnswer,
  type RunTask,
  type SearchAnswer,
  type SearchTask,
  type TaskRunner,
} from "./optimise-task.ts"
import { generations } from "./search-stage.ts"

/** Does the tasks of an optimisation over one set of candles, in this thread, one after another. */
export class TaskDesk implements TaskRunner {
  readonly width = 1
  readonly #sessions: StretchSessions
  readonly #turns = new Turns()

  constructor(engine: Engine, sets: CandleSets) {
    this.#sessions = new StretchSessions(engine, sets)
  }

  run<Task extends OptimiseTask>(task: Task, signal?: AbortSignal): Promise<AnswerOf<Task>> {
    return this.#turns.take(() => {
      signal?.throwIfAborted()
      return this.#answer(task, signal) as Promise<AnswerOf<Task>>
    })
  }

  #answer(task: OptimiseTask, signal?: AbortSignal): Promise<FiguresAnswer | SearchAnswer | RunAnswer> {
    if (task.kind === "figures") return this.#figures(task, signal)
    if (task.kind === "search") return this.#search(task, signal)
    return this.#alone(task)
  }

  async #figures({ terms, stretch, numbers }: FiguresTask, signal?: AbortSignal): Promise<FiguresAnswer> {
    const session = this.#sessions.of(stretch)
    const answer: FiguresAnswer = { figures: new Float64Array(numbers.length * sweepFigures.length), refused: [] }
    for (const { variant, places } of byVariant(terms.space, numbers)) {
      const combinations = places.map((place) => combinationAt(terms.space, numbers[place]).params)
      const plan = { ...terms, strategy: terms.space.variants[variant], fromMs: stretch.fromMs }
      const { figures, refused } = await figuresOf(session, plan, combinations, { signal })
      places.forEach((place, at) => {
        const row = figures.subarray(at * sweepFigures.length, (at + 1) * sweepFigures.length)
        answer.figures.set(row, place * sweepFigures.length)
      })
      for (const { at, because } of refused) answer.refused.push({ number: numbers[places[at]], because })
    }
    return answer
  }

  async #search({ terms, stretch, plan }: SearchTask, signal?: AbortSignal): Promise<SearchAnswer> {
    // Its parts are asked for at once, and wait for each other too.
    const turns = new Turns()
    const run = (task: OptimiseTask) => turns.take(() => this.#answer(task, signal) as Promise<never>)
    const own: TaskRunner = { width: 1, run }
    const best: SearchAnswer = { number: 0, score: Number.NaN, place: -Infinity, evaluated: 0 }
    for await (const { numbers, scores, places } of generations(own, { terms, stretch, plan, signal })) {
      best.evaluated += numbers.length
      places.forEach((place, at) => {
        if (place > best.place) Object.assign(best, { number: numbers[at], score: scores[at], place })
      })
    }
    return best
  }

  async #alone({ terms, stretch, number, change }: RunTask): Promise<RunAnswer> {
    const { variant, params } = combinationAt(terms.space, number)
    const run = runRecord(this.#sessions.of(stretch), {
      strategy: terms.space.variants[variant],
      params: { ...terms.params, ...params },
      account: { ...terms.account, ...change },
      fromMs: stretch.fromMs,
    })
    if (!run.ok) throw new TaskRefused(run.problems[0].because)
    return answerOf(run.record)
  }
}

/** Two tasks at once would overwrite each other in the engine: each waits for the one before. */
class Turns {
  #last: Promise<unknown> = Promise.resolve()

  take<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#last.then(work)
    this.#last = answer.catch(() => {})
    return answer
  }
}

/** Places of the numbers that share a document. */
function byVariant(
  space: SearchTask["terms"]["space"],
  numbers: Float64Array,
): { variant: number; places: number[] }[] {
  const groups = new Map<number, number[]>()
  numbers.forEach((number, place) => {
    const { variant } = combinationAt(space, number)
    groups.set(variant, [...(groups.get(variant) ?? []), place])
  })
  return [...groups].map(([variant, places]) => ({ variant, places }))
}

function answerOf(record: RunRecord): RunAnswer {
  const daily = dailyEquity(record.equity, record.timeframeMs)
  return {
    metrics: metricsOf(record),
    dailyReturns: dailyReturns(daily, record.cash),
    firstDay: daily.firstDay,
    tradeReturns: tradeReturnsOf(record),
    trades: record.trades,
  }
}
