import { restore, type SearchMethod, type Told } from "../search/search-method.ts"
import { searchMethod } from "../search/search.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"
import { judgeOf, type Judged } from "./judge.ts"
import type { FiguresAnswer, OptimisePlan, SearchTerms, Stretch, TaskRunner } from "./optimise-task.ts"

/** Combinations of one task: few enough that progress shows, enough that what they share is computed once. */
const SHARD = 512

/** Combinations asked for at once, run and judged. */
export type Generation = { numbers: Float64Array } & FiguresAnswer & Judged

export type Search = { terms: SearchTerms; plan: OptimisePlan; stretch: Stretch; signal?: AbortSignal }

/** How far a search was: its generations, and the scores a method that learns received in each. */
export type SearchedSoFar = { generations: number; told: readonly Told[] }

/**
 * Runs a search generation by generation over all of a runner's workers. What is asked next depends on the scores of
 * what was asked before and on nothing else, so that the number of workers changes no answer. A method that does not
 * learn is asked ahead.
 */
export async function* generations(
  runner: TaskRunner,
  search: Search,
  before: SearchedSoFar = { generations: 0, told: [] },
): AsyncGenerator<Generation> {
  const { plan } = search
  const isLearning = learns(plan)
  const method = methodAfter(search, before)
  const judge = judgeOf(plan)
  const underWay: { numbers: Float64Array; answer: Promise<FiguresAnswer> }[] = []
  const ask = () => {
    const numbers = method.ask()
    if (numbers.length === 0) return
    if (!isLearning) method.tell(numbers)
    const answer = inShards(runner, search, numbers)
    answer.catch(() => {}) // whoever waits for an earlier one hears of it first
    underWay.push({ numbers, answer })
  }
  for (let ahead = isLearning || runner.width === 1 ? 1 : runner.width + 1; ahead > 0; ahead--) ask()
  for (let first = underWay.shift(); first; first = underWay.shift()) {
    const answer = await first.answer
    const judged = judge(answer.figures)
    if (isLearning) method.tell(judged.places)
    yield { numbers: first.numbers, ...answer, ...judged }
    ask()
  }
}

/** Whether what a method asks next depends on the scores of what it asked before. */
export function learns({ method, only }: OptimisePlan): boolean {
  return only === undefined && (method === "tpe" || method === "cmaes")
}

/** The method as it was after these generations. */
function methodAfter({ terms, plan }: Search, before: SearchedSoFar): SearchMethod {
  const method = plan.only ? askingOnce(plan.only) : searchMethod(terms.space, plan)
  if (learns(plan)) restore(method, before.told)
  else for (let at = 0; at < before.generations; at++) method.tell(method.ask())
  return method
}

function askingOnce(numbers: Float64Array): SearchMethod {
  const asked = [numbers]
  return { ask: () => asked.shift() ?? new Float64Array(0), tell: () => {} }
}

async function inShards(
  runner: TaskRunner,
  { terms, stretch, signal }: Search,
  numbers: Float64Array,
): Promise<FiguresAnswer> {
  const size = Math.min(SHARD, Math.ceil(numbers.length / runner.width))
  const shards = Array.from({ length: Math.ceil(numbers.length / size) }, (_, n) =>
    numbers.slice(n * size, (n + 1) * size),
  )
  const answers = await Promise.all(
    shards.map((shard) => runner.run({ kind: "figures", terms, stretch, numbers: shard }, signal)),
  )
  const figures = new Float64Array(numbers.length * sweepFigures.length)
  answers.forEach((answer, n) => figures.set(answer.figures, n * size * sweepFigures.length))
  return { figures, refused: answers.flatMap(({ refused }) => refused) }
}
