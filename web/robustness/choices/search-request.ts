import { combinationCount, dimensionsOf, type OptimiseRequest, spaceProblems, variantsOf } from "#engine/run"
import { problemInWords, strategyFromJson } from "#engine/strategy"
import { accountOf } from "../../run/lay-out.ts"
import type { RunJob } from "../../run/run-job.ts"
import type { ShownParam } from "../../run/template-of.ts"
import { planOf } from "./search-choice.ts"
import type { Choices } from "./use-choices.ts"
import { variedValues, varyProblem } from "./vary-choice.ts"

/** What a search asks the engine for; its candles are known where they are. */
export type SearchRequest = Omit<OptimiseRequest, "history">

export type Requested = { ok: true; request: SearchRequest; combinations: number } | { ok: false; because: string }

type Chosen = Pick<Choices, "document" | "params" | "vary" | "search" | "without">

/** The request that these choices make, or why they make none. */
export function requestOf({ document, params, vary, search, without }: Chosen, job: RunJob): Requested {
  const wrong = params.map((param: ShownParam) => varyProblem(param, vary[param.name])).find(Boolean)
  if (wrong) return { ok: false, because: wrong }
  const checked = strategyFromJson(job.timeframe ? { ...document, timeframe: job.timeframe } : document)
  if (!checked.ok) return { ok: false, because: problemInWords(document, checked.problems[0]) }
  const tried = variantsOf(
    checked.strategy,
    without.map((path) => ({ path, off: true })),
  )
  if (!tried.ok) return { ok: false, because: problemInWords(document, tried.problems[0]) }
  const space = {
    variants: tried.variants.map(({ strategy }) => strategy),
    dimensions: dimensionsOf(variedValues(params, vary)),
  }
  const combinations = combinationCount(space)
  if (combinations < 2) return { ok: false, because: NOTHING_VARIED }
  const [problem] = spaceProblems(space)
  if (problem) return { ok: false, because: problem.because }
  const request = {
    terms: { space, account: accountOf(job) },
    plan: planOf(search, combinations),
    holdOutPercent: search.holdOutPercent,
  }
  return { ok: true, request, combinations }
}

const NOTHING_VARIED = "Nothing is varied yet: switch on at least one number, or a rule to do without."
