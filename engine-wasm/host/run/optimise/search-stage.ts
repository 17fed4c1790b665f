import { restore, type SearchMethod, type Told } from "../search/search-method.ts"
import { searchMethod } from "../search/search.ts"
import { generationRun, type Generation, type Search } from "./generation-run.ts"
import type { OptimisePlan, TaskRunner } from "./optimise-task.ts"

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
  const isLearning = learns(search.plan)
  const method = methodAfter(search, before)
  const runOf = generationRun(runner, search)
  const underWay: Promise<Generation>[] = []
  const ask = () => {
    const numbers = method.ask()
    if (numbers.length === 0) return
    if (!isLearning) method.tell(numbers)
    const run = runOf(numbers)
    run.catch(() => {}) // whoever waits for an earlier one hears of it first
    underWay.push(run)
  }
  for (let ahead = isLearning || runner.width === 1 ? 1 : runner.width + 1; ahead > 0; ahead--) ask()
  for (let first = underWay.shift(); first; first = underWay.shift()) {
    const generation = await first
    if (isLearning) method.tell(generation.places)
    yield generation
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
